// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.Link;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.model.room.Room;
import chat.protocol.Availability;
import chat.protocol.Command;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the server is told by the way: how far a room was read, that something is being written, and
 * what was begun. Nothing of it is worth an error, and nothing is told more often than it helps.
 */
final class ReadReceipts {
  private static final long MARK_MILLIS = 1_000;
  private static final long RECEIVED_MILLIS = 2_000;
  private static final long TYPING_MILLIS = 3_000;
  private static final long DRAFT_MILLIS = 2_000;

  private final ChatModel model;
  private final Scheduler delay;
  private final Set<Long> markWaits = new HashSet<>();
  private final Set<Long> receivedWaits = new HashSet<>();
  private final Map<Long, Long> typed = new HashMap<>();
  private final Map<Long, Long> drafts = new HashMap<>();

  ReadReceipts(ChatModel model, Scheduler delay) {
    this.model = model;
    this.delay = delay;
  }

  /** A room was read: at most once a second is told, and only what moves. */
  void read(Room room) {
    boolean moved = room.readTo() > room.marked() && model.link() instanceof Link.Online;
    if (moved && markWaits.add(room.id())) {
      mark(room);
      delay.after(
          MARK_MILLIS,
          () -> {
            markWaits.remove(room.id());
            read(room);
          });
    }
  }

  /**
   * Something of the other one in a private chat is here, read or not: that is told at most once in
   * two seconds, and only what moves. Who is invisible does not give away to be here.
   */
  void received(Room room) {
    boolean moved = room.direct() && room.heard() > room.received();
    boolean visible = model.attendance().chosen() != Availability.INVISIBLE;
    boolean may = visible && model.link() instanceof Link.Online;
    if (moved && may && receivedWaits.add(room.id())) {
      room.received(room.heard());
      tell(new Command.MarkRead(room.id(), room.heard(), room.marked()));
      delay.after(
          RECEIVED_MILLIS,
          () -> {
            receivedWaits.remove(room.id());
            received(room);
          });
    }
  }

  private void mark(Room room) {
    room.marked(room.readTo());
    tell(new Command.MarkRead(room.id(), room.readTo(), room.readTo()));
  }

  /** The text in the compose box of a room was changed by its writer. */
  void wrote(Room room, String text) {
    room.draft(text);
    long now = model.clock().millis();
    if (!text.isBlank() && now - typed.getOrDefault(room.id(), 0L) >= TYPING_MILLIS) {
      typed.put(room.id(), now);
      tell(new Command.Typing(room.id()));
    }
    long version = drafts.merge(room.id(), 1L, Long::sum);
    delay.after(
        DRAFT_MILLIS,
        () -> {
          if (drafts.getOrDefault(room.id(), 0L) == version) {
            draft(room);
          }
        });
  }

  private void draft(Room room) {
    if (!room.draft().equals(room.place().draft())) {
      tell(new Command.Draft(room.id(), room.draft()));
    }
  }

  private void tell(Command.Update sign) {
    if (model.link() instanceof Link.Online) {
      var unused = model.client().set(sign);
    }
  }
}
