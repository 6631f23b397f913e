// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException.Uncertain;
import chat.storage.StorageException.Unusable;
import chat.storage.plain.Index.Kept;
import chat.storage.plain.LogRecord.Append;
import chat.storage.plain.LogRecord.End;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of frames. It grows at its end, or is replaced by another one in one step; an object
 * that has it open follows both.
 */
final class Log implements Closeable {
  private static final byte[] MAGIC = "chatlog2".getBytes(StandardCharsets.US_ASCII);

  private final Path folder;
  private final Path file;
  private @Nullable FileChannel channel;
  private @Nullable Object key;

  Log(Path folder) {
    this.folder = folder;
    file = folder.resolve("log");
  }

  /** The index with all batches that the file holds now; a new one if the file is a new one. */
  Index follow(Index index) throws IOException, Unusable {
    Object now = key();
    if (!Objects.equals(now, key)) {
      close();
      index = new Index();
      key = now;
    }
    if (now == null) {
      return index;
    }
    FileChannel open = open();
    if (index.end == 0) {
      checkMagic(open);
      index.end = MAGIC.length;
    }
    if (open.size() > index.end) {
      read(open, index);
    }
    return index;
  }

  /** Which file it is: another one after it was replaced. */
  private @Nullable Object key() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(file, StandardOpenOption.READ);
      channel = open;
    }
    return open;
  }

  private void checkMagic(FileChannel open) throws IOException, Unusable {
    ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
    open.read(magic, 0);
    if (!magic.flip().equals(ByteBuffer.wrap(MAGIC))) {
      throw new Unusable(
          file + " is of another version of this program or no log of it; choose another folder");
    }
  }

  private void read(FileChannel open, Index index) throws IOException, Unusable {
    List<Frame> batch = new ArrayList<>();
    long at = index.end;
    for (Frame frame = Frame.at(open, at); frame != null; frame = Frame.at(open, at)) {
      LogRecord record = frame.record();
      if (record == null) {
        break;
      }
      batch.add(frame);
      at = frame.end();
      if (record instanceof End end) {
        for (Frame each : batch) {
          apply(each, end, index);
        }
        batch.clear();
        index.end = at;
      }
    }
    if (hasEndBehind(open, at)) {
      throw damagedAt(at);
    }
  }

  private void apply(Frame frame, End end, Index index) throws Unusable {
    LogRecord record = Objects.requireNonNull(frame.record());
    if (record instanceof Append(Envelope envelope, _, _) && !end.knows(envelope)) {
      throw damagedAt(frame.place().offset());
    }
    index.apply(record, frame.place(), frame.isSound());
  }

  private Unusable damagedAt(long offset) {
    return new Unusable(file + " is damaged at byte " + offset + "; restore a backup");
  }

  /** What a crash cut short is followed by nothing; so what has a batch behind it is damaged. */
  private static boolean hasEndBehind(FileChannel open, long at) throws IOException {
    for (long next = at + 1; next < open.size(); next++) {
      Frame frame = Frame.at(open, next);
      if (frame != null && frame.record() instanceof End && frame.isSound()) {
        return true;
      }
    }
    return false;
  }

  Row row(Kept kept) throws IOException {
    Frame frame = Frame.at(open(), kept.place());
    return frame != null
            && frame.isSound()
            && frame.record() instanceof Append(var envelope, var body, var tokens)
        ? new Row.Entry(envelope, body, tokens)
        : new Row.Damaged(
            kept.envelope().stream(), kept.envelope().number(), "it does not fit its checksum");
  }

  /** Adds a batch behind the last one; on return it is on disk. */
  void append(long end, byte[] batch) throws IOException, Uncertain {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(end).position(end);
      try {
        write(out, batch);
        out.force(true);
      } catch (IOException e) {
        takeBack(out, end);
        throw e;
      }
    }
  }

  /** What could not be synced must not be read as if it were on disk. */
  private void takeBack(FileChannel out, long end) throws Uncertain {
    try {
      out.truncate(end).force(true);
    } catch (IOException e) {
      throw new Uncertain("whether a batch is in " + file + " is not known", e);
    }
  }

  /** Makes a new log of the old one without some bodies, and a batch; on return it is on disk. */
  void replace(long end, Set<Envelope> erased, byte[] batch) throws IOException {
    Path fresh = folder.resolve("log.new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, MAGIC);
      for (long at = MAGIC.length; at < end; ) {
        Frame frame = Objects.requireNonNull(Frame.at(open(), at));
        write(out, without(erased, frame));
        at = frame.end();
      }
      write(out, batch);
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Blobs.sync(folder);
  }

  /** What is damaged is copied as it is, so that it stays known to be. */
  private static byte[] without(Set<Envelope> erased, Frame frame) {
    return frame.record() instanceof Append(Envelope envelope, _, _) && erased.contains(envelope)
        ? frame.withoutBody(envelope).whole()
        : frame.whole();
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    key = null;
  }
}
