// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.tck.fixture.Damage;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was read is what was written, or it is said. */
interface DamageContract extends StoreContract {

  private static void assertThirdIsDamaged(Subject subject, Damage damage, boolean rowIsThere)
      throws Exception {
    List<NewEntry> entries = subject.fill(1, 5);
    ChatStore store = subject.damaged(damage);

    List<Row> up = store.after(1, 0, 10);
    List<Row> down = store.before(1, 6, 10);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), Expect.numbers(up));
    assertEquals(up.reversed().stream().map(Row::number).toList(), Expect.numbers(down));
    for (int i = 0; i < 5; i++) {
      if (i == 2) {
        assertEquals(1, assertInstanceOf(Row.Damaged.class, up.get(2)).stream());
        assertInstanceOf(Row.Damaged.class, down.get(2));
      } else {
        Expect.entry(entries.get(i), i + 1, up.get(i));
        Expect.entry(entries.get(i), i + 1, down.get(4 - i));
      }
    }
    assertEquals(5, store.stream(1).head());
    if (rowIsThere) {
      NewEntry third = entries.get(2);
      Row found = store.find(third.author(), third.id()).orElseThrow();
      assertEquals(3, assertInstanceOf(Row.Damaged.class, found).number());
      assertInstanceOf(Row.Damaged.class, store.before(1, Subject.TEXT, 4, 1).getFirst());
    }
    assertEquals(6, subject.done(Change.append(subject.text(1))).number());
  }

  @Test
  default void aFlippedBitInABodyIsFound(Subject subject) throws Exception {
    assertThirdIsDamaged(subject, new Damage.BodyBit(1, 3), true);
  }

  @Test
  default void aFlippedBitInATokenIsFound(Subject subject) throws Exception {
    List<Change> changes = new ArrayList<>();
    for (long number = 1; number <= 5; number++) {
      changes.add(Change.append(subject.tagged(1, List.of(7L, 100 + number))));
    }
    subject.commit(changes.toArray(Change[]::new));

    ChatStore store = subject.damaged(new Damage.TokenBit(1, 3));

    assertInstanceOf(Row.Damaged.class, store.after(1, 2, 1).getFirst());
    for (long token : new long[] {7, 103}) {
      assertTrue(
          store.search(1, List.of(token), 9, 10).stream()
              .allMatch(row -> row.number() == 3 == row instanceof Row.Damaged));
    }
    assertEquals(List.of(4L), Expect.numbers(store.search(1, List.of(104L), 9, 10)));
    subject.done(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 3))));
    assertEquals(List.of(5L, 4L, 2L, 1L), Expect.numbers(store.search(1, List.of(7L), 9, 10)));
  }

  @Test
  default void aFlippedBitInWhatAnEntryIsAboutIsFound(Subject subject) throws Exception {
    subject.fill(1, 2);
    subject.done(Change.append(subject.about(1, 2)));

    ChatStore store = subject.damaged(new Damage.EnvelopeBit(1, 3));

    assertInstanceOf(Row.Damaged.class, store.after(1, 2, 1).getFirst());
    assertTrue(store.about(1, 1, 3, 0, 10).stream().allMatch(Row.Damaged.class::isInstance));
  }

  @Test
  default void aFlippedBitInAnEnvelopeIsFound(Subject subject) throws Exception {
    assertThirdIsDamaged(subject, new Damage.EnvelopeBit(1, 3), true);
  }

  @Test
  default void aLostBodyIsNotTakenForAnErasedOne(Subject subject) throws Exception {
    assertThirdIsDamaged(subject, new Damage.BodyLost(1, 3), true);
  }

  @Test
  default void aMissingRowIsFound(Subject subject) throws Exception {
    assertThirdIsDamaged(subject, new Damage.RowLost(1, 3), false);
  }

  @Test
  default void missingEndsAreFound(Subject subject) throws Exception {
    subject.fill(1, 3);
    ChatStore store = subject.damaged(new Damage.RowLost(1, 3));
    assertInstanceOf(Row.Damaged.class, store.after(1, 2, 10).getFirst());
    assertInstanceOf(Row.Damaged.class, store.before(1, Long.MAX_VALUE, 10).getFirst());

    store = subject.damaged(new Damage.RowLost(1, 1));
    assertEquals(List.of(1L, 2L, 3L), Expect.numbers(store.after(1, 0, 10)));
    assertInstanceOf(Row.Damaged.class, store.after(1, 0, 1).getFirst());
    assertInstanceOf(Row.Damaged.class, store.before(1, 4, 10).getLast());
  }

  @Test
  default void aFlippedBitInACellIsFound(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    CellKey bob = new CellKey("account", "bob");
    subject.done(
        Change.write(
            List.of(),
            new CellWrite(ann, subject.bytes(20)),
            new CellWrite(bob, subject.bytes(20))));

    ChatStore store = subject.damaged(new Damage.CellBit(ann));

    assertThrows(Damaged.class, () -> store.cell(ann));
    assertThrows(Damaged.class, () -> store.cells("account", "", 10));
    assertEquals(1, store.cell(bob).orElseThrow().version());
    subject.done(Change.write(List.of(), new CellWrite(ann, null)));
    assertEquals(Optional.empty(), store.cell(ann));
  }

  private static UUID committedBlob(Subject subject) throws StorageException {
    UUID blob = subject.staged(subject.bytes(100));
    subject.done(
        new Change(List.of(), null, List.of(), List.of(new BlobCommit(blob, 100)), List.of()));
    return blob;
  }

  @Test
  default void aCutBlobIsFound(Subject subject) throws Exception {
    UUID blob = committedBlob(subject);

    ChatStore store = subject.damaged(new Damage.BlobCut(blob));

    assertThrows(Damaged.class, () -> store.blob(blob, 0, 100));
    assertThrows(Damaged.class, () -> store.blob(blob, 99, 1));
    assertEquals(100, store.length(blob));
  }

  @Test
  default void aLostBlobIsFound(Subject subject) throws Exception {
    UUID blob = committedBlob(subject);

    ChatStore store = subject.damaged(new Damage.BlobLost(blob));

    assertThrows(Damaged.class, () -> store.blob(blob, 0, 100));
    assertEquals(100, store.length(blob));
  }
}
