// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators changed, a line each in {@code log/audit.log}. May be used from any thread. */
final class Audit implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final Path file;
  private volatile String last = "";

  Audit(Path file) {
    this.file = file;
  }

  /** The last exchange that went well. */
  Optional<String> last() {
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** An exchange went well: for the log, the audit log and the status. */
  void done(String kind, String what) throws IOException {
    last = kind + " " + what + " at " + Instant.now();
    LOG.info("Done: {} {}", kind, what);
    write(kind + " done", what);
  }

  @Override
  public void record(String action, String details) {
    try {
      write(action, details);
    } catch (IOException e) {
      LOG.error("{} can't be written: {}", file, e.getMessage());
    }
  }

  /** Durable on return. */
  void write(String kind, String what) throws IOException {
    Files.createDirectories(file.getParent());
    String line = "%s %s %s\n".formatted(Instant.now(), kind, what.replace('\n', ' '));
    Files.write(
        file,
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }
}
