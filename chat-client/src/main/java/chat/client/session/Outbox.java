// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientEvent.Discarded;
import chat.client.CommandId;
import chat.client.RefusedException;
import chat.client.profile.PendingMessage;
import chat.client.profile.Profile;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Texts on their way to their rooms: each is on disk before its id is returned, and leaves when the
 * server has it on disk.
 *
 * <p><b>Order.</b> The server decides about each command as it comes: with several of a room on
 * their way it could refuse one for its rate and take the next. So of each room only the oldest one
 * is on its way, and it is sent again, with the same id, until it is answered: what is accepted is
 * accepted in the order of writing. A refusal that time will not heal takes a text out of the line;
 * it stays here, refused, until it is discarded. {@link #pipelining} gives this up for speed.
 *
 * <p><b>Once.</b> An answer that is lost is settled by sending again: the server knows the id. A
 * text is over for the user when its Added comes; one that is found to lie in a part of the room
 * that was skipped is told of as Discarded, for its Added will never come.
 *
 * <p><b>Threads.</b> Any; the lock is held for a write to the disk, never while the listener runs.
 */
final class Outbox {
  static final int MOST = 10_000;
  private static final long AGAIN_MILLIS = 1_000;

  private final Profile profile;
  private final Requests requests;
  private final EventQueue events;
  private final ScheduledExecutorService timer;
  private final Map<UUID, PendingMessage> refused = new LinkedHashMap<>();
  private final Map<Long, RoomQueue> lines = new HashMap<>();
  private final Map<UUID, Reply.Posted> unheard = new HashMap<>();
  private final List<UUID> settled = new ArrayList<>();
  private int window = 1;
  private boolean online;
  private boolean pumping;

  /** The texts of one room, the oldest first. */
  private static final class RoomQueue {
    private final Map<UUID, PendingMessage> waiting = new LinkedHashMap<>();
    private final Map<UUID, PendingMessage> sent = new LinkedHashMap<>();
    private long notBefore = System.nanoTime();
    private long skippedTo;

    PendingMessage takeFirst() {
      PendingMessage first = waiting.values().iterator().next();
      waiting.remove(first.id());
      sent.put(first.id(), first);
      return first;
    }

    void putFirst(Map<UUID, PendingMessage> letters) {
      Map<UUID, PendingMessage> rest = new LinkedHashMap<>(waiting);
      waiting.clear();
      waiting.putAll(letters);
      waiting.putAll(rest);
      sent.keySet().removeAll(letters.keySet());
    }

    void takeBack() {
      putFirst(new LinkedHashMap<>(sent));
    }
  }

  Outbox(Profile profile, Requests requests, EventQueue events, ScheduledExecutorService timer) {
    this.profile = profile;
    this.requests = requests;
    this.events = events;
    this.timer = timer;
    profile.letters().forEach(this::file);
  }

  private void file(PendingMessage message) {
    if (message.refused() == null) {
      line(message.room()).waiting.put(message.id(), message);
    } else {
      refused.put(message.id(), message);
    }
  }

  private RoomQueue line(long room) {
    return lines.computeIfAbsent(room, fresh -> new RoomQueue());
  }

  /** How many texts of a room may be on their way at a time; with more than 1 the order can go. */
  synchronized void pipelining(int most) {
    window = most;
  }

  synchronized UUID send(long room, String text, long reply, boolean important) {
    if (size() >= MOST) {
      throw new IllegalStateException("the outbox is full: " + MOST + " texts wait");
    }
    String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    PendingMessage message =
        new PendingMessage(new Command.Post(CommandId.next(), room, clean, reply, important), null);
    profile.add(message);
    file(message);
    events.add(message.pending());
    pump(room);
    return message.id();
  }

  private int size() {
    int size = refused.size();
    for (RoomQueue line : lines.values()) {
      size += line.waiting.size() + line.sent.size();
    }
    return size;
  }

  synchronized void discard(UUID id) {
    PendingMessage message = refused.remove(id);
    Iterator<RoomQueue> rooms = lines.values().iterator();
    while (message == null && rooms.hasNext()) {
      message = rooms.next().waiting.remove(id);
    }
    if (message != null) {
      profile.settle(List.of(id), List.of(), List.of());
      events.add(new Discarded(id, message.room()));
    }
  }

  /** Entered: everything here is told of, and goes on. */
  synchronized void online() {
    online = true;
    refused.values().forEach(message -> events.add(message.pending()));
    lines.values().forEach(line -> line.waiting.values().forEach(l -> events.add(l.pending())));
    lines.keySet().forEach(this::pump);
  }

  /** The connection is gone: what was on its way is first in line again. */
  synchronized void offline() {
    online = false;
    lines.values().forEach(RoomQueue::takeBack);
  }

  private synchronized void pump(long room) {
    RoomQueue line = line(room);
    if (pumping) {
      return;
    }
    pumping = true;
    while (online
        && line.sent.size() < window
        && !line.waiting.isEmpty()
        && line.notBefore - System.nanoTime() <= 0) {
      PendingMessage message = line.takeFirst();
      var unused =
          requests
              .ask(message.post(), Reply.Posted.class)
              .whenComplete((posted, problem) -> {
                if (posted != null) {
                  posted(posted);
                } else {
                  failed(message, problem);
                }
              });
    }
    pumping = false;
  }

  private synchronized void posted(Reply.Posted posted) {
    RoomQueue line = line(posted.room());
    if (line.sent.remove(posted.id()) == null && line.waiting.remove(posted.id()) == null) {
      return;
    }
    settled.add(posted.id());
    if (posted.number() <= line.skippedTo) {
      events.add(new Discarded(posted.id(), posted.room()));
    } else {
      unheard.put(posted.id(), posted);
    }
    pump(posted.room());
  }

  private synchronized void failed(PendingMessage message, Throwable problem) {
    RoomQueue line = line(message.room());
    if (!line.sent.containsKey(message.id())) {
      return;
    }
    if (problem instanceof RefusedException no && !no.refusal().passes()) {
      line.sent.remove(message.id());
      PendingMessage stopped = message.refused(no.refusal());
      refused.put(message.id(), stopped);
      profile.refused(message.id(), no.refusal());
      events.add(stopped.pending());
      pump(message.room());
    } else {
      long wait =
          problem instanceof RefusedException no && no.refusal().retryAfter() > 0
              ? no.refusal().retryAfter()
              : AGAIN_MILLIS;
      line.putFirst(Map.of(message.id(), message));
      line.notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
      var unused = timer.schedule(() -> pump(message.room()), wait + 1, TimeUnit.MILLISECONDS);
    }
  }

  /** An own entry has come; its Added is on its way to the listener. */
  synchronized void arrived(Event.Entry entry) {
    unheard.remove(entry.id());
    RoomQueue line = line(entry.room());
    if (line.sent.remove(entry.id()) != null || line.waiting.remove(entry.id()) != null) {
      settled.add(entry.id());
      pump(entry.room());
    }
  }

  /** What is up to this number of a room will not be told of as Added. */
  synchronized void skipped(long room, long head) {
    line(room).skippedTo = head;
    unheard
        .values()
        .removeIf(posted -> {
          boolean over = posted.room() == room && posted.number() <= head;
          if (over) {
            events.add(new Discarded(posted.id(), room));
          }
          return over;
        });
  }

  /**
   * Writes down what was settled since the last call, and the positions that changed with it. They
   * are taken under this lock, so that nothing of an account is written after it was forgotten.
   */
  synchronized void save(SyncCursors positions) {
    List<Cursor> cursors = positions.takeChanged();
    List<Long> goneRooms = positions.takeGone();
    if (!settled.isEmpty() || !cursors.isEmpty() || !goneRooms.isEmpty()) {
      profile.settle(settled, cursors, goneRooms);
      settled.clear();
    }
  }

  /** Another account begins: forgets everything, on disk as well. */
  synchronized void forget(SyncCursors positions) {
    positions.clear();
    refused.values().forEach(message -> events.add(new Discarded(message.id(), message.room())));
    lines.forEach((room, line) -> {
      line.takeBack();
      line.waiting.keySet().forEach(id -> events.add(new Discarded(id, room)));
    });
    refused.clear();
    lines.clear();
    unheard.clear();
    settled.clear();
    profile.forget();
  }
}
