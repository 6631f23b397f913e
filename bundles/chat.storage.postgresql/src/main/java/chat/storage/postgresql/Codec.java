// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Envelope;
import java.nio.ByteBuffer;
import java.util.UUID;

/** How keys lie in their columns, and the checksums of rows. */
final class Codec {
  private Codec() {}

  /**
   * The code units of a key, which PostgreSQL then sorts as Java does; no encoder would keep all.
   */
  static byte[] units(String key) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * key.length());
    buffer.asCharBuffer().put(key);
    return buffer.array();
  }

  static String key(byte[] units) {
    return ByteBuffer.wrap(units).asCharBuffer().toString();
  }

  static int checksum(long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * numbers.length);
    for (long number : numbers) {
      buffer.putLong(number);
    }
    return Envelope.checksum(buffer.array());
  }

  static int checksum(byte[] space, byte[] key, long version, byte[] value) {
    return Envelope.checksum(
        ByteBuffer.allocate(16 + space.length + key.length + value.length)
            .putInt(space.length)
            .put(space)
            .putInt(key.length)
            .put(key)
            .putLong(version)
            .put(value)
            .array());
  }

  static int checksum(UUID blob, long number, byte[] bytes) {
    return Envelope.checksum(
        ByteBuffer.allocate(24 + bytes.length)
            .putLong(blob.getMostSignificantBits())
            .putLong(blob.getLeastSignificantBits())
            .putLong(number)
            .put(bytes)
            .array());
  }
}
