// SPDX-License-Identifier: Apache-2.0
/** Files and pictures on their way, a chunk at a time, over any number of connections. */
@org.jspecify.annotations.NullMarked
package chat.client.transfer;
