// SPDX-License-Identifier: Apache-2.0
package chat.admin.audit;

import chat.admin.command.Fields;
import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators changed, and what the server tells of people, in {@code log/audit.log}. May be
 * used from any thread.
 */
public final class Audit implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final String BY = "by";
  private static final String OPERATOR = "operator";
  private static final long FILE_BYTES = 10L << 20;

  private final AuditFile file;
  private volatile String last = "";

  /** In this file and its predecessors. */
  public Audit(Path path) {
    this.file = new AuditFile(path, FILE_BYTES);
  }

  /** The last exchange that went well. */
  public Optional<String> last() {
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** An exchange went well: for the log, the audit log and the status. */
  public void done(String kind, String what) throws IOException {
    last = kind + " " + what + " at " + Instant.now();
    LOG.info("Done: {} {}", kind, what);
    write(kind + " done", what);
  }

  @Override
  public void record(String action, String details) {
    try {
      write(action, details);
    } catch (IOException e) {
      LOG.error("The audit log can't be written: {}", e.getMessage());
    }
  }

  @Override
  public void happened(AuditEvent event) {
    try {
      boolean isOperators = OPERATOR.equals(event.fields().get(BY));
      file.append(event.time(), event.event(), event.fields(), isOperators);
    } catch (IOException e) {
      LOG.error("The audit log can't be written: {}", e.getMessage());
    }
  }

  /** Durable on return. */
  public void write(String kind, String what) throws IOException {
    file.append(
        Instant.now(),
        kind.replace(' ', '-'),
        Fields.of(BY, OPERATOR).with("details", what).map(),
        true);
  }

  /** What happened since a time, the oldest first; at most so many of the newest. */
  public List<Map<String, Object>> since(Instant time, int limit) throws IOException {
    return file.since(time, limit);
  }
}
