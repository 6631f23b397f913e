// SPDX-License-Identifier: Apache-2.0
package chat.storage.support;

import chat.storage.Envelope;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How keys lie in the columns of a database, and the checksums of its rows. */
public final class KeyCodec {
  private KeyCodec() {}

  /** The code units of a key, which databases then sort as Java does; no encoder would keep all. */
  public static byte[] units(String key) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * key.length());
    buffer.asCharBuffer().put(key);
    return buffer.array();
  }

  public static String key(byte @Nullable [] units) {
    return units == null ? "" : ByteBuffer.wrap(units).asCharBuffer().toString();
  }

  public static int checksum(long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * numbers.length);
    for (long number : numbers) {
      buffer.putLong(number);
    }
    return Envelope.checksum(buffer.array());
  }

  /** Of a cell. */
  public static int checksum(byte[] space, byte[] key, long version, byte[] value) {
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
}
