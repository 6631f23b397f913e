// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages in both directions, by kind, and single entries by their id. */
interface PagingContract extends StoreContract {

  @Test
  default void afterGoesUp(Subject subject) throws Exception {
    List<NewEntry> entries = subject.fill(1, 25);
    subject.fill(2, 3);
    ChatStore store = subject.store();

    assertEquals(List.of(1L, 2L, 3L), Expect.numbers(store.after(1, 0, 3)));
    assertEquals(List.of(11L, 12L), Expect.numbers(store.after(1, 10, 2)));
    assertEquals(List.of(24L, 25L), Expect.numbers(store.after(1, 23, 10)));
    assertEquals(List.of(), store.after(1, 25, 10));
    assertEquals(List.of(), store.after(1, Long.MAX_VALUE, 10));
    assertEquals(List.of(), store.after(1, 0, 0));
    assertEquals(List.of(1L), Expect.numbers(store.after(1, Long.MIN_VALUE, 1)));
    assertEquals(List.of(), store.after(3, 0, 10));

    List<Row> all = store.after(1, 0, ChatStore.MAX_ROWS);
    assertEquals(25, all.size());
    for (int i = 0; i < 25; i++) {
      Expect.entry(entries.get(i), i + 1, all.get(i));
    }
  }

  @Test
  default void beforeGoesDown(Subject subject) throws Exception {
    List<NewEntry> entries = subject.fill(1, 25);
    ChatStore store = subject.store();

    assertEquals(List.of(25L, 24L), Expect.numbers(store.before(1, Long.MAX_VALUE, 2)));
    assertEquals(List.of(9L, 8L, 7L), Expect.numbers(store.before(1, 10, 3)));
    assertEquals(List.of(2L, 1L), Expect.numbers(store.before(1, 3, 10)));
    assertEquals(List.of(), store.before(1, 1, 10));
    assertEquals(List.of(), store.before(1, Long.MIN_VALUE, 10));
    assertEquals(List.of(), store.before(1, 10, 0));
    assertEquals(List.of(), store.before(3, 10, 10));

    List<Row> all = store.before(1, 26, ChatStore.MAX_ROWS);
    assertEquals(25, all.size());
    for (int i = 0; i < 25; i++) {
      Expect.entry(entries.get(24 - i), 25 - i, all.get(i));
    }
  }

  @Test
  default void aFullPageIsAFullPage(Subject subject) throws Exception {
    subject.fill(1, 150);
    subject.fill(1, 150);
    ChatStore store = subject.store();

    assertEquals(200, store.after(1, 0, 200).getLast().number());
    assertEquals(101, store.before(1, 301, 200).getLast().number());
    assertEquals(101, store.before(1, Subject.TEXT, 301, 200).getLast().number());
  }

  @Test
  default void beforeByKindGoesDown(Subject subject) throws Exception {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      NewEntry entry = subject.entry(1, i % 5 == 0 ? 9 : i % 2, subject.bytes(10));
      entries.add(entry);
      subject.done(Change.append(entry));
    }
    subject.done(Change.append(subject.entry(2, 9, subject.bytes(10))));
    ChatStore store = subject.store();

    assertEquals(
        List.of(20L, 15L, 10L, 5L), Expect.numbers(store.before(1, 9, Long.MAX_VALUE, 10)));
    assertEquals(List.of(10L, 5L), Expect.numbers(store.before(1, 9, 15, 10)));
    assertEquals(List.of(10L), Expect.numbers(store.before(1, 9, 15, 1)));
    assertEquals(List.of(), store.before(1, 9, 5, 10));
    assertEquals(List.of(), store.before(1, 8, 100, 10));
    assertEquals(List.of(), store.before(1, 9, 100, 0));
    Expect.entry(entries.get(14), 15, store.before(1, 9, 20, 1).getFirst());
  }

  @Test
  default void findKnowsEveryEntryByAuthorAndId(Subject subject) throws Exception {
    List<NewEntry> entries = subject.fill(1, 5);
    ChatStore store = subject.store();

    for (int i = 0; i < 5; i++) {
      NewEntry entry = entries.get(i);
      Expect.entry(entry, i + 1, store.find(entry.author(), entry.id()).orElseThrow());
    }
    assertEquals(Optional.empty(), store.find(Subject.AUTHOR, subject.id()));
    assertEquals(Optional.empty(), store.find(Subject.AUTHOR + 1, entries.getFirst().id()));
  }

  @Test
  default void moreRowsThanAPageIsRefused(Subject subject) throws Exception {
    ChatStore store = subject.store();
    for (int limit : new int[] {ChatStore.MAX_ROWS + 1, Integer.MAX_VALUE, -1}) {
      assertThrows(IllegalArgumentException.class, () -> store.after(1, 0, limit));
      assertThrows(IllegalArgumentException.class, () -> store.before(1, 9, limit));
      assertThrows(IllegalArgumentException.class, () -> store.before(1, 1, 9, limit));
    }
  }
}
