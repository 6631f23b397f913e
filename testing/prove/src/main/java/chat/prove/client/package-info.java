// SPDX-License-Identifier: Apache-2.0
/**
 * The clients that write and listen: of the native protocol, of the original one, and files between
 * them.
 */
@org.jspecify.annotations.NullMarked
package chat.prove.client;
