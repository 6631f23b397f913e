// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The body goes, the envelope stays. */
interface ErasureContract extends StoreContract {

  private static Change erase(Erasure... erasures) {
    return new Change(List.of(), null, List.of(), List.of(), List.of(erasures));
  }

  private static void assertErased(NewEntry entry, long number, Row row) {
    Row.Entry read = (Row.Entry) row;
    assertEquals(Expect.envelope(entry, number, read.envelope().time()), read.envelope());
    assertNull(read.body());
  }

  @Test
  default void anErasedEntryKeepsItsEnvelope(Subject subject) throws Exception {
    List<NewEntry> entries = subject.fill(1, 4);
    StreamState before = subject.store().stream(1);

    subject.done(erase(new Erasure(1, 2), new Erasure(1, 4)));

    subject.reopen();
    subject.crash();
    List<Row> rows = subject.store().after(1, 0, 10);
    Expect.entry(entries.get(0), 1, rows.get(0));
    assertErased(entries.get(1), 2, rows.get(1));
    Expect.entry(entries.get(2), 3, rows.get(2));
    assertErased(entries.get(3), 4, rows.get(3));
    assertErased(entries.get(3), 4, subject.store().before(1, 9, 1).getFirst());
    assertErased(entries.get(3), 4, subject.store().before(1, Subject.TEXT, 9, 1).getFirst());
    NewEntry second = entries.get(1);
    assertErased(second, 2, subject.store().find(second.author(), second.id()).orElseThrow());
    assertEquals(before, subject.store().stream(1));
  }

  @Test
  default void anErasureGoesWithTheEntryThatSaysSo(Subject subject) throws Exception {
    NewEntry said = subject.fill(1, 1).getFirst();
    NewEntry delete = subject.text(1);

    subject.done(new Change(List.of(), delete, List.of(), List.of(), List.of(new Erasure(1, 1))));

    List<Row> rows = subject.store().after(1, 0, 10);
    assertErased(said, 1, rows.get(0));
    Expect.entry(delete, 2, rows.get(1));
  }

  @Test
  default void erasingWhatIsErasedOrUnknownChangesNothing(Subject subject) throws Exception {
    NewEntry entry = subject.fill(1, 1).getFirst();
    StreamState before = subject.store().stream(1);

    subject.done(erase(new Erasure(1, 7), new Erasure(2, 1), new Erasure(1, 0)));
    Expect.entry(entry, 1, subject.store().after(1, 0, 1).getFirst());
    subject.done(erase(new Erasure(1, 1), new Erasure(1, 1)));
    subject.done(erase(new Erasure(1, 1)));

    assertErased(entry, 1, subject.store().after(1, 0, 1).getFirst());
    assertEquals(before, subject.store().stream(1));
    assertEquals(StreamState.EMPTY, subject.store().stream(2));
  }

  @Test
  default void anErasureSeesTheEntriesBeforeItInTheBatch(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);

    subject.commit(Change.append(entry), erase(new Erasure(1, 1)));

    assertErased(entry, 1, subject.store().after(1, 0, 1).getFirst());
  }

  @Test
  default void aChangeCanNotEraseWhatComesAfterIt(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);

    subject.commit(erase(new Erasure(1, 1)), Change.append(entry));

    Expect.entry(entry, 1, subject.store().after(1, 0, 1).getFirst());
  }

  @Test
  default void erasedBytesAreGoneFromTheData(Subject subject) throws Exception {
    List<NewEntry> kept = new ArrayList<>();
    List<NewEntry> gone = new ArrayList<>();
    Random random = new Random(3);
    for (int round = 0; round < 6; round++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        NewEntry entry =
            subject.entry(i % 3, Subject.TEXT, subject.bytes(20 + random.nextInt(1_500)));
        (random.nextInt(4) == 0 ? kept : gone).add(entry);
        changes.add(Change.append(entry));
      }
      subject.commit(changes.toArray(Change[]::new));
    }
    Collections.shuffle(gone, random);
    for (NewEntry entry : gone) {
      long number = number(subject, entry);
      subject.done(erase(new Erasure(entry.stream(), number)));
    }
    subject.store().close();

    StoreFixture.AtRest data = subject.fixture().atRest();
    for (NewEntry entry : kept) {
      assertTrue(data.holds(Arrays.copyOf(entry.body(), 16)));
    }
    for (NewEntry entry : gone) {
      assertFalse(data.holds(Arrays.copyOf(entry.body(), 16)));
    }
  }

  private static long number(Subject subject, NewEntry entry) throws StorageException {
    return subject.store().find(entry.author(), entry.id()).orElseThrow().number();
  }
}
