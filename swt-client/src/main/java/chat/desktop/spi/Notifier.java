// SPDX-License-Identifier: Apache-2.0
package chat.desktop.spi;

/** Tells the user about something while no window of ours is in front. */
@FunctionalInterface
public interface Notifier {

  /** Returns at once; may be called from the thread of the windows. */
  void show(String title, String text);
}
