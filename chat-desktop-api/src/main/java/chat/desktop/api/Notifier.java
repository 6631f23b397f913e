// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells the user about something while no window of the client is in front. Needs the right {@code
 * reads-messages}.
 */
@ConsumerType
@FunctionalInterface
public interface Notifier {

  /** Returns at once. */
  void show(String title, String text);
}
