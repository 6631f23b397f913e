// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome.Repeated;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Listing all that there is, and filling a copy with it, verbatim. */
interface CopyContract extends StoreContract {
  UUID SOURCE = new UUID(6, 6);
  CellKey FIRST = new CellKey("", "");

  private static Optional<StoreState> copying(UUID id, long generation) {
    return Optional.of(new StoreState(id, generation, new StoreState.Copying(SOURCE)));
  }

  private static CellKey write(Subject subject, String space, String key, byte[] value)
      throws StorageException {
    CellKey cell = new CellKey(space, key);
    subject.done(Change.write(List.of(), new CellWrite(cell, value)));
    return cell;
  }

  private static UUID committed(Subject subject, byte[] content) throws StorageException {
    UUID blob = subject.staged(content);
    subject.done(
        new Change(
            List.of(), null, List.of(), List.of(new BlobCommit(blob, content.length)), List.of()));
    return blob;
  }

  private static List<Row.Entry> entries(ChatStore store, long stream) throws StorageException {
    return store.after(stream, 0, ChatStore.MAX_ROWS).stream()
        .map(row -> assertInstanceOf(Row.Entry.class, row))
        .toList();
  }

  private static ChatStore receiver(Subject subject) throws Exception {
    ChatStore copy = subject.open(subject.another());
    copy.receive(Copier.ID, SOURCE);
    return copy;
  }

  @Test
  default void streamsAreListed(Subject subject) throws Exception {
    for (long stream : new long[] {1L << 40, 3, 1, 2}) {
      subject.fill(stream, 2);
    }

    assertEquals(List.of(1L, 2L, 3L, 1L << 40), subject.store().streams(0, 10));
    assertEquals(List.of(2L, 3L), subject.store().streams(1, 2));
    assertEquals(List.of(), subject.store().streams(1L << 40, 10));
    assertThrows(IllegalArgumentException.class, () -> subject.store().streams(0, 201));
  }

  @Test
  default void cellsOfAllSpacesAreListed(Subject subject) throws Exception {
    CellKey banana = write(subject, "b", "a", new byte[] {1});
    CellKey apple = write(subject, "a", "z", new byte[] {2});
    CellKey avocado = write(subject, "a", "\u00e4", new byte[] {3});
    CellKey cherry = write(subject, "ab", "", new byte[] {4});
    ChatStore store = subject.store();

    List<CellKey> all = List.of(apple, avocado, cherry, banana);
    assertEquals(all, store.cells(FIRST, 10).stream().map(Cell::key).toList());
    for (int i = 0; i + 1 < all.size(); i++) {
      Cell next = store.cells(all.get(i), 1).getFirst();
      assertEquals(all.get(i + 1), next.key());
      assertEquals(1, next.version());
    }
    assertEquals(List.of(), store.cells(banana, 10));
    assertThrows(IllegalArgumentException.class, () -> store.cells(FIRST, -1));
  }

  @Test
  default void blobsAreListed(Subject subject) throws Exception {
    UUID high = new UUID(-1, 5);
    UUID middle = new UUID(7, -1);
    UUID low = new UUID(7, 5);
    ChatStore store = subject.store();
    store.stage(high, 0, new byte[3]);
    store.stage(low, 0, new byte[2]);
    store.stage(middle, 0, new byte[1]);
    subject.done(
        new Change(List.of(), null, List.of(), List.of(new BlobCommit(middle, 1)), List.of()));

    List<BlobState> all =
        List.of(
            new BlobState(low, 2, false),
            new BlobState(middle, 1, true),
            new BlobState(high, 3, false));
    assertEquals(all, store.blobs(new UUID(0, 0), 10));
    assertEquals(all.subList(1, 2), store.blobs(low, 1));
    assertEquals(List.of(), store.blobs(high, 10));
    assertThrows(IllegalArgumentException.class, () -> store.blobs(low, 201));
  }

  @Test
  default void aNewStoreBecomesACopyDurably(Subject subject) throws Exception {
    ChatStore store = subject.open();
    store.receive(subject.storeId, SOURCE);

    assertEquals(copying(subject.storeId, 0), store.state());
    subject.fixture().crash();
    ChatStore again = subject.open();
    assertEquals(copying(subject.storeId, 0), again.state());
    again.receive(subject.storeId, SOURCE);
    assertEquals(copying(subject.storeId, 0), again.state());
  }

  @Test
  default void anActiveStoreIsNoCopy(Subject subject) throws Exception {
    ChatStore store = subject.store();

    assertThrows(Fenced.class, () -> store.receive(subject.storeId, SOURCE));
    assertThrows(Fenced.class, () -> subject.open().receive(subject.storeId, SOURCE));

    subject.fill(1, 1);
  }

  @Test
  default void aCopyKeepsItsId(Subject subject) throws Exception {
    ChatStore copy = receiver(subject);

    assertThrows(Fenced.class, () -> copy.receive(subject.id(), SOURCE));
    assertThrows(Fenced.class, () -> copy.activate(subject.id(), 5));
    assertEquals(copying(Copier.ID, 0), copy.state());
  }

  @Test
  default void aCopyTakesNoCommitAndIsNotRetired(Subject subject) throws Exception {
    subject.fill(1, 2);
    ChatStore store = subject.store();
    store.retire(new Successor(SOURCE, 9));
    store.receive(subject.storeId, SOURCE);

    List<Change> changes = List.of(Change.append(subject.text(1)));
    assertEquals(copying(subject.storeId, 1), store.state());
    assertThrows(Fenced.class, () -> store.commit(1, changes));
    assertThrows(Fenced.class, () -> store.commit(0, changes));
    assertThrows(Fenced.class, () -> store.retire(new Successor(SOURCE, 9)));
    assertEquals(2, store.stream(1).head());
  }

  @Test
  default void onlyWhoReceivesRestores(Subject subject) throws Exception {
    List<Row.Entry> entries = entriesOf(subject);
    Part part = Part.ofEntries(entries, List.of());
    StoreFixture another = subject.another();
    ChatStore copy = subject.open(another);
    ChatStore beside = subject.open(another);
    assertThrows(Fenced.class, () -> copy.restore(part));
    copy.receive(Copier.ID, SOURCE);

    assertThrows(Fenced.class, () -> beside.restore(part));
    assertThrows(Fenced.class, () -> beside.stage(subject.id(), 0, new byte[1]));
    assertThrows(Fenced.class, () -> subject.store().restore(part));
    copy.activate(Copier.ID, 1);
    assertThrows(Fenced.class, () -> copy.restore(part));
    assertEquals(StreamState.EMPTY, copy.stream(1));
  }

  private static List<Row.Entry> entriesOf(Subject subject) throws StorageException {
    subject.fill(1, 3);
    return entries(subject.store(), 1);
  }

  @Test
  default void entriesAreTakenAsTheyAre(Subject subject) throws Exception {
    subject.fill(1, 3);
    subject.clock.turn(5_000);
    subject.fill(1, 2);
    subject.done(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 2))));
    List<Row.Entry> entries = entries(subject.store(), 1);
    ChatStore copy = receiver(subject);

    copy.restore(Part.ofEntries(entries.subList(0, 2), List.of()));
    copy.restore(Part.ofEntries(entries.subList(2, 5), List.of()));

    assertEquals(subject.store().stream(1), copy.stream(1));
    List<Row.Entry> copied = entries(copy, 1);
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(entries.get(i).envelope(), copied.get(i).envelope());
      assertArrayEquals(entries.get(i).body(), copied.get(i).body());
    }
    assertNull(copied.get(1).body());
  }

  @Test
  default void aPartIsTakenWhollyOrNotAtAll(Subject subject) throws Exception {
    List<Row.Entry> entries = entriesOf(subject);
    ChatStore copy = receiver(subject);
    Cell cell = new Cell(new CellKey("a", "b"), 3, new byte[] {1});
    copy.restore(Part.ofEntries(entries.subList(0, 1), List.of()));

    for (List<Row.Entry> wrong :
        List.of(
            List.of(entries.get(2)),
            List.of(entries.get(0)),
            List.of(entries.get(1), entries.get(1)))) {
      Part part = new Part(wrong, List.of(), List.of(cell), List.of(), List.of(), List.of());
      assertThrows(IllegalArgumentException.class, () -> copy.restore(part));
    }
    Part missing =
        new Part(
            entries.subList(1, 3),
            List.of(),
            List.of(cell),
            List.of(),
            List.of(),
            List.of(new BlobCommit(subject.id(), 4)));
    assertThrows(IllegalArgumentException.class, () -> copy.restore(missing));

    assertEquals(1, copy.stream(1).head());
    assertEquals(Optional.empty(), copy.cell(cell.key()));
    copy.restore(Part.ofEntries(entries.subList(1, 3), List.of()));
    assertEquals(subject.store().stream(1), copy.stream(1));
  }

  @Test
  default void whatWasRestoredIsDurable(Subject subject) throws Exception {
    List<Row.Entry> entries = entriesOf(subject);
    byte[] content = subject.bytes(70_000);
    UUID blob = subject.id();
    StoreFixture another = subject.another();
    ChatStore copy = subject.open(another);
    copy.receive(Copier.ID, SOURCE);
    copy.stage(blob, 0, content);
    copy.restore(
        new Part(
            entries,
            List.of(),
            List.of(new Cell(new CellKey("a", "b"), 3, new byte[] {1})),
            List.of(),
            List.of(),
            List.of(new BlobCommit(blob, content.length))));

    another.crash();

    ChatStore after = subject.open(another);
    assertEquals(copying(Copier.ID, 0), after.state());
    assertEquals(subject.store().stream(1), after.stream(1));
    assertEquals(3, after.cell(new CellKey("a", "b")).orElseThrow().version());
    assertArrayEquals(content, after.blob(blob, 0, ChatStore.MAX_PIECE));
    assertEquals(
        List.of(new BlobState(blob, content.length, true)), after.blobs(new UUID(0, 0), 10));
  }

  @Test
  default void cellsAreReplacedAndRemoved(Subject subject) throws Exception {
    ChatStore copy = receiver(subject);
    CellKey kept = new CellKey("a", "kept");
    CellKey gone = new CellKey("a", "gone");
    copy.restore(
        Part.ofCells(
            List.of(new Cell(kept, 7, new byte[] {1}), new Cell(gone, 2, new byte[0])), List.of()));
    copy.restore(
        Part.ofCells(
            List.of(new Cell(kept, 2, new byte[] {2})), List.of(gone, new CellKey("b", "none"))));

    Cell cell = copy.cell(kept).orElseThrow();
    assertEquals(2, cell.version());
    assertArrayEquals(new byte[] {2}, cell.value());
    assertEquals(1, copy.count("a"));
  }

  @Test
  default void erasuresReachTheCopy(Subject subject) throws Exception {
    NewEntry second = subject.fill(1, 3).get(1);
    StoreFixture another = subject.another();
    ChatStore copy = subject.open(another);
    copy.receive(Copier.ID, SOURCE);
    copy.restore(Part.ofEntries(entries(subject.store(), 1), List.of()));

    copy.restore(Part.ofEntries(List.of(), List.of(new Erasure(1, 2), new Erasure(1, 9))));

    assertNull(entries(copy, 1).get(1).body());
    assertEquals(subject.store().stream(1), copy.stream(1));
    copy.activate(Copier.ID, 1);
    copy.close();
    assertFalse(another.holds(second.body()), "an erased body is gone from the data");
  }

  @Test
  default void tokensAndWhatEntriesAreAboutReachTheCopy(Subject subject) throws Exception {
    List<NewEntry> given =
        List.of(
            subject.tagged(1, List.of(9L, -4L, 2L)),
            subject.tagged(1, List.of(2L)),
            subject.about(1, 2),
            subject.tagged(1, List.of(2L, 5L)));
    subject.commit(given.stream().map(entry -> Change.append(entry)).toArray(Change[]::new));
    subject.done(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 2))));
    ChatStore copy = receiver(subject);

    Copier.tail(subject.store(), copy, 1);

    assertEquals(subject.store().stream(1), copy.stream(1));
    Expect.entry(given.get(0), 1, copy.after(1, 0, 1).getFirst());
    Expect.entry(given.get(2), 3, copy.about(1, 1, 9, 0, 9).getFirst());
    assertEquals(List.of(4L, 1L), Expect.numbers(copy.search(1, List.of(2L), 9, 9)));
    assertEquals(3, copy.count(1, Set.of(Subject.TEXT), 0, 0, 9));
    copy.restore(Part.ofEntries(List.of(), List.of(new Erasure(1, 4))));
    assertEquals(List.of(1L), Expect.numbers(copy.search(1, List.of(2L), 9, 9)));
  }

  @Test
  default void dropsReachTheCopy(Subject subject) throws Exception {
    byte[] content = subject.bytes(300);
    UUID blob = subject.id();
    UUID staged = subject.id();
    StoreFixture another = subject.another();
    ChatStore copy = subject.open(another);
    copy.receive(Copier.ID, SOURCE);
    copy.stage(blob, 0, content);
    copy.stage(staged, 0, new byte[] {1});
    copy.restore(Part.ofBlobs(List.of(new BlobCommit(blob, 300))));

    copy.restore(Part.ofDrops(List.of(blob, staged, subject.id())));

    assertEquals(List.of(new BlobState(staged, 1, false)), copy.blobs(new UUID(0, 0), 10));
    copy.stage(blob, 0, new byte[] {2});
    copy.restore(Part.ofBlobs(List.of(new BlobCommit(blob, 1))));
    assertEquals(1, copy.length(blob));
    copy.activate(Copier.ID, 1);
    copy.close();
    assertFalse(another.holds(Arrays.copyOf(content, 16)));
  }

  @Test
  default void aCopyTakesOver(Subject subject) throws Exception {
    NewEntry known = subject.fill(1, 3).getLast();
    subject.fill(2, 1);
    write(subject, "a", "b", new byte[] {1});
    committed(subject, new byte[] {1, 2, 3});
    UUID growing = subject.staged(new byte[] {4, 5});
    ChatStore copy = subject.open(subject.another());
    Copier.all(subject.store(), copy, subject.storeId);

    copy.activate(Copier.ID, 2);
    subject.store().retire(new Successor(Copier.ID, 2));
    subject.clock.turn(-60_000);

    assertEquals(Optional.of(new StoreState(Copier.ID, 2, new Active())), copy.state());
    assertInstanceOf(Repeated.class, copy.commit(2, List.of(Change.append(known))).getFirst());
    copy.commit(2, List.of(Change.append(subject.text(1))));
    List<Row.Entry> entries = entries(copy, 1);
    assertEquals(4, entries.size());
    assertEquals(entries.get(2).envelope().time(), entries.get(3).envelope().time());
    copy.commit(
        2,
        List.of(
            Change.write(
                List.of(new Change.CellVersion(new CellKey("a", "b"), 1)),
                new CellWrite(new CellKey("a", "b"), new byte[] {2}))));
    assertEquals(2, copy.cell(new CellKey("a", "b")).orElseThrow().version());
    assertEquals(3, copy.stage(growing, 2, new byte[] {6}));
  }

  @Test
  default void onTheWayBackOnlyTheTailTravels(Subject subject) throws Exception {
    subject.fill(1, 3);
    ChatStore first = subject.store();
    ChatStore second = subject.open(subject.another());
    Copier.all(first, second, subject.storeId);
    second.activate(Copier.ID, 2);
    first.retire(new Successor(Copier.ID, 2));
    second.commit(2, List.of(Change.append(subject.text(1)), Change.append(subject.text(2))));

    assertThrows(Fenced.class, () -> first.activate(subject.storeId, 3));
    first.receive(subject.storeId, Copier.ID);
    assertEquals(3, first.stream(1).head());
    Copier.tail(second, first, 1);
    Copier.tail(second, first, 2);
    first.activate(subject.storeId, 3);
    second.retire(new Successor(subject.storeId, 3));

    assertEquals(second.stream(1), first.stream(1));
    assertEquals(second.stream(2), first.stream(2));
    first.commit(3, List.of(Change.append(subject.text(1))));
    assertEquals(5, first.stream(1).head());
    assertThrows(Fenced.class, () -> second.commit(2, List.of(Change.append(subject.text(1)))));
  }
}
