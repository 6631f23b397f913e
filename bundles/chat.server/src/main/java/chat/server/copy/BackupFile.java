// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.base.Aes;
import chat.server.base.DurableFile;
import chat.server.base.SealException;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unavailable;
import chat.storage.StreamState;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A backup: all parts of a copy in one sealed file.
 *
 * <pre>
 *   file     "CHATBAK2" | salt 16 | frame ...
 *   frame    u32 length | AES-256-GCM under HMAC-SHA-256(master key, "chatroom backup" | salt),
 *            bound to the salt and the number of the frame
 *   clear    u8 kind | fields, as {@link DataOutputStream} writes them
 * </pre>
 *
 * <p>The first frame says where the backup is from, the last one how every stream ends. So a file
 * that was cut, lengthened, reordered or changed in one bit is refused as a whole, before anything
 * is done with it.
 */
final class BackupFile {
  private static final byte[] MAGIC = "CHATBAK2".getBytes(StandardCharsets.US_ASCII);

  /** Those of a form before this one, which nothing reads any more. */
  private static final byte[] OLDER = "CHATBAK1".getBytes(StandardCharsets.US_ASCII);

  private static final int SALT = 16;
  private static final int LONGEST = 64 << 20;

  private static final int ORIGIN = 1;
  private static final int PART = 2;
  private static final int PIECE = 3;
  private static final int DISCARD = 4;
  private static final int END = 5;

  private BackupFile() {}

  /**
   * From where and when a backup is.
   *
   * @param store the id of the store
   */
  record Origin(UUID store, Instant time) {}

  /** Seals frames in their order. */
  private static final class Frames {
    private final Aes aes;
    private final byte[] salt;
    private long number;

    Frames(SecretKey master, byte[] salt) {
      this.aes = Aes.of(Aes.mac(master, "chatroom backup".getBytes(StandardCharsets.UTF_8), salt));
      this.salt = salt;
    }

    private byte[] bound() {
      return ByteBuffer.allocate(SALT + Long.BYTES).put(salt).putLong(number++).array();
    }

    byte[] seal(byte[] clear) {
      return aes.seal(clear, bound());
    }

    byte[] open(byte[] sealed) throws SealException {
      return aes.open(sealed, bound());
    }
  }

  /**
   * Writes a backup. It stands under another name until {@link #finish}; closing it before that
   * removes it.
   */
  static final class Writer extends CopyContents implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final FileChannel out;
    private final Frames frames;
    private boolean finished;

    /**
     * @throws IOException if the file is there already, or can't be made
     */
    Writer(Path file, SecretKey master, Origin origin) throws IOException {
      if (Files.exists(file)) {
        throw new IOException(file + " is there already; choose another name");
      }
      this.file = file;
      this.unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      this.out = FileChannel.open(unfinished, StandardOpenOption.WRITE);
      byte[] salt = Aes.random(SALT);
      this.frames = new Frames(master, salt);
      write(ByteBuffer.wrap(MAGIC));
      write(ByteBuffer.wrap(salt));
      frame(
          ORIGIN,
          to -> {
            uuid(to, origin.store());
            to.writeLong(origin.time().toEpochMilli());
          });
    }

    @FunctionalInterface
    private interface Fields {
      void write(DataOutputStream to) throws IOException;
    }

    private void frame(int kind, Fields fields) throws IOException {
      ByteArrayOutputStream clear = new ByteArrayOutputStream();
      try (DataOutputStream to = new DataOutputStream(clear)) {
        to.writeByte(kind);
        fields.write(to);
      }
      byte[] sealed = frames.seal(clear.toByteArray());
      write(
          ByteBuffer.allocate(Integer.BYTES + sealed.length)
              .putInt(sealed.length)
              .put(sealed)
              .flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }

    private void say(int kind, Fields fields) throws Unavailable {
      try {
        frame(kind, fields);
      } catch (IOException e) {
        throw new Unavailable("the backup can't be written: " + e.getMessage(), e);
      }
    }

    @Override
    public void restore(Part part) throws StorageException {
      super.restore(part);
      say(PART, to -> part(to, part));
    }

    @Override
    public void stage(UUID blob, long offset, byte[] piece) throws StorageException {
      super.stage(blob, offset, piece);
      say(
          PIECE,
          to -> {
            uuid(to, blob);
            to.writeLong(offset);
            bytes(to, piece);
          });
    }

    @Override
    public void discard(UUID blob) throws StorageException {
      super.discard(blob);
      say(DISCARD, to -> uuid(to, blob));
    }

    /** Says how the streams end, and makes the file durable under its name. */
    void finish() throws IOException {
      Map<Long, StreamState> ends = ends();
      frame(
          END,
          to -> {
            to.writeInt(ends.size());
            for (var end : ends.entrySet()) {
              to.writeLong(end.getKey());
              to.writeLong(end.getValue().head());
              to.writeLong(end.getValue().digest().high());
              to.writeLong(end.getValue().digest().low());
            }
          });
      out.force(true);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncFolderOf(file);
      finished = true;
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (!finished) {
        Files.deleteIfExists(unfinished);
      }
    }
  }

  /**
   * Plays a backup from its beginning to its end and compares how it ends with what it says.
   *
   * @param target gets everything, in the order in which it was copied
   * @param progress counts what it got
   * @return where the backup is from
   * @throws Damaged if it is no backup, not whole, changed, or made under another master key
   */
  static Origin play(Path file, SecretKey master, CopyTarget target, CopyProgress progress)
      throws StorageException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      return new Reader(file, in, master, progress).play(target);
    } catch (EOFException e) {
      throw new Damaged(file + " ends too early: it was cut, or its backup was interrupted", e);
    } catch (IOException e) {
      throw new Unavailable(file + " can't be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new Damaged(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static final class Reader {
    private final Path file;
    private final DataInputStream in;
    private final Frames frames;
    private final CopyProgress progress;

    Reader(Path file, DataInputStream in, SecretKey master, CopyProgress progress)
        throws IOException, Damaged {
      this.file = file;
      this.in = in;
      this.progress = progress;
      byte[] magic = in.readNBytes(MAGIC.length);
      if (Arrays.equals(magic, OLDER)) {
        throw new Damaged(
            file + " was made by an older program; restore it with that one, then upgrade");
      }
      if (!Arrays.equals(magic, MAGIC)) {
        throw new Damaged(file + " is no backup of a chatroom");
      }
      this.frames = new Frames(master, in.readNBytes(SALT));
    }

    private DataInputStream frame() throws IOException, Damaged {
      int length = in.readInt();
      if (length < Aes.OVERHEAD || length > LONGEST) {
        throw new Damaged(file + " is damaged: a frame of " + length + " bytes");
      }
      byte[] sealed = new byte[length];
      in.readFully(sealed);
      try {
        return new DataInputStream(new ByteArrayInputStream(frames.open(sealed)));
      } catch (SealException e) {
        throw new Damaged(
            file + " was changed, or made under another master key than this server's", e);
      }
    }

    Origin play(CopyTarget target) throws IOException, StorageException {
      DataInputStream first = frame();
      if (first.readByte() != ORIGIN) {
        throw new Damaged(file + " does not say where it is from");
      }
      Origin origin = new Origin(uuid(first), Instant.ofEpochMilli(first.readLong()));
      while (true) {
        DataInputStream next = frame();
        int kind = next.readByte();
        switch (kind) {
          case PART -> {
            Part part = part(next);
            target.restore(part);
            progress.entries(part.entries().size());
            progress.cells(part.cells().size());
          }
          case PIECE -> {
            UUID blob = uuid(next);
            long offset = next.readLong();
            byte[] piece = bytes(next);
            target.stage(blob, offset, piece);
            progress.bytes(piece.length);
          }
          case DISCARD -> target.discard(uuid(next));
          case END -> {
            end(next, target);
            return origin;
          }
          default -> throw new Damaged(file + " has a frame of kind " + kind);
        }
      }
    }

    private void end(DataInputStream end, CopyTarget target) throws IOException, StorageException {
      for (int n = end.readInt(); n > 0; n--) {
        long stream = end.readLong();
        StreamState told =
            new StreamState(1, end.readLong(), new Digest(end.readLong(), end.readLong()));
        if (!target.stream(stream).equals(told)) {
          throw new Damaged("stream " + stream + " does not end as " + file + " says");
        }
      }
      if (in.read() >= 0) {
        throw new Damaged(file + " goes on behind its end");
      }
    }
  }

  private static void part(DataOutputStream to, Part part) throws IOException {
    to.writeInt(part.entries().size());
    for (Row.Entry entry : part.entries()) {
      envelope(to, entry.envelope());
      bytes(to, entry.body());
      to.writeInt(entry.tokens().size());
      for (long token : entry.tokens()) {
        to.writeLong(token);
      }
    }
    to.writeInt(part.erasures().size());
    for (Erasure erasure : part.erasures()) {
      to.writeLong(erasure.stream());
      to.writeLong(erasure.number());
    }
    to.writeInt(part.cells().size());
    for (Cell cell : part.cells()) {
      key(to, cell.key());
      to.writeLong(cell.version());
      bytes(to, cell.value());
    }
    to.writeInt(part.removals().size());
    for (CellKey removal : part.removals()) {
      key(to, removal);
    }
    to.writeInt(part.drops().size());
    for (UUID drop : part.drops()) {
      uuid(to, drop);
    }
    to.writeInt(part.blobs().size());
    for (BlobCommit blob : part.blobs()) {
      uuid(to, blob.blob());
      to.writeLong(blob.length());
    }
  }

  private static Part part(DataInputStream from) throws IOException {
    return new Part(
        list(from, in -> new Row.Entry(envelope(in), maybeBytes(in), tokens(in))),
        list(from, in -> new Erasure(in.readLong(), in.readLong())),
        list(from, in -> new Cell(key(in), in.readLong(), bytes(in))),
        list(from, BackupFile::key),
        list(from, BackupFile::uuid),
        list(from, in -> new BlobCommit(uuid(in), in.readLong())));
  }

  @FunctionalInterface
  private interface Item<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> List<T> list(DataInputStream from, Item<T> item) throws IOException {
    List<T> list = new ArrayList<>();
    for (int n = from.readInt(); n > 0; n--) {
      list.add(item.read(from));
    }
    return list;
  }

  private static List<Long> tokens(DataInputStream in) throws IOException {
    return list(in, DataInputStream::readLong);
  }

  private static void envelope(DataOutputStream to, Envelope envelope) throws IOException {
    to.writeLong(envelope.stream());
    to.writeLong(envelope.number());
    uuid(to, envelope.id());
    to.writeInt(envelope.kind());
    to.writeLong(envelope.author());
    to.writeLong(envelope.time());
    to.writeInt(envelope.length());
    to.writeLong(envelope.hash());
    to.writeLong(envelope.about());
  }

  private static Envelope envelope(DataInputStream in) throws IOException {
    return new Envelope(
        in.readLong(),
        in.readLong(),
        uuid(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong());
  }

  private static void key(DataOutputStream to, CellKey key) throws IOException {
    to.writeUTF(key.space());
    to.writeUTF(key.key());
  }

  private static CellKey key(DataInputStream in) throws IOException {
    return new CellKey(in.readUTF(), in.readUTF());
  }

  private static void uuid(DataOutputStream to, UUID id) throws IOException {
    to.writeLong(id.getMostSignificantBits());
    to.writeLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static void bytes(DataOutputStream to, byte @Nullable [] bytes) throws IOException {
    to.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      to.write(bytes);
    }
  }

  private static byte @Nullable [] maybeBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : exactly(in, length);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return exactly(in, in.readInt());
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException();
    }
    return bytes;
  }
}
