// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Event;
import chat.server.room.Account;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import chat.storage.StorageException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session hears of one room: every number, in order, once.
 *
 * <p>Nothing is queued here: the feed knows the last number that it gave to the connection, and
 * goes on from there whenever there may be more to give: news, a connection that became writable, a
 * page from the store. Live delivery, resume and a slow reader are this one case.
 *
 * <p><b>Threads.</b> {@link #advance} may be called from any thread; the feed's lock keeps the
 * order.
 */
public final class Feed implements Room.Subscriber {
  /** A reader further behind than this is told of a gap and goes on at the head. */
  // fault-point: feed-gap-limit
  static final long TOO_FAR = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final Device device;
  private final RoomQueries queries;
  private final Room room;
  private final long since;
  private long sent;
  private boolean begun;
  private boolean pulling;
  private boolean ended;

  /**
   * @param since when the account became a member, as it was before the client was told up to where
   *     it knows the room: whoever was put out and invited again since then begins anew
   * @param sent the last number that the client knows
   */
  Feed(Device device, RoomQueries queries, Room room, long since, long sent) {
    this.device = device;
    this.queries = queries;
    this.room = room;
    this.since = since;
    this.sent = sent;
  }

  Room room() {
    return room;
  }

  /** Whether an account is the member for whom this was made. */
  boolean isFor(long account) {
    return since >= 0 && room.memberSince(account) == since;
  }

  /** The last number that was given to the connection. */
  synchronized long sent() {
    return sent;
  }

  @Override
  public void tell(long author, SharedEvent event) {
    Account account = device.account();
    if (account == null || account.id() == author || queries.hidesFrom(author, account.id())) {
      return;
    }
    synchronized (this) {
      if (!ended) {
        device.send(event);
      }
    }
  }

  /** From now on the room's news are heard; not if it was ended before. */
  synchronized void begin() {
    if (!ended) {
      begun = true;
      room.subscribers().add(this);
    }
  }

  /** Gives the connection nothing more. */
  synchronized void end() {
    ended = true;
    room.subscribers().remove(this);
  }

  /** Gives the connection what it takes of what it has not got. */
  @Override
  public synchronized void advance() {
    if (!begun || pulling || ended) {
      return;
    }
    long head = room.tail().announced();
    if (head - sent > TOO_FAR) {
      if (!device.send(new SharedEvent(new Event.Gap(room.id(), head)))) {
        return;
      }
      sent = head;
    }
    while (sent < head) {
      SharedEvent next = room.tail().get(sent + 1);
      if (next == null) {
        pulling = pull();
        return;
      }
      if (!device.send(next)) {
        return;
      }
      sent++;
    }
  }

  @Override
  public synchronized void advance(SharedBlock news) {
    if (begun && !pulling && !ended && sent == news.first() - 1 && device.send(news)) {
      sent = news.last();
    }
    advance();
  }

  private boolean pull() {
    long from = sent;
    return device.writable()
        && device
            .lane()
            .submit(() -> {
              List<Event.Entry> page = read(from);
              pulled(page);
            });
  }

  private List<Event.Entry> read(long from) {
    try {
      return queries.after(room.id(), from);
    } catch (StorageException e) {
      LOG.warn("Room {} could not be read for {}: {}", room.id(), device, e.getMessage());
      return List.of();
    }
  }

  private synchronized void pulled(List<Event.Entry> page) {
    pulling = false;
    for (Event.Entry entry : page) {
      if (ended
          || entry.number() != sent + 1
          || entry.number() > room.tail().announced()
          || !device.send(new SharedEvent(entry))) {
        return;
      }
      sent++;
    }
    if (!page.isEmpty()) {
      advance();
    }
  }
}
