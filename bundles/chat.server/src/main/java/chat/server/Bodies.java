package chat.server;

import chat.protocol.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The clear form of entry bodies.
 *
 * <pre>
 *   1 text     UTF-8
 *   2 file     name, media type, size, SHA-256, blob id, blob key
 *   3 joined   empty
 *   4 left     empty
 * </pre>
 */
final class Bodies {
  static final int TEXT = 1;
  static final int FILE = 2;
  static final int JOINED = 3;
  static final int LEFT = 4;

  private static final int KEY = 32;

  private Bodies() {}

  /** A file in a room, and where its sealed bytes are. */
  record StoredFile(Content.File shown, UUID blob, byte[] key) {}

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] file(StoredFile file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(file.shown().name());
      out.writeUTF(file.shown().mediaType());
      out.writeLong(file.shown().size());
      out.write(file.shown().sha256());
      out.writeLong(file.blob().getMostSignificantBits());
      out.writeLong(file.blob().getLeastSignificantBits());
      out.write(file.key());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What of a file tells a repeated offer from another one. */
  static byte[] label(Content.File file) {
    return file(new StoredFile(file, new UUID(0, 0), new byte[0]));
  }

  static StoredFile file(byte[] body) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      String name = in.readUTF();
      String mediaType = in.readUTF();
      long size = in.readLong();
      byte[] sha256 = in.readNBytes(Sha256.BYTES);
      UUID blob = new UUID(in.readLong(), in.readLong());
      return new StoredFile(
          new Content.File(name, mediaType, size, sha256), blob, in.readNBytes(KEY));
    }
  }

  static Content content(int kind, byte[] body) throws IOException {
    return switch (kind) {
      case TEXT -> new Content.Text(new String(body, StandardCharsets.UTF_8));
      case FILE -> file(body).shown();
      case JOINED -> new Content.Joined();
      case LEFT -> new Content.Left();
      default -> throw new IOException("an entry of unknown kind " + kind);
    };
  }
}
