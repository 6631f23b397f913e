// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tokens: stored, searched, erased. */
interface SearchContract extends StoreContract {

  private static List<Long> search(Subject subject, long before, int limit, Long... tokens)
      throws StorageException {
    return Expect.numbers(subject.store().search(1, List.of(tokens), before, limit));
  }

  private static List<Long> search(Subject subject, Long... tokens) throws StorageException {
    return search(subject, Long.MAX_VALUE, 100, tokens);
  }

  private static void say(Subject subject, long stream, Long... tokens) throws StorageException {
    subject.done(Change.append(subject.tagged(stream, List.of(tokens))));
  }

  private static Change erase(long number) {
    return new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, number)));
  }

  @Test
  default void tokensComeBackAsTheyWereGiven(Subject subject) throws Exception {
    List<List<Long>> given =
        List.of(
            List.of(),
            List.of(5L, -1L, 0L, 3L),
            List.of(Long.MIN_VALUE, Long.MAX_VALUE),
            LongStream.range(0, ChatStore.MAX_TOKENS).map(n -> -n * n).boxed().toList());
    List<NewEntry> entries = new ArrayList<>();
    for (List<Long> tokens : given) {
      entries.add(subject.tagged(1, tokens));
      subject.done(Change.append(entries.getLast()));
    }

    List<Row> rows = subject.crash().after(1, 0, 10);
    for (int i = 0; i < entries.size(); i++) {
      Expect.entry(entries.get(i), i + 1, rows.get(i));
    }
  }

  @Test
  default void aSearchFindsWhatCarriesAllTokensNewestFirst(Subject subject) throws Exception {
    say(subject, 1, 1L);
    say(subject, 1, 1L, 2L);
    say(subject, 1, 2L, 3L, 1L);
    say(subject, 1, 3L);
    say(subject, 1);
    say(subject, 1, 2L, 1L);
    NewEntry last = subject.tagged(1, List.of(2L));
    subject.done(Change.append(last));

    for (int round = 0; round < 2; round++) {
      assertEquals(List.of(6L, 3L, 2L, 1L), search(subject, 1L));
      assertEquals(List.of(7L, 6L, 3L, 2L), search(subject, 2L));
      assertEquals(List.of(6L, 3L, 2L), search(subject, 1L, 2L));
      assertEquals(List.of(6L, 3L, 2L), search(subject, 2L, 1L, 2L));
      assertEquals(List.of(3L), search(subject, 1L, 2L, 3L));
      assertEquals(List.of(), search(subject, 1L, 4L));
      assertEquals(List.of(), search(subject, 12L));
      Expect.entry(last, 7, subject.store().search(1, List.of(2L), 8, 1).getFirst());
      subject.crash();
    }
  }

  @Test
  default void aSearchGoesOnBeforeANumber(Subject subject) throws Exception {
    for (int i = 1; i <= 30; i++) {
      say(subject, 1, 7L, (long) (i % 3));
    }

    assertEquals(List.of(30L, 29L, 28L), search(subject, Long.MAX_VALUE, 3, 7L));
    assertEquals(List.of(30L), search(subject, 31, 1, 7L));
    assertEquals(List.of(27L, 26L), search(subject, 28, 2, 7L));
    assertEquals(List.of(12L, 9L), search(subject, 15, 2, 7L, 0L));
    assertEquals(List.of(3L), search(subject, 4, 10, 7L, 0L));
    assertEquals(List.of(), search(subject, 1, 10, 7L));
    assertEquals(List.of(), search(subject, Long.MIN_VALUE, 10, 7L));
    assertEquals(List.of(), search(subject, 31, 0, 7L));
  }

  @Test
  default void aSearchStaysInItsStream(Subject subject) throws Exception {
    for (int i = 0; i < 3; i++) {
      say(subject, 2, 7L);
      say(subject, 1, 7L);
      say(subject, -3, 7L);
    }

    assertEquals(List.of(3L, 2L, 1L), search(subject, 7L));
    assertEquals(
        List.of(3L, 2L),
        Expect.numbers(subject.store().search(-3, List.of(7L), Long.MAX_VALUE, 2)));
    assertEquals(List.of(), subject.store().search(4, List.of(7L), Long.MAX_VALUE, 2));
  }

  @Test
  default void tokensAreComparedInAllTheirBits(Subject subject) throws Exception {
    List<Long> tokens = new ArrayList<>(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    for (int bit = 0; bit < 63; bit++) {
      tokens.add(1L << bit);
    }
    for (long token : tokens) {
      say(subject, 1, token);
    }
    for (int i = 0; i < tokens.size(); i++) {
      assertEquals(List.of(i + 1L), search(subject, tokens.get(i)));
    }
  }

  @Test
  default void aSearchForAsManyTokensAsThereMayBe(Subject subject) throws Exception {
    List<Long> tokens = LongStream.range(0, ChatStore.MAX_TOKENS).boxed().toList();
    say(subject, 1, tokens.toArray(Long[]::new));
    List<Long> most = tokens.subList(400, 400 + ChatStore.MAX_SEARCHED);
    ChatStore store = subject.store();

    assertEquals(List.of(1L), Expect.numbers(store.search(1, most, 9, 9)));
    assertThrows(IllegalArgumentException.class, () -> store.search(1, List.of(), 9, 9));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.search(1, tokens.subList(0, ChatStore.MAX_SEARCHED + 1), 9, 9));
    for (int limit : new int[] {ChatStore.MAX_ROWS + 1, -1}) {
      assertThrows(IllegalArgumentException.class, () -> store.search(1, List.of(1L), 9, limit));
    }
  }

  @Test
  default void whatIsErasedIsNotFound(Subject subject) throws Exception {
    for (int i = 1; i <= 6; i++) {
      say(subject, 1, 7L, (long) i);
    }

    subject.done(erase(2));
    subject.commit(erase(6), erase(6));
    NewEntry fleeting = subject.tagged(1, List.of(7L));
    subject.commit(Change.append(fleeting), erase(7));

    for (int round = 0; round < 2; round++) {
      assertEquals(List.of(5L, 4L, 3L, 1L), search(subject, 7L));
      assertEquals(List.of(), search(subject, 2L));
      Row.Entry erased = (Row.Entry) subject.store().after(1, 1, 1).getFirst();
      assertEquals(List.of(), erased.tokens());
      subject.crash();
    }
  }

  @Test
  default void manyHitsAmongManyMisses(Subject subject) throws Exception {
    Random random = new Random(9);
    Map<Long, List<Long>> expected = new HashMap<>();
    long number = 0;
    for (int batch = 0; batch < 8; batch++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        number++;
        Set<Long> tokens = new TreeSet<>(List.of(5_000L));
        for (int most : new int[] {2, 20, 700}) {
          tokens.add((long) most + random.nextInt(most));
        }
        for (long token : tokens) {
          expected.computeIfAbsent(token, any -> new ArrayList<>()).addFirst(number);
        }
        changes.add(Change.append(subject.tagged(1, List.copyOf(tokens))));
      }
      subject.commit(changes.toArray(Change[]::new));
    }

    for (long token : List.of(5_000L, 2L, 3L, 20L, 33L, 700L, 1_234L)) {
      List<Long> hits = expected.getOrDefault(token, List.of());
      List<Long> found = new ArrayList<>();
      List<Long> page = search(subject, Long.MAX_VALUE, 150, token);
      while (!page.isEmpty()) {
        found.addAll(page);
        page = search(subject, page.getLast(), 150, token);
      }
      assertTrue(hits.equals(found), "token " + token);
    }
  }

  @Test
  default void erasedTokensAreGoneFromTheData(Subject subject) throws Exception {
    Random random = new Random(5);
    Map<Long, List<Long>> said = new HashMap<>();
    for (int batch = 0; batch < 25; batch++) {
      List<Change> changes = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        List<Long> tokens = random.longs(random.nextInt(12)).boxed().toList();
        said.put(said.size() + 1L, tokens);
        changes.add(Change.append(subject.tagged(1, tokens)));
      }
      subject.commit(changes.toArray(Change[]::new));
    }
    List<Long> numbers = new ArrayList<>(said.keySet());
    Collections.shuffle(numbers, random);
    List<Long> gone = numbers.subList(0, numbers.size() / 2);
    for (long number : gone) {
      subject.done(erase(number));
    }
    subject.store().close();

    StoreFixture.AtRest data = subject.fixture().atRest();
    for (Map.Entry<Long, List<Long>> entry : said.entrySet()) {
      for (long token : entry.getValue()) {
        if (gone.contains(entry.getKey())) {
          assertFalse(data.holds(token), () -> "token " + token);
        } else {
          assertTrue(data.holds(token), () -> "token " + token);
        }
      }
    }
  }

  @Test
  default void tooManyTokensOrOneTwiceIsNoEntry(Subject subject) {
    List<Long> tooMany = LongStream.rangeClosed(0, ChatStore.MAX_TOKENS).boxed().toList();
    assertThrows(IllegalArgumentException.class, () -> subject.tagged(1, tooMany));
    assertThrows(IllegalArgumentException.class, () -> subject.tagged(1, List.of(1L, 2L, 1L)));
  }
}
