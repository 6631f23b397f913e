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
 * Removes the files of blobs that will never be committed. What is no blob's file is left alone.
 */
record Sweep(Blobs blobs, BlobRows rows) {
  private static final Duration STAGED_FOR = Duration.ofHours(24);

  /** Removes staged files nobody has touched for a day, and committed ones without a row. */
  boolean run(Instant now) throws SQLException, Unavailable {
    Instant oldest = now.minus(STAGED_FOR);
    try {
      each(
          blobs.staged(),
          (file, blob) -> Files.getLastModifiedTime(file).toInstant().isBefore(oldest));
      each(blobs.committed(), (file, blob) -> !rows.has(blob));
      return true;
    } catch (IOException e) {
      throw new Unavailable("sweeping failed: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Verdict {
    boolean isOrphan(Path file, UUID blob) throws IOException, SQLException;
  }

  private static void each(Path folder, Verdict verdict) throws IOException, SQLException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        UUID blob = blob(file);
        if (blob != null && verdict.isOrphan(file, blob)) {
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
