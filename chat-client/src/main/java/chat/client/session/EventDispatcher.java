// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.transport.Requests;
import chat.client.transport.RetryingRequests;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the server tells of rooms: each entry in order and once, to the listener and to the
 * outbox. Only on the thread that reads from the connection.
 */
final class EventDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

  private final ClientConfig config;
  private final Requests requests;
  private final RetryingRequests once;
  private final SyncCursors positions;
  private final Outbox outbox;
  private final EventQueue events;
  private long self;
  private volatile int torn;

  EventDispatcher(
      ClientConfig config,
      Requests requests,
      RetryingRequests once,
      SyncCursors positions,
      Outbox outbox,
      EventQueue events) {
    this.config = config;
    this.requests = requests;
    this.once = once;
    this.positions = positions;
    this.outbox = outbox;
    this.events = events;
  }

  /** How often something was missing, which must never happen. */
  int torn() {
    return torn;
  }

  /** The window can be filled. */
  void entered(Person who, Reply.Synced view) {
    self = who.account();
    positions.entered(view.rooms());
    events.put(
        new ClientEvent.Entered(
            who, view.rooms(), view.online(), view.statuses(), view.contacts(), view.invitations()),
        () ->
            view.rooms().stream()
                .filter(room -> !room.resumed())
                .forEach(room -> positions.heard(room.room(), room.head())));
    for (RoomView room : view.rooms()) {
      if (!room.resumed()) {
        outbox.skipped(room.room(), room.head());
      }
    }
    outbox.online();
    positions.nameless().forEach(this::learn);
  }

  /** A room is shown anew. */
  void opened(RoomView room) {
    positions.opened(room);
    events.put(new ClientEvent.Opened(room), () -> positions.heard(room.room(), room.head()));
    outbox.skipped(room.room(), room.head());
    if (positions.nameless().contains(room.room())) {
      learn(room.room());
    }
  }

  /** A room is different; one that was not there before is opened. */
  void changed(Event.RoomChanged changed) {
    if (positions.knows(changed.info().room())) {
      events.put(new ClientEvent.RoomChanged(changed.info(), changed.state()));
    } else {
      Command.Open open =
          new Command.Open(changed.info().room(), config.messages(), config.files());
      var unused = once.ask(open, Reply.Opened.class).thenAccept(answer -> opened(answer.room()));
    }
  }

  /** Asks for a room and takes it when it comes, before anything that comes behind it. */
  CompletableFuture<RoomView> open(long room, int messages, int files) {
    return requests
        .ask(new Command.Open(room, messages, files), Reply.Opened.class)
        .thenApply(answer -> {
          opened(answer.room());
          return answer.room();
        });
  }

  void gone(long room) {
    positions.forget(room);
    events.put(new ClientEvent.RoomGone(room));
  }

  /**
   * @throws IOException if something is missing before it
   */
  void entry(Event.Entry entry) throws IOException {
    switch (positions.receive(entry)) {
      case NEXT -> {
        events.put(new ClientEvent.Added(entry), () -> positions.heard(entry));
        if (entry.author().account() == self) {
          outbox.arrived(entry);
        }
      }
      case KNOWN -> {}
      case TORN -> {
        torn++;
        LOG.warn("Entry {} of room {} came too early", entry.number(), entry.room());
        throw new IOException("something before entry " + entry.number() + " is missing");
      }
    }
  }

  void gap(Event.Gap gap) {
    positions.jump(gap.room(), gap.head());
    events.put(
        new ClientEvent.Skipped(gap.room(), gap.head()),
        () -> positions.heard(gap.room(), gap.head()));
    outbox.skipped(gap.room(), gap.head());
    learn(gap.room());
  }

  /** Asks for the id of the entry at which a room stands, so that it has a cursor. */
  private void learn(long room) {
    long head = positions.number(room);
    var unused =
        requests
            .ask(new Command.History(room, Direction.AFTER, head - 1, 1), Reply.Page.class)
            .thenAccept(page ->
                page.entries().stream()
                    .filter(entry -> entry.number() == head)
                    .forEach(entry -> positions.learned(room, head, entry.id())));
  }
}
