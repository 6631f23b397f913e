// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException.Damaged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Blobs as files. A file in {@code staged/} grows; committing moves it to {@code blobs/} and makes
 * that durable before the row that vouches for it is. A file in {@code blobs/} without a row is one
 * whose commit failed, and counts as staged still.
 *
 * <p>Whoever changes a blob holds its lock; a commit holds it until its transaction has ended, so
 * that no piece slips into a blob while it becomes immutable.
 */
final class Blobs {
  /** Makes a file or a folder durable. */
  @FunctionalInterface
  interface Sync {
    void sync(Path path) throws IOException;
  }

  private final Path folder;
  private final Sync sync;
  private final ReentrantLock[] locks = new ReentrantLock[16];

  Blobs(Path folder) {
    this(folder, OwnerOnly::sync);
  }

  Blobs(Path folder, Sync sync) {
    this.folder = folder;
    this.sync = sync;
    Arrays.setAll(locks, i -> new ReentrantLock());
  }

  ReentrantLock lock(UUID blob) {
    return locks[Math.floorMod(blob.hashCode(), locks.length)];
  }

  Path staged() {
    return folder.resolve("staged");
  }

  Path committed() {
    return folder.resolve("blobs");
  }

  Path staged(UUID blob) {
    return staged().resolve(blob.toString());
  }

  Path committed(UUID blob) {
    return shelf(blob).resolve(blob.toString());
  }

  private Path shelf(UUID blob) {
    return committed().resolve(blob.toString().substring(0, 2));
  }

  /** The file of a blob that has no row. */
  private Path uncommitted(UUID blob) {
    Path staged = staged(blob);
    return Files.exists(staged) || !Files.exists(committed(blob)) ? staged : committed(blob);
  }

  boolean isStaged(UUID blob, long length) throws IOException {
    Path file = uncommitted(blob);
    return Files.exists(file) && Files.size(file) == length;
  }

  long stagedLength(UUID blob) throws IOException {
    try {
      return Files.size(uncommitted(blob));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** The ids of what is staged, behind this one in the order of their text form. */
  List<UUID> stagedBehind(UUID after) throws IOException {
    if (!Files.isDirectory(staged())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(staged())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.compareTo(after.toString()) > 0)
          .sorted()
          .map(UUID::fromString)
          .toList();
    }
  }

  long stage(UUID blob, long offset, byte[] piece) throws IOException {
    long length = stagedLength(blob);
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException(
          "offset " + offset + " is not within the staged " + length + " bytes");
    }
    OwnerOnly.createFolder(staged());
    Path file = uncommitted(blob);
    OwnerOnly.createFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(offset);
      ByteBuffer bytes = ByteBuffer.wrap(piece);
      while (bytes.hasRemaining()) {
        channel.write(bytes, offset + bytes.position());
      }
    }
    return offset + piece.length;
  }

  void discard(UUID blob) throws IOException {
    Files.deleteIfExists(uncommitted(blob));
  }

  /**
   * Makes a staged blob durable in its final place. If that fails its bytes are discarded: after a
   * failed sync the system may take them for written although they are not, and the next sync would
   * succeed without them.
   */
  void commit(UUID blob) throws IOException {
    Path from = uncommitted(blob);
    Path to = committed(blob);
    OwnerOnly.createFolder(shelf(blob));
    try {
      sync.sync(from);
    } catch (IOException e) {
      Files.deleteIfExists(from);
      throw e;
    }
    if (!from.equals(to)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
    sync.sync(shelf(blob));
    sync.sync(committed());
    sync.sync(folder);
  }

  /** Removes the file of a blob that was dropped; what was staged since stays. */
  void drop(UUID blob) throws IOException {
    Files.deleteIfExists(committed(blob));
  }

  byte[] readStaged(UUID blob, long offset, int length) throws IOException {
    try {
      return read(uncommitted(blob), offset, length);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  byte[] readCommitted(UUID blob, long size, long offset, int length) throws IOException, Damaged {
    Path file = committed(blob);
    try {
      if (Files.size(file) != size) {
        throw new Damaged(file + " must have " + size + " bytes; restore it from a backup");
      }
      return read(file, offset, length);
    } catch (NoSuchFileException e) {
      throw new Damaged(file + " is missing; restore it from a backup", e);
    }
  }

  private static byte[] read(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long there = Math.clamp(channel.size() - offset, 0L, (long) length);
      ByteBuffer bytes = ByteBuffer.allocate((int) there);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}
