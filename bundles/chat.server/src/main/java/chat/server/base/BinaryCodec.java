// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Small values in bytes, as cells and bodies hold them. */
public final class BinaryCodec {

  public interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  public interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private BinaryCodec() {}

  public static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reading.from(in);
    }
  }

  /** The value at a position that was stored. */
  public static <E extends Enum<E>> E choice(E[] values, int position) throws IOException {
    if (position < 0 || position >= values.length) {
      throw new IOException("there is no choice " + position);
    }
    return values[position];
  }
}
