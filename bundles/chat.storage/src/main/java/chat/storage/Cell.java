// SPDX-License-Identifier: Apache-2.0
package chat.storage;

/**
 * A small value of which only the last version is kept.
 *
 * @param version 1 when it was first written, one more with every write
 * @param value sealed, or clear where the server says so
 */
public record Cell(CellKey key, long version, byte[] value) {}
