// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How ids and tokens lie in their columns. */
final class Codec {
  private Codec() {}

  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** A damaged column has another length; the checksum of the row tells that it is wrong. */
  static UUID id(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != 16) {
      return new UUID(0, 0);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** An entry without tokens has NULL there. */
  static byte @Nullable [] bytes(List<Long> tokens) {
    if (tokens.isEmpty()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * tokens.size());
    tokens.forEach(buffer::putLong);
    return buffer.array();
  }

  /** The bytes of a damaged column are no whole numbers; the checksum tells that too. */
  static List<Long> tokens(byte @Nullable [] bytes) {
    return bytes == null ? List.of() : LongStream.of(longs(bytes)).boxed().toList();
  }

  private static long[] longs(byte[] bytes) {
    long[] longs = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(longs);
    return longs;
  }
}
