// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps what operators did, and what people did that operators look after. Any thread may call it.
 */
@ProviderType
public interface AuditLog {
  /**
   * Writes a line, durably. A log that can't be written stops nothing.
   *
   * @param action one word or two for what was done, such as {@code invite}
   * @param details no secrets
   */
  void record(String action, String details);

  /**
   * Writes an event; durably if its field {@code by} is {@code operator}. It may take a moment, so
   * nobody who serves others calls it.
   *
   * @param event what happened
   */
  default void happened(AuditEvent event) {
    record(event.event(), event.fields().toString());
  }
}
