// SPDX-License-Identifier: Apache-2.0
package chat.admin.audit;

import chat.admin.command.Fields;
import chat.admin.command.JsonValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The audit log on disk: a JSON object on each line. When the file is full it becomes {@code .1},
 * what was {@code .1} becomes {@code .2}, and the oldest goes, so that it never takes more than ten
 * times what one file holds. Only its owner can read it. May be used from any thread.
 */
final class AuditFile {
  private static final int EARLIER = 9;
  private static final FileAttribute<?>[] OWNER_ONLY =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private final Path file;
  private final long most;

  /**
   * @param most bytes of one file
   */
  AuditFile(Path file, long most) {
    this.file = file;
    this.most = most;
  }

  /**
   * Writes an event.
   *
   * @param durable whether it is on disk on return
   */
  synchronized void append(Instant time, String event, Map<String, Object> fields, boolean durable)
      throws IOException {
    Fields line = Fields.of("time", time.truncatedTo(ChronoUnit.MILLIS)).with("event", event);
    fields.forEach(line::with);
    ByteBuffer bytes =
        ByteBuffer.wrap((JsonValues.line(line.map()) + '\n').getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) + bytes.remaining() > most) {
      rotate();
    }
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try (FileChannel channel = FileChannel.open(file, options, OWNER_ONLY)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(false);
      }
    }
  }

  private void rotate() throws IOException {
    for (int i = EARLIER - 1; i >= 0; i--) {
      if (Files.exists(part(i))) {
        Files.move(part(i), part(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path part(int number) {
    return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
  }

  /**
   * What happened since a time, the oldest first.
   *
   * @param limit so many of the newest at most
   */
  synchronized List<Map<String, Object>> since(Instant time, int limit) throws IOException {
    Deque<Map<String, Object>> found = new ArrayDeque<>();
    for (int i = EARLIER; i >= 0; i--) {
      if (Files.exists(part(i)) && !Files.getLastModifiedTime(part(i)).toInstant().isBefore(time)) {
        read(part(i), time.truncatedTo(ChronoUnit.MILLIS), limit, found);
      }
    }
    return new ArrayList<>(found);
  }

  private static void read(Path part, Instant time, int limit, Deque<Map<String, Object>> found)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(part)) {
      String line = lines.readLine();
      while (line != null) {
        Map<String, Object> event = event(line);
        if (!isBefore(event, time)) {
          found.addLast(event);
        }
        if (found.size() > limit) {
          found.removeFirst();
        }
        line = lines.readLine();
      }
    }
  }

  private static Map<String, Object> event(String line) {
    return JsonValues.object(line).orElseGet(() -> earlier(line));
  }

  private static boolean isBefore(Map<String, Object> event, Instant time) {
    try {
      return Instant.parse(String.valueOf(event.get("time"))).isBefore(time);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A line of an earlier build: the time, then words. */
  private static Map<String, Object> earlier(String line) {
    String[] parts = line.split(" ", 2);
    return Fields.of("time", parts[0])
        .with("event", "earlier")
        .with("details", parts.length < 2 ? "" : parts[1])
        .map();
  }
}
