// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes the files of blobs that will never be committed: those without a row that nobody has
 * touched for a day. What is no blob's file is left alone.
 */
record Sweep(Blobs blobs, BlobRows rows) {
  private static final Duration KEPT_FOR = Duration.ofHours(24);

  void run(Instant now) throws SQLException, Unavailable {
    Instant oldest = now.minus(KEPT_FOR);
    try {
      each(blobs.staged(), oldest);
      each(blobs.committed(), oldest);
    } catch (IOException e) {
      throw new Unavailable("sweeping failed: " + e.getMessage(), e);
    }
  }

  private void each(Path folder, Instant oldest) throws IOException, SQLException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        UUID blob = blob(file);
        if (blob != null
            && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)
            && !rows.has(blob)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static @Nullable UUID blob(Path file) {
    String name = file.getFileName().toString();
    try {
      UUID blob = UUID.fromString(name);
      return blob.toString().equals(name) ? blob : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
