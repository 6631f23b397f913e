// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.StorageException.Damaged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of blobs, staged and committed.
 *
 * @param home the folder of the store
 * @param folder where they are
 * @param marks empty files that name those about to be dropped
 */
record Blobs(Path home, Path folder, Path marks) {

  Blobs(Path home) {
    this(home, home.resolve("blobs"), home.resolve("dropped"));
  }

  private Path file(UUID blob) {
    return folder.resolve(blob.toString());
  }

  boolean exists(UUID blob) {
    return Files.exists(file(blob));
  }

  long length(UUID blob) throws IOException {
    try {
      return Files.size(file(blob));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** The ids of all files, as texts. */
  List<String> names() throws IOException {
    return names(folder);
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  long stage(UUID blob, long offset, byte[] piece) throws IOException {
    long length = length(blob);
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException(
          "offset " + offset + " is not within the staged " + length + " bytes");
    }
    try (FileChannel out =
        FileChannel.open(file(blob), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(offset).position(offset);
      ByteBuffer bytes = ByteBuffer.wrap(piece);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    return offset + piece.length;
  }

  /** Puts a blob and its name on disk; for before the record that commits it is. */
  void sync(UUID blob) throws IOException {
    sync(file(blob));
    sync(folder);
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void discard(UUID blob) throws IOException {
    Files.deleteIfExists(file(blob));
  }

  /** Notes that a blob is to be dropped; for before the record that says so is on disk. */
  void mark(UUID blob) throws IOException {
    Files.createDirectories(marks);
    Files.write(marks.resolve(blob.toString()), new byte[0]);
    sync(marks);
    sync(home);
  }

  /** Removes the marked ones, unless the record that drops them never was on disk. */
  void removeMarked(Predicate<String> committed) throws IOException {
    for (String name : names(marks)) {
      if (!committed.test(name)) {
        Files.deleteIfExists(folder.resolve(name));
        sync(folder);
      }
      Files.delete(marks.resolve(name));
    }
  }

  /** Removes what nobody has staged to since then and no record has committed. */
  void sweep(Instant before, Predicate<String> committed) throws IOException {
    for (String name : names()) {
      Path file = folder.resolve(name);
      if (!committed.test(name) && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.delete(file);
      }
    }
  }

  byte[] read(UUID blob, long offset, int length) throws IOException {
    try (FileChannel in = FileChannel.open(file(blob), StandardOpenOption.READ)) {
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.clamp(in.size() - offset, 0L, (long) length));
      while (bytes.hasRemaining() && in.read(bytes, offset + bytes.position()) >= 0) {}
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /**
   * @throws Damaged if it is not as long as it was when it was committed
   */
  void checkLength(UUID blob, long committed) throws IOException, Damaged {
    if (!exists(blob) || length(blob) != committed) {
      throw new Damaged(
          file(blob) + " must have " + committed + " bytes; restore it from a backup");
    }
  }
}
