// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import org.osgi.annotation.versioning.ProviderType;

/** Keeps what operators did. Any thread may call it. */
@ProviderType
public interface AuditLog {
  /**
   * Writes a line, durably. A log that can't be written stops nothing.
   *
   * @param action one word or two for what was done, such as {@code invite}
   * @param details no secrets
   */
  void record(String action, String details);
}
