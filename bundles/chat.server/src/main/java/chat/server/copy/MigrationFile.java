// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.base.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code data/migration}: which store is being copied to which one. It stands from before
 * the copy begins until it has taken over, and tells after a crash what a half-made copy was to be.
 */
public record MigrationFile(Path path) {

  /** A copy that was begun. */
  record Begun(UUID source, UUID target, String targetName) {}

  Optional<Begun> read() throws IOException {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    String[] words = Files.readString(path).strip().split("\\s+", 3);
    try {
      return Optional.of(new Begun(UUID.fromString(words[0]), UUID.fromString(words[1]), words[2]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(path + " is damaged; remove it if no migration is to go on", e);
    }
  }

  void write(Begun begun) throws IOException {
    DurableFile.write(
        path, begun.source() + " " + begun.target() + " " + begun.targetName() + "\n");
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
