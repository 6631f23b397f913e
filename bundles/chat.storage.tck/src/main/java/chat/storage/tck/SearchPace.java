// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Says how fast a store searches and counts in a long stream; no test depends on the figures.
 *
 * <p>Each entry has ten tokens: one that all have, one that half of them have, one in a thousand,
 * and seven of a vocabulary of a hundred thousand. One in ten is about one before it.
 */
public final class SearchPace {
  private static final int BATCH = 1_000;
  private static final int PAGE = 50;
  private static final int ROUNDS = 20;

  private final ChatStore store;
  private final int entries;
  private final Random random = new Random(3);

  private SearchPace(ChatStore store, int entries) {
    this.store = store;
    this.entries = entries;
  }

  /**
   * Fills stream 1 of an empty store and reads it.
   *
   * @param generation in which it is active
   * @return lines of figures
   */
  public static String measure(ChatStore store, long generation, int entries)
      throws StorageException {
    return new SearchPace(store, entries).measure(generation);
  }

  @FunctionalInterface
  private interface Read {
    int run() throws StorageException;
  }

  private String measure(long generation) throws StorageException {
    long start = System.nanoTime();
    for (int from = 1; from <= entries; from += BATCH) {
      List<Change> changes = new ArrayList<>();
      for (int number = from; number < from + BATCH; number++) {
        changes.add(Change.append(entry(number)));
      }
      store.commit(generation, changes);
    }
    StringBuilder lines = new StringBuilder();
    lines.append(
        "%d entries, %.0f/s%n".formatted(entries, entries / ((System.nanoTime() - start) / 1e9)));
    long end = Long.MAX_VALUE;
    line(lines, "in all", () -> search(end, 1L));
    line(lines, "in all, middle", () -> search(entries / 2, 1L));
    line(lines, "in half", () -> search(end, 2L));
    line(lines, "in all and in half", () -> search(end, 1L, 2L));
    line(lines, "1 in 1000", () -> search(end, 1_000L));
    line(lines, "in all and 1 in 1000", () -> search(end, 1L, 1_000L));
    line(lines, "rare", () -> search(end, 100_000L + random.nextInt(100_000)));
    line(lines, "nowhere", () -> search(end, 7L));
    line(lines, "about a page", () -> store.about(1, entries / 2, entries / 2 + 50, 0, 200).size());
    line(lines, "about all", () -> store.about(1, 1, end, 0, 200).size());
    line(lines, "count to 1000", () -> store.count(1, Set.of(1), 9, 0, 1_000));
    line(lines, "count all", () -> store.count(1, Set.of(0, 1), 9, 0, Integer.MAX_VALUE));
    line(lines, "count others' of one's own", () -> store.count(1, Set.of(1), 7, 0, 1_000));
    return lines.toString();
  }

  private int search(long before, Long... tokens) throws StorageException {
    return store.search(1, List.of(tokens), before, PAGE).size();
  }

  private static void line(StringBuilder lines, String what, Read read) throws StorageException {
    int found = read.run();
    long slowest = 0;
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      read.run();
      slowest = Math.max(slowest, System.nanoTime() - begin);
    }
    double mean = (System.nanoTime() - start) / 1e6 / ROUNDS;
    lines.append(
        "  %-28s %6d rows %8.2f ms, slowest %.2f%n".formatted(what, found, mean, slowest / 1e6));
  }

  private NewEntry entry(long number) {
    Set<Long> tokens = new LinkedHashSet<>(List.of(1L));
    if (number % 2 == 0) {
      tokens.add(2L);
    }
    if (number % 1_000 == 0) {
      tokens.add(1_000L);
    }
    for (int i = 0; i < 7; i++) {
      tokens.add(100_000L + random.nextInt(100_000));
    }
    byte[] body = new byte[120];
    random.nextBytes(body);
    long about = number % 10 == 0 ? Math.max(1, number - random.nextInt(100) - 1) : 0;
    return new NewEntry(
        1,
        new UUID(5, number),
        about > 0 ? 2 : 1,
        7,
        120,
        number,
        body,
        about,
        List.copyOf(tokens));
  }
}
