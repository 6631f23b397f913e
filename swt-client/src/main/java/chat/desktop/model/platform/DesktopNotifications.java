// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

/** The notifications of the desktop, of which there is at most one for each room. */
public interface DesktopNotifications extends AutoCloseable {

  /**
   * What a notification says.
   *
   * @param open what the click on it is called
   * @param reply what the answer in it is called, where the desktop lets people write one
   */
  record Notice(long room, String title, String text, boolean urgent, String open, String reply) {}

  /** What people do with notifications. Heard in the thread of the windows. */
  interface Listener {
    void opened(long room);

    void replied(long room, String text);

    /** It is not on the screen any more. */
    void closed(long room);

    /** This desktop shows no notifications. Said once. */
    void unavailable();
  }

  /** Who hears from now on. */
  void listen(Listener listener);

  /** Shows a notification in place of that of the same room. Returns at once. */
  void show(Notice notice);

  /** Takes the notification of a room away, if there is one. Returns at once. */
  void withdraw(long room);

  @Override
  void close();

  /** Where there is nothing to show them with. */
  static DesktopNotifications none() {
    return new DesktopNotifications() {
      @Override
      public void listen(Listener listener) {}

      @Override
      public void show(Notice notice) {}

      @Override
      public void withdraw(long room) {}

      @Override
      public void close() {}
    };
  }
}
