// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.Change;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much there is that somebody has not read yet. */
interface CountContract extends StoreContract {

  /** Thirty entries of stream 1: kind n % 3, author n % 2. */
  private static void talk(Subject subject) throws Exception {
    for (int n = 1; n <= 30; n++) {
      NewEntry some = subject.entry(1, n % 3, new byte[] {1});
      subject.done(
          Change.append(
              new NewEntry(1, some.id(), some.kind(), n % 2, 1, some.hash(), some.body())));
    }
    subject.fill(2, 5);
  }

  @Test
  default void kindsAuthorsAndNumbersAreCounted(Subject subject) throws Exception {
    talk(subject);
    ChatStore store = subject.store();

    assertEquals(30, store.count(1, Set.of(0, 1, 2), 9, 0, 1_000));
    assertEquals(10, store.count(1, Set.of(1), 9, 0, 1_000));
    assertEquals(20, store.count(1, Set.of(1, 2, 7), 9, Long.MIN_VALUE, 1_000));
    assertEquals(10, store.count(1, Set.of(1, 2), 1, 0, 1_000));
    assertEquals(5, store.count(1, Set.of(1), 0, 0, Integer.MAX_VALUE));
    assertEquals(3, store.count(1, Set.of(0, 1, 2), 9, 27, 1_000));
    assertEquals(1, store.count(1, Set.of(0, 1, 2), 0, 27, 1_000));
    assertEquals(0, store.count(1, Set.of(0, 1, 2), 9, 30, 1_000));
    assertEquals(0, store.count(1, Set.of(), 9, 0, 1_000));
    assertEquals(0, store.count(1, Set.of(5), 9, 0, 1_000));
    assertEquals(0, store.count(3, Set.of(0, 1, 2), 9, 0, 1_000));
  }

  @Test
  default void countingStopsAtTheLimit(Subject subject) throws Exception {
    talk(subject);
    ChatStore store = subject.store();

    assertEquals(1, store.count(1, Set.of(0, 1, 2), 9, 0, 1));
    assertEquals(13, store.count(1, Set.of(0, 1, 2), 9, 0, 13));
    assertEquals(30, store.count(1, Set.of(0, 1, 2), 9, 0, 30));
    assertThrows(IllegalArgumentException.class, () -> store.count(1, Set.of(1), 9, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> store.count(1, Set.of(1), 9, 0, -1));
  }

  @Test
  default void whatIsErasedIsNotCounted(Subject subject) throws Exception {
    talk(subject);
    subject.done(
        new Change(
            List.of(),
            null,
            List.of(),
            List.of(),
            List.of(new Erasure(1, 1), new Erasure(1, 2), new Erasure(1, 30))));

    assertEquals(27, subject.store().count(1, Set.of(0, 1, 2), 9, 0, 1_000));
    assertEquals(9, subject.crash().count(1, Set.of(1), 9, 0, 1_000));
  }

  @Test
  default void anEmptyBodyIsNotErased(Subject subject) throws Exception {
    subject.done(Change.append(subject.entry(1, 4, new byte[0])));

    assertEquals(1, subject.store().count(1, Set.of(4), 9, 0, 5));
  }
}
