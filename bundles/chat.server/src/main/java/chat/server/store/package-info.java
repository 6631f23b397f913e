// SPDX-License-Identifier: Apache-2.0
/**
 * The way into the store: which store is active, how it is exchanged, the journal that changes it
 * and the threads that read from it.
 */
@org.jspecify.annotations.NullMarked
package chat.server.store;
