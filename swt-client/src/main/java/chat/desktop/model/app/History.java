// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ChatClient;
import chat.client.Link;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Transcript;
import chat.protocol.Command.Direction;
import chat.protocol.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Fetches what a transcript does not have yet, once at a time for each room. */
final class History {
  /** Entries fetched at once when somebody scrolls. */
  private static final int PAGE = 50;

  private final ChatClient client;
  private final Executor hop;
  private final LongSupplier self;

  History(ChatClient client, Executor hop, LongSupplier self) {
    this.client = client;
    this.hop = hop;
    this.self = self;
  }

  /** Fetches what comes before the oldest entry shown. */
  void older(Room room, Link link) {
    Transcript transcript = room.shown();
    if (transcript.hasOlder()) {
      load(room, link, Direction.BEFORE, transcript.lowest(), transcript::prepend);
    }
  }

  /** Fetches what comes after the newest entry of a piece of the past. */
  void newer(Room room, Link link) {
    Transcript transcript = room.shown();
    if (transcript.hasNewer()) {
      load(
          room,
          link,
          Direction.AFTER,
          transcript.highest(),
          page -> {
            transcript.append(page);
            room.catchUp();
          });
    }
  }

  /**
   * The number of the first entry from a time on, or of the newest; found by halving, because the
   * times of a room never go back.
   */
  CompletableFuture<Long> numberAt(Room room, long time) {
    return client
        .history(room.id(), Direction.BEFORE, 0, 1)
        .thenCompose(page -> between(room, time, Math.max(1, page.first()), page.head()));
  }

  private CompletableFuture<Long> between(Room room, long time, long low, long high) {
    if (low >= high) {
      return CompletableFuture.completedFuture(high);
    }
    long middle = low + (high - low) / 2;
    return client
        .history(room.id(), Direction.AFTER, middle - 1, 1)
        .thenCompose(page -> {
          boolean before = !page.entries().isEmpty() && page.entries().getFirst().time() < time;
          return before ? between(room, time, middle + 1, high) : between(room, time, low, middle);
        });
  }

  private void load(
      Room room, Link link, Direction direction, long number, Consumer<Reply.Page> take) {
    if (room.loading() || !(link instanceof Link.Online)) {
      return;
    }
    room.loading(true);
    var unused =
        page(room, direction, number)
            .handleAsync(
                (page, failure) -> {
                  // A failed page is not shown: whoever still looks for it asks again.
                  room.loading(false);
                  if (failure == null) {
                    take.accept(page);
                  }
                  return failure == null;
                },
                hop);
  }

  /** A piece of a room around a number. */
  CompletableFuture<Transcript> around(Room room, long number) {
    return page(room, Direction.BEFORE, number)
        .thenCombine(page(room, Direction.AFTER, number - 1), this::piece);
  }

  private Transcript piece(Reply.Page before, Reply.Page after) {
    Transcript piece = new Transcript(self);
    piece.begin(before, after);
    return piece;
  }

  private CompletableFuture<Reply.Page> page(Room room, Direction direction, long number) {
    return client.history(room.id(), direction, number, PAGE);
  }
}
