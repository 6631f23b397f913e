// SPDX-License-Identifier: Apache-2.0
package chat.client;

import static org.junit.jupiter.api.Assertions.fail;

import chat.protocol.Content;
import chat.protocol.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** Keeps what a client tells, and waits for it. */
public final class Recorder implements ClientListener {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<ClientEvent> events = new ArrayList<>();

  @Override
  public synchronized void on(ClientEvent event) {
    events.add(event);
    notifyAll();
  }

  public synchronized List<ClientEvent> events() {
    return List.copyOf(events);
  }

  public synchronized void clear() {
    events.clear();
  }

  public <T extends ClientEvent> List<T> all(Class<T> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<Event.Entry> added() {
    return all(ClientEvent.Added.class).stream().map(ClientEvent.Added::entry).toList();
  }

  public List<String> texts() {
    return added().stream()
        .filter(entry -> entry.content() instanceof Content.Text)
        .map(entry -> ((Content.Text) entry.content()).text())
        .toList();
  }

  /** Waits for the first event of a kind that fits. */
  public <T extends ClientEvent> T await(Class<T> kind, Predicate<T> fits) {
    return first(
        kind + "", e -> Optional.of(e).filter(kind::isInstance).map(kind::cast).filter(fits));
  }

  public <T extends ClientEvent> T await(Class<T> kind) {
    return await(kind, event -> true);
  }

  /** Waits for a state of the link. */
  public <L extends Link> L link(Class<L> kind) {
    return first(
        kind + "",
        e ->
            e instanceof ClientEvent.LinkChanged(Link link) && kind.isInstance(link)
                ? Optional.of(kind.cast(link))
                : Optional.empty());
  }

  private synchronized <T> T first(String what, Function<ClientEvent, Optional<T>> find) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        for (ClientEvent event : events) {
          Optional<T> found = find.apply(event);
          if (found.isPresent()) {
            return found.get();
          }
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return fail("no " + what + " in " + events);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      return fail(e);
    }
  }

  /** Waits until something is so. */
  public static void until(String what, BooleanSupplier so) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("never: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
