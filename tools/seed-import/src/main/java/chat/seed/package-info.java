// SPDX-License-Identifier: Apache-2.0
/**
 * {@code chatroom import seed FILE}: takes over what is in the database of the original chat room.
 * {@link chat.seed.SeedFile} reads it, {@link chat.seed.SeedImport} says it to the running server.
 */
@org.jspecify.annotations.NullMarked
package chat.seed;
