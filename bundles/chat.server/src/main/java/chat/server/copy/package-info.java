// SPDX-License-Identifier: Apache-2.0
/**
 * Migration, backup and restoration: copies of the store that are made beside the running server.
 */
@org.jspecify.annotations.NullMarked
package chat.server.copy;
