// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.notify;

/** Which messages of a room are notified. */
public enum NotificationLevel {
  ALL,
  /** Where this account is named, and what is marked as important. */
  MENTIONS,
  NOTHING
}
