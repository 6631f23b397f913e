// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import chat.desktop.model.platform.DesktopNotifications;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Notifications over D-Bus. The connection is made for the first one.
 *
 * <p><b>Thread.</b> One of its own holds everything, because the bus may take its time; the
 * listener hears in the thread of the windows.
 */
public final class FreedesktopNotifications implements DesktopNotifications {
  private static final System.Logger LOG =
      System.getLogger(FreedesktopNotifications.class.getName());
  private static final String DEFAULT = "default";
  private static final String REPLY = "inline-reply";
  private static final UInt32 NONE = new UInt32(0);
  private static final int USUAL_TIMEOUT = -1;
  private static final int CLOSE_SECONDS = 1;
  private static final byte NORMAL = 1;
  private static final byte CRITICAL = 2;

  private final DBusConnectionBuilder bus;
  private final Executor hop;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("chat-notifications").daemon().factory());
  private final Map<Long, UInt32> ids = new HashMap<>();
  private volatile @Nullable Listener listener;
  private @Nullable DBusConnection connection;
  private @Nullable NotificationServer server;
  private List<String> capabilities = List.of();
  private boolean said;

  /**
   * @param bus of the session
   * @param hop into the thread of the windows
   */
  public FreedesktopNotifications(DBusConnectionBuilder bus, Executor hop) {
    this.bus = bus;
    this.hop = hop;
  }

  @Override
  public void listen(Listener newListener) {
    listener = newListener;
  }

  @Override
  public void show(Notice notice) {
    later(() -> {
      try {
        NotificationServer there = server();
        UInt32 before = ids.getOrDefault(notice.room(), NONE);
        UInt32 id =
            there.show(
                "Chatroom",
                before,
                "",
                notice.title(),
                body(notice.text()),
                actions(notice),
                hints(notice),
                USUAL_TIMEOUT);
        ids.put(notice.room(), id);
      } catch (DBusException | RuntimeException e) {
        failed(e);
      }
    });
  }

  @Override
  public void withdraw(long room) {
    later(() -> {
      UInt32 id = ids.remove(room);
      NotificationServer there = server;
      if (id != null && there != null) {
        try {
          there.close(id);
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.DEBUG, "Notification not taken back", e);
        }
      }
    });
  }

  /** After the end nobody waits for anything more. */
  private void later(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "Notifications are closed", e);
    }
  }

  private NotificationServer server() throws DBusException {
    DBusConnection open = connection;
    NotificationServer known = server;
    if (open != null && known != null && open.isConnected()) {
      return known;
    }
    ids.clear();
    open = bus.withShared(false).build();
    connection = open;
    open.addSigHandler(
        NotificationServer.Closed.class, signal -> told(signal.id, true, Listener::closed));
    open.addSigHandler(
        NotificationServer.Invoked.class,
        signal -> {
          if (signal.action.equals(DEFAULT)) {
            told(signal.id, false, Listener::opened);
          }
        });
    open.addSigHandler(
        NotificationServer.Replied.class,
        signal -> told(signal.id, true, (to, room) -> to.replied(room, signal.text)));
    known =
        open.getRemoteObject(
            NotificationServer.NAME, NotificationServer.PATH, NotificationServer.class);
    capabilities = List.copyOf(known.capabilities());
    server = known;
    return known;
  }

  private interface Told {
    void tell(Listener to, long room);
  }

  /** Others have notifications on the same bus: only ours count. */
  private void told(UInt32 id, boolean over, Told told) {
    later(() -> {
      for (Map.Entry<Long, UInt32> each : List.copyOf(ids.entrySet())) {
        if (each.getValue().equals(id)) {
          if (over) {
            ids.remove(each.getKey());
          }
          tell(to -> told.tell(to, each.getKey()));
        }
      }
    });
  }

  private void tell(Consumer<Listener> words) {
    hop.execute(() -> {
      Listener to = listener;
      if (to != null) {
        words.accept(to);
      }
    });
  }

  private void failed(Exception why) {
    LOG.log(System.Logger.Level.DEBUG, "Notification not shown", why);
    server = null;
    disconnect();
    if (!said) {
      said = true;
      tell(Listener::unavailable);
    }
  }

  /** What people write is told apart from markup where the server reads any. */
  private String body(String text) {
    return capabilities.contains("body-markup")
        ? text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        : text;
  }

  private List<String> actions(Notice notice) {
    List<String> actions = new ArrayList<>();
    if (capabilities.contains("actions")) {
      actions.addAll(List.of(DEFAULT, notice.open()));
    }
    if (capabilities.contains(REPLY)) {
      actions.addAll(List.of(REPLY, notice.reply()));
    }
    return actions;
  }

  /** The client has a sound of its own. */
  private static Map<String, Variant<?>> hints(Notice notice) {
    return Map.of(
        "urgency", new Variant<>(notice.urgent() ? CRITICAL : NORMAL),
        "category", new Variant<>("im.received"),
        "suppress-sound", new Variant<>(true),
        "x-kde-reply-submit-button-text", new Variant<>(notice.reply()));
  }

  private void disconnect() {
    DBusConnection open = connection;
    connection = null;
    ids.clear();
    if (open != null) {
      open.disconnect();
    }
  }

  @Override
  public void close() {
    listener = null;
    later(this::disconnect);
    worker.shutdown();
    try {
      // What was to be taken back should not outlive the program.
      boolean unused = worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
