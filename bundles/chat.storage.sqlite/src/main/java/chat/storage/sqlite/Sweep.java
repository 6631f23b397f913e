package chat.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes the files of blobs that will never be committed. What is no blob's file is left alone.
 */
record Sweep(Blobs blobs) {
  private static final Duration STAGED_FOR = Duration.ofHours(24);

  /** Removes staged files nobody has touched for a day, and committed ones without a row. */
  void run(Instant now, Predicate<UUID> hasRow) throws IOException {
    Instant oldest = now.minus(STAGED_FOR);
    each(
        blobs.staged(),
        file -> {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
            Files.deleteIfExists(file);
          }
        });
    each(
        blobs.committed(),
        file -> {
          UUID blob = blob(file);
          if (blob != null && !hasRow.test(blob)) {
            Files.deleteIfExists(file);
          }
        });
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(Path file) throws IOException;
  }

  private static void each(Path folder, Visitor visitor) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : (Iterable<Path>) files.filter(Sweep::isBlob)::iterator) {
        visitor.visit(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static boolean isBlob(Path file) {
    return blob(file) != null && Files.isRegularFile(file);
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
