// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.CommandId;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one file on its way, and the wish to stop it.
 *
 * <p><b>Threads.</b> Any for {@link #cancel}; else the one that moves the file.
 */
final class TransferState {
  private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(100);

  private final Consumer<ClientEvent> events;
  private final UUID id = CommandId.next();
  private final long room;
  private final Transfer.Way way;
  private final String name;
  private final Path file;
  private long size;
  private long done;
  private long toldAt = System.nanoTime();
  private final CompletableFuture<Transfer.State> outcome = new CompletableFuture<>();
  private @Nullable Thread mover;
  private boolean cancelled;
  private boolean ended;

  TransferState(
      Consumer<ClientEvent> events,
      long room,
      Transfer.Way way,
      String name,
      Path file,
      long size) {
    this.events = events;
    this.room = room;
    this.way = way;
    this.name = name;
    this.file = file;
    this.size = size;
    events.accept(told(new Transfer.Running()));
  }

  UUID id() {
    return id;
  }

  /** How it ended. */
  CompletableFuture<Transfer.State> outcome() {
    return outcome;
  }

  private ClientEvent.TransferChanged told(Transfer.State state) {
    return new ClientEvent.TransferChanged(
        new Transfer(id, room, way, name, file, done, size, state));
  }

  /** This thread moves the file from now on; false if it need not. */
  synchronized boolean begin() {
    mover = Thread.currentThread();
    return !ended;
  }

  synchronized void size(long bytes) {
    size = bytes;
  }

  /** So much is there. */
  synchronized void moved(long bytes) {
    done = bytes;
    long now = System.nanoTime();
    if (!ended && now - toldAt >= BETWEEN) {
      toldAt = now;
      events.accept(told(new Transfer.Running()));
    }
  }

  synchronized void cancel() {
    cancelled = true;
    if (mover == null) {
      end(new Transfer.Cancelled());
    } else {
      mover.interrupt();
    }
  }

  synchronized boolean cancelled() {
    return cancelled;
  }

  /** The last word; there is only one. */
  synchronized void end(Transfer.State state) {
    if (!ended) {
      ended = true;
      events.accept(told(state));
      outcome.complete(state);
    }
  }
}
