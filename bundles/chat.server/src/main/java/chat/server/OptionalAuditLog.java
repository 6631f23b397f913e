// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The audit log, if somebody keeps one just now. */
record OptionalAuditLog(Supplier<@Nullable AuditLog> keeper) implements AuditLog {
  @Override
  public void record(String action, String details) {
    AuditLog there = keeper.get();
    if (there != null) {
      there.record(action, details);
    }
  }

  @Override
  public void happened(AuditEvent event) {
    AuditLog there = keeper.get();
    if (there != null) {
      there.happened(event);
    }
  }
}
