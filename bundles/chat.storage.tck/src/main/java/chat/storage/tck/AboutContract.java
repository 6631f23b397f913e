// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Outcome.Repeated;
import chat.storage.StorageException;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries that are about one before them: edits, reactions, deletions. */
interface AboutContract extends StoreContract {

  /** Twenty entries of stream 1, of which 11 to 20 are about 10 to 1. */
  private static List<NewEntry> talk(Subject subject) throws StorageException {
    List<NewEntry> entries = new ArrayList<>(subject.fill(1, 10));
    for (int about = 10; about >= 1; about--) {
      entries.add(subject.about(1, about));
    }
    subject.commit(
        entries.subList(10, 20).stream().map(e -> Change.append(e)).toArray(Change[]::new));
    return entries;
  }

  @Test
  default void whatIsAboutARangeComesInTheOrderOfItsOwnNumbers(Subject subject) throws Exception {
    List<NewEntry> entries = talk(subject);
    subject.fill(2, 3);
    subject.done(Change.append(subject.about(2, 3)));
    ChatStore store = subject.store();

    assertEquals(List.of(16L, 17L, 18L), Expect.numbers(store.about(1, 3, 5, 0, 10)));
    assertEquals(List.of(17L, 18L), Expect.numbers(store.about(1, 3, 5, 16, 10)));
    assertEquals(List.of(16L, 17L), Expect.numbers(store.about(1, 3, 5, 0, 2)));
    assertEquals(List.of(20L), Expect.numbers(store.about(1, 1, 1, 0, 10)));
    assertEquals(
        List.of(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L),
        Expect.numbers(store.about(1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 10)));
    assertEquals(List.of(), store.about(1, 0, 0, 0, 10));
    assertEquals(List.of(), store.about(1, -5, 0, 0, 10));
    assertEquals(List.of(), store.about(1, 5, 3, 0, 10));
    assertEquals(List.of(), store.about(1, 1, 10, 20, 10));
    assertEquals(List.of(), store.about(1, 1, 10, 0, 0));
    assertEquals(List.of(), store.about(3, 1, 10, 0, 10));
    assertEquals(List.of(4L), Expect.numbers(store.about(2, 1, 10, 0, 10)));
    Expect.entry(entries.get(17), 18, subject.crash().about(1, 3, 3, 0, 1).getFirst());
  }

  @Test
  default void manyAboutOne(Subject subject) throws Exception {
    subject.fill(1, 1);
    for (int i = 0; i < 3; i++) {
      List<Change> changes = new ArrayList<>();
      for (int n = 0; n < 100; n++) {
        changes.add(Change.append(subject.about(1, 1)));
      }
      subject.commit(changes.toArray(Change[]::new));
    }

    assertEquals(201, subject.store().about(1, 1, 1, 0, 200).getLast().number());
    assertEquals(301, subject.store().about(1, 1, 9, 201, 200).getLast().number());
  }

  @Test
  default void whatIsErasedIsStillAboutIt(Subject subject) throws Exception {
    talk(subject);
    subject.done(
        new Change(List.of(), null, List.of(), List.of(), List.of(new Change.Erasure(1, 17))));

    assertEquals(List.of(16L, 17L), Expect.numbers(subject.store().about(1, 4, 5, 0, 10)));
  }

  @Test
  default void anEntryIsAboutOneBeforeItOrRefused(Subject subject) throws Exception {
    subject.fill(1, 2);
    subject.fill(2, 9);
    Refused unknown = new Refused(Reason.ABOUT_UNKNOWN, -1);
    long time = subject.clock.millis();

    List<Outcome> outcomes =
        subject.commit(
            Change.append(subject.about(1, 3)),
            Change.append(subject.about(1, 2)),
            Change.append(subject.about(1, 3)),
            Change.append(subject.about(1, 5)),
            Change.append(subject.about(1, -1)),
            Change.append(subject.about(1, Long.MAX_VALUE)),
            Change.append(subject.about(1, Long.MIN_VALUE)),
            Change.append(subject.about(3, 1)),
            Change.append(subject.text(1)));

    assertEquals(
        List.of(
            unknown,
            new Committed(3, time),
            new Committed(4, time),
            unknown,
            unknown,
            unknown,
            unknown,
            unknown,
            new Committed(5, time)),
        outcomes);
    assertEquals(0, subject.store().stream(3).head());
  }

  @Test
  default void aRepeatIsAboutTheSame(Subject subject) throws Exception {
    subject.fill(1, 3);
    NewEntry entry = subject.about(1, 2);
    Committed first = subject.done(Change.append(entry));

    assertEquals(new Repeated(first.number(), first.time()), subject.one(Change.append(entry)));
    for (long other : new long[] {0, 1, 99}) {
      Expect.refused(Reason.ID_TAKEN, subject.one(Change.append(Subject.about(entry, other))));
    }
  }

  @Test
  default void moreAboutThanAPageIsRefused(Subject subject) throws Exception {
    ChatStore store = subject.store();
    for (int limit : new int[] {ChatStore.MAX_ROWS + 1, -1}) {
      assertThrows(IllegalArgumentException.class, () -> store.about(1, 1, 9, 0, limit));
    }
  }
}
