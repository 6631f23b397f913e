// SPDX-License-Identifier: Apache-2.0
/**
 * What everything else builds on: sealing, the keys and forms of cells, the configuration. Knows no
 * store and no session.
 */
@org.jspecify.annotations.NullMarked
package chat.server.base;
