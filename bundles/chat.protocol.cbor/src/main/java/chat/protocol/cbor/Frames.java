// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.Decoded;
import chat.protocol.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Cuts frames and puts them together; see the package's frame table. */
final class Frames {
  static final int LENGTH = 4;
  static final int HEADER = 2 + 1 + 4;
  static final byte[] IDLE = frame(Types.IDLE, 0, new byte[0]);

  private static final CBORFactory FACTORY = new CBORFactory();

  private Frames() {}

  static byte[] encode(Types types, int correlation, Object message) {
    int number = types.number(message);
    ByteArrayOutputStream body = new ByteArrayOutputStream(128);
    try (CBORGenerator out =
        (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), body)) {
      RecordType type = types.type(number);
      if (type != null) {
        type.write(out, message);
      }
    }
    return frame(number, correlation, body.toByteArray());
  }

  static <M> Decoded<M> decode(Types types, Class<M> kind, ByteBuffer bytes, int maxFrame) {
    if (bytes.remaining() < LENGTH) {
      return new Decoded.Incomplete<>();
    }
    int start = bytes.position();
    int length = bytes.getInt(start);
    if (length < HEADER) {
      return new Decoded.Broken<>(Problem.MALFORMED, "a frame has at least 7 bytes");
    }
    if (length > maxFrame - LENGTH) {
      return new Decoded.Broken<>(
          Problem.TOO_LARGE, "a frame has at most " + maxFrame + " bytes now");
    }
    if (bytes.remaining() < LENGTH + length) {
      return new Decoded.Incomplete<>();
    }
    bytes.position(start + LENGTH);
    int number = Short.toUnsignedInt(bytes.getShort());
    int flags = bytes.get();
    int correlation = bytes.getInt();
    byte[] body = new byte[length - HEADER];
    bytes.get(body);
    if (flags != 0) {
      return new Decoded.Malformed<>(correlation, "unknown flags");
    }
    if (number == Types.IDLE) {
      return new Decoded.Idle<>();
    }
    RecordType type = types.type(number);
    return type == null
        ? new Decoded.Unknown<>(correlation, number)
        : read(type, kind, correlation, body);
  }

  private static <M> Decoded<M> read(RecordType type, Class<M> kind, int correlation, byte[] body) {
    try (CborReader in = new CborReader(body)) {
      Object message = type.read(in);
      in.end();
      return new Decoded.Message<>(correlation, kind.cast(message));
    } catch (TooLargeException e) {
      return new Decoded.TooLarge<>(correlation, String.valueOf(e.getMessage()));
    } catch (MalformedException e) {
      return new Decoded.Malformed<>(correlation, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] frame(int type, int correlation, byte[] body) {
    return ByteBuffer.allocate(LENGTH + HEADER + body.length)
        .putInt(HEADER + body.length)
        .putShort((short) type)
        .put((byte) 0)
        .putInt(correlation)
        .put(body)
        .array();
  }
}
