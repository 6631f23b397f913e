// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code data/active}: the id and generation of the store that is the truth. Written,
 * synced and renamed, so that it always names exactly one.
 */
public record ActiveFile(Path path) {

  /** The store that is the truth. */
  public record Named(UUID id, long generation) {}

  /** What is in the file names no store. */
  static final class DamagedFileException extends IOException {
    DamagedFileException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  public Optional<Named> read() throws IOException {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    // Byte for byte: what is no text at all is to be told like any other damage.
    String[] words =
        new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip().split("\\s+");
    try {
      return Optional.of(new Named(UUID.fromString(words[0]), Long.parseLong(words[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new DamagedFileException(
          path
              + (words[0].isEmpty() ? " is empty" : " is damaged")
              + ": it holds the id and the generation of a store",
          e);
    }
  }

  /** The bytes that are free on its disk; all there can be if nobody knows. */
  long freeBytes() {
    try {
      return Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  void write(Named named) throws IOException {
    DurableFile.write(path, named.id() + " " + named.generation() + "\n");
  }
}
