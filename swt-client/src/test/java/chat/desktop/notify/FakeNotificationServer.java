// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** Shows nothing, but counts; and lets a test click. */
public final class FakeNotificationServer implements NotificationServer, AutoCloseable {

  /** What was asked of it. */
  public record Asked(
      long id, boolean replaces, String title, String text, List<String> actions, byte urgency) {}

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  public final List<Long> closed = new CopyOnWriteArrayList<>();
  private final AtomicLong last = new AtomicLong();
  private final List<String> capabilities;
  private final DBusConnection connection;

  public FakeNotificationServer(Bus bus, String... capabilities) throws DBusException {
    this.capabilities = List.of(capabilities);
    connection = bus.builder().build();
    connection.exportObject(PATH, this);
    connection.requestBusName(NAME);
  }

  /** Those that did not take the place of another. */
  public List<Asked> fresh() {
    return asked.stream().filter(each -> !each.replaces()).toList();
  }

  @Override
  public List<String> capabilities() {
    return capabilities;
  }

  @Override
  public UInt32 show(
      String program,
      UInt32 replaced,
      String icon,
      String title,
      String text,
      List<String> actions,
      Map<String, Variant<?>> hints,
      int timeout) {
    boolean replaces = replaced.longValue() != 0;
    long id = replaces ? replaced.longValue() : last.incrementAndGet();
    byte urgency = (Byte) hints.get("urgency").getValue();
    asked.add(new Asked(id, replaces, title, text, List.copyOf(actions), urgency));
    return new UInt32(id);
  }

  @Override
  public void close(UInt32 id) {
    closed.add(id.longValue());
  }

  public void click(long id) throws DBusException {
    connection.sendMessage(new Invoked(PATH, new UInt32(id), "default"));
  }

  public void reply(long id, String text) throws DBusException {
    connection.sendMessage(new Replied(PATH, new UInt32(id), text));
  }

  public void dismiss(long id) throws DBusException {
    connection.sendMessage(new Closed(PATH, new UInt32(id), new UInt32(2)));
  }

  @Override
  public String getObjectPath() {
    return PATH;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
