// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * What shows notifications on a free desktop (Desktop Notifications Specification 1.2), and the
 * inline reply that KDE added to it.
 */
@DBusInterfaceName("org.freedesktop.Notifications")
public interface NotificationServer extends DBusInterface {
  String NAME = "org.freedesktop.Notifications";
  String PATH = "/org/freedesktop/Notifications";

  @DBusMemberName("GetCapabilities")
  List<String> capabilities();

  // Eight arguments, because that is the protocol.
  @DBusMemberName("Notify")
  UInt32 show(
      String program,
      UInt32 replaced,
      String icon,
      String title,
      String text,
      List<String> actions,
      Map<String, Variant<?>> hints,
      int timeout);

  @DBusMemberName("CloseNotification")
  void close(UInt32 id);

  /** The notification is not on the screen any more. */
  @DBusMemberName("NotificationClosed")
  class Closed extends DBusSignal {
    public final UInt32 id;
    public final UInt32 reason;

    public Closed(String path, UInt32 id, UInt32 reason) throws DBusException {
      super(path, id, reason);
      this.id = id;
      this.reason = reason;
    }
  }

  /** Somebody chose one of its actions. */
  @DBusMemberName("ActionInvoked")
  class Invoked extends DBusSignal {
    public final UInt32 id;
    public final String action;

    public Invoked(String path, UInt32 id, String action) throws DBusException {
      super(path, id, action);
      this.id = id;
      this.action = action;
    }
  }

  /** Somebody wrote an answer into it. */
  @DBusMemberName("NotificationReplied")
  class Replied extends DBusSignal {
    public final UInt32 id;
    public final String text;

    public Replied(String path, UInt32 id, String text) throws DBusException {
      super(path, id, text);
      this.id = id;
      this.text = text;
    }
  }
}
