// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.notify;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.Texts;
import chat.protocol.Content;
import chat.protocol.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notifies of messages while nobody looks: one notification for each room, which tells how many
 * there are and shows the newest. A busy room changes its notification every few seconds at most,
 * and it goes when the room is read.
 *
 * <p><b>Thread.</b> That of the windows, for everything.
 */
public final class RoomNotices implements ModelListener, DesktopNotifications.Listener {
  private static final long PAUSE_MILLIS = 2_000;
  private static final int LONGEST = 200;

  /** The window, as far as notifications are about it. */
  public interface Window {
    /** Whether nobody looks at it. */
    boolean away();

    /** Something is told outside the window: by others who do so too, and with a sound or none. */
    void told(String title, String text, boolean audible);

    /** Comes to the front. */
    void bringToFront();

    /** Says something in the window. */
    void say(String words);
  }

  private static final class Shown {
    private int count;
    private boolean pausing;
    private boolean changed;
  }

  private final ChatModel model;
  private final NotificationRules rules;
  private final Texts texts;
  private final DesktopNotifications desktop;
  private final Scheduler scheduler;
  private final Window window;
  private final Map<Long, Shown> shown = new HashMap<>();
  private final Map<Long, DesktopNotifications.Notice> newest = new HashMap<>();

  public RoomNotices(
      ChatModel model,
      NotificationRules rules,
      Texts texts,
      DesktopNotifications desktop,
      Scheduler scheduler,
      Window window) {
    this.model = model;
    this.rules = rules;
    this.texts = texts;
    this.desktop = desktop;
    this.scheduler = scheduler;
    this.window = window;
  }

  /** Begins to hear. */
  public void start() {
    model.listen(this);
    desktop.listen(this);
  }

  /** Hears no more, and takes back what is on the screen. */
  public void stop() {
    model.forget(this);
    List.copyOf(shown.keySet()).forEach(this::withdraw);
  }

  @Override
  public void heard(Room room, Event.Entry entry) {
    String text = words(entry);
    if (text.isEmpty() || !window.away() || !rules.wants(room, entry)) {
      return;
    }
    boolean urgent = rules.urgent(entry);
    Shown state = shown.computeIfAbsent(room.id(), _ -> new Shown());
    state.count++;
    String title = title(room, entry, 1);
    window.told(title, text, state.count == 1 || urgent);
    newest.put(
        room.id(),
        new DesktopNotifications.Notice(
            room.id(),
            title(room, entry, state.count),
            text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text,
            urgent,
            texts.get("notify.open"),
            texts.get("notify.reply")));
    if (state.pausing && !urgent) {
      state.changed = true;
    } else {
      show(room.id(), state);
    }
  }

  private void show(long room, Shown state) {
    DesktopNotifications.Notice notice = newest.get(room);
    if (notice == null) {
      return;
    }
    desktop.show(notice);
    state.changed = false;
    if (!state.pausing) {
      state.pausing = true;
      scheduler.after(PAUSE_MILLIS, () -> paused(room, state));
    }
  }

  private void paused(long room, Shown state) {
    state.pausing = false;
    if (state.changed && shown.get(room) == state) {
      show(room, state);
    }
  }

  private String title(Room room, Event.Entry entry, int count) {
    String author = entry.author().shown();
    String title = room.direct() ? author : texts.get("notify.title", author, room.name());
    return count == 1 ? title : texts.get("notify.count", title, count);
  }

  private String words(Event.Entry entry) {
    return switch (entry.content()) {
      case Content.Text said -> said.text();
      case Content.File file -> texts.get("notify.file", file.name());
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          "";
    };
  }

  @Override
  public void changed(Part part) {
    if (shown.isEmpty()) {
      return;
    }
    for (long id : new ArrayList<>(shown.keySet())) {
      Room room = model.room(id);
      if (room == null || room.unread() == 0) {
        withdraw(id);
      }
    }
  }

  private void withdraw(long room) {
    closed(room);
    desktop.withdraw(room);
  }

  @Override
  public void opened(long id) {
    closed(id);
    window.bringToFront();
    Room room = model.room(id);
    if (room != null) {
      model.select(room);
    }
  }

  @Override
  public void replied(long id, String text) {
    closed(id);
    if (model.room(id) != null && !text.isBlank()) {
      var unused =
          model
              .send(id, text.strip(), 0, false)
              .exceptionally(failure -> {
                window.say(texts.get("compose.notKept"));
                return null;
              });
    }
  }

  @Override
  public void closed(long room) {
    shown.remove(room);
    newest.remove(room);
  }

  @Override
  public void unavailable() {
    window.say(texts.get("notify.unavailable"));
  }
}
