// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Content;
import chat.protocol.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a room, ready to be sent: at most {@link #ENTRIES}, and fewer if their
 * texts are long. What fell out is pulled from the store.
 *
 * <p><b>Threads.</b> The journal's thread adds; anybody reads.
 */
public final class Tail {
  private static final int ENTRIES = 1 << 10;
  private static final long BYTES = 4L << 20;

  /** Half of what a connection holds before it takes nothing more. */
  private static final long BLOCK_BYTES = 64L << 10;

  /** None until something is added: most rooms are silent most of the time. */
  private volatile @Nullable AtomicReferenceArray<@Nullable SharedEvent> ring;

  private volatile long head;

  /** The newest entry that everybody may hear of. */
  private volatile long announced;

  private long oldest = 1;
  private long bytes;

  Tail(long head) {
    this.head = head;
    this.announced = head;
    this.oldest = head + 1;
  }

  /** The newest entry of the room is this one, by now. Only before one is added. */
  void beginAt(long newest) {
    head = newest;
    announced = newest;
    oldest = newest + 1;
  }

  /** The number of the newest entry of the room. */
  public long head() {
    return head;
  }

  /**
   * The newest entry that everybody may hear of: what is added in one batch is announced behind the
   * replies to it, so that nobody hears of what they said before they are answered.
   */
  public long announced() {
    return announced;
  }

  /** Everybody may hear of what was added; what that is, as {@link #behind} has it. */
  @Nullable SharedBlock announce() {
    SharedBlock block = behind(announced);
    announced = head;
    return block;
  }

  /**
   * Adds the next entry. One that is there already is passed over; one that is not the next shows
   * that others were missed, so that all before it are to be pulled.
   */
  void add(Event.Entry entry) {
    long number = entry.number();
    if (number <= head) {
      return;
    }
    if (number != head + 1) {
      while (oldest <= head) {
        dropOldest();
      }
      oldest = number;
    }
    if (number - oldest >= ENTRIES) {
      dropOldest();
    }
    AtomicReferenceArray<@Nullable SharedEvent> slots = ring;
    if (slots == null) {
      slots = new AtomicReferenceArray<>(ENTRIES);
    }
    slots.set(slot(number), new SharedEvent(entry));
    ring = slots;
    bytes += weight(entry);
    head = number;
    while (bytes > BYTES && oldest < head) {
      dropOldest();
    }
  }

  /** The entry at a number, or null if it is to be pulled from the store. */
  public @Nullable SharedEvent get(long number) {
    AtomicReferenceArray<@Nullable SharedEvent> slots = ring;
    SharedEvent shared = slots == null ? null : slots.get(slot(number));
    return shared != null && shared.event() instanceof Event.Entry entry && entry.number() == number
        ? shared
        : null;
  }

  /**
   * What follows on a number, in one piece; null if it is but one entry, too much for one piece, or
   * to be pulled.
   */
  @Nullable SharedBlock behind(long number) {
    List<SharedEvent> entries = new ArrayList<>();
    long weight = 0;
    for (long next = number + 1; next <= head; next++) {
      SharedEvent shared = get(next);
      if (shared == null || !(shared.event() instanceof Event.Entry entry)) {
        return null;
      }
      weight += weight(entry);
      if (weight > BLOCK_BYTES) {
        return null;
      }
      entries.add(shared);
    }
    return entries.size() < 2 ? null : new SharedBlock(number + 1, entries);
  }

  /** What stood at a number is not to be shown any more; it is pulled from the store. */
  public void forget(long number) {
    AtomicReferenceArray<@Nullable SharedEvent> slots = ring;
    SharedEvent shared = get(number);
    if (slots != null && shared != null && shared.event() instanceof Event.Entry entry) {
      slots.set(slot(number), null);
      bytes -= weight(entry);
    }
  }

  private void dropOldest() {
    AtomicReferenceArray<@Nullable SharedEvent> slots = ring;
    SharedEvent gone = slots == null ? null : slots.getAndSet(slot(oldest), null);
    if (gone != null && gone.event() instanceof Event.Entry entry) {
      bytes -= weight(entry);
    }
    oldest++;
  }

  private static int slot(long number) {
    return (int) (number & (ENTRIES - 1));
  }

  private static long weight(Event.Entry entry) {
    return 128
        + switch (entry.content()) {
          case Content.Text text -> 3L * text.text().length();
          case Content.Edited edited -> 3L * edited.text().length();
          default -> 256;
        };
  }
}
