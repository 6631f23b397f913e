// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cells: the last writer wins, versions count the writes. */
interface CellContract extends StoreContract {

  private static void write(Subject subject, CellKey key, byte @Nullable [] value)
      throws StorageException {
    subject.done(Change.write(List.of(), new CellWrite(key, value)));
  }

  private static List<String> keys(List<Cell> cells) {
    return cells.stream().map(cell -> cell.key().key()).toList();
  }

  @Test
  default void theLastWriteWinsAndVersionsCount(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    for (int version = 1; version <= 3; version++) {
      byte[] value = subject.bytes(20 * version);
      write(subject, ann, value);

      Cell cell = subject.store().cell(ann).orElseThrow();
      assertEquals(ann, cell.key());
      assertEquals(version, cell.version());
      assertArrayEquals(value, cell.value());
    }
    assertEquals(3, subject.crash().cell(ann).orElseThrow().version());
  }

  @Test
  default void aRemovedCellIsGoneAndStartsAgainAtOne(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    write(subject, ann, new byte[] {1});
    write(subject, ann, new byte[] {2});
    write(subject, ann, null);
    assertEquals(Optional.empty(), subject.store().cell(ann));
    assertEquals(0, subject.store().count("account"));
    assertEquals(Optional.empty(), subject.reopen().cell(ann));

    write(subject, ann, null);
    write(subject, ann, new byte[] {3});

    assertEquals(1, subject.store().cell(ann).orElseThrow().version());
  }

  @Test
  default void writesOfOneChangeGoInOrder(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    CellKey bob = new CellKey("account", "bob");
    subject.done(
        Change.write(
            List.of(),
            new CellWrite(ann, new byte[] {1}),
            new CellWrite(bob, new byte[] {1}),
            new CellWrite(ann, new byte[] {2}),
            new CellWrite(bob, null)));

    Cell cell = subject.store().cell(ann).orElseThrow();
    assertEquals(2, cell.version());
    assertArrayEquals(new byte[] {2}, cell.value());
    assertEquals(Optional.empty(), subject.store().cell(bob));
  }

  @Test
  default void anEmptyValueIsAValue(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    write(subject, ann, new byte[0]);

    assertEquals(0, subject.store().cell(ann).orElseThrow().value().length);
    assertEquals(1, subject.store().count("account"));
  }

  @Test
  default void largeValuesComeBack(Subject subject) throws Exception {
    byte[] value = subject.bytes(200_000);
    write(subject, new CellKey("draft", "1"), value);

    assertArrayEquals(
        value, subject.reopen().cell(new CellKey("draft", "1")).orElseThrow().value());
  }

  @Test
  default void spacesAreApart(Subject subject) throws Exception {
    write(subject, new CellKey("a", "bc"), new byte[] {1});
    write(subject, new CellKey("ab", "c"), new byte[] {2});

    assertEquals(1, subject.store().count("a"));
    assertEquals(1, subject.store().count("ab"));
    assertEquals(0, subject.store().count(""));
    assertEquals(List.of("bc"), keys(subject.store().cells("a", "", 10)));
    assertEquals(List.of("c"), keys(subject.store().cells("ab", "", 10)));
    assertEquals(Optional.empty(), subject.store().cell(new CellKey("abc", "")));
  }

  @Test
  default void keysAreListedInTheOrderOfTheirCodeUnits(Subject subject) throws Exception {
    // In UTF-8 the last two would change places; a lone surrogate is no text but a key.
    List<String> ordered =
        List.of(
            "\u0000",
            "\u0000a",
            "A",
            "B",
            "a",
            "aa",
            "b",
            "\u00e9",
            "\u4e2d",
            "\ud800",
            "\ud83d\ude00",
            "\uff21");
    for (String key : ordered.reversed()) {
      write(subject, new CellKey("s", key), new byte[] {1});
    }
    ChatStore store = subject.reopen();

    assertEquals(ordered, keys(store.cells("s", "", ChatStore.MAX_ROWS)));
    assertEquals(ordered.size(), store.count("s"));
    for (int i = 0; i < ordered.size(); i++) {
      assertEquals(
          ordered.subList(i + 1, ordered.size()),
          keys(store.cells("s", ordered.get(i), ChatStore.MAX_ROWS)));
    }
    assertEquals(ordered.subList(0, 3), keys(store.cells("s", "", 3)));
    assertEquals(ordered.subList(4, 6), keys(store.cells("s", "Z", 2)));
    assertEquals(List.of(), keys(store.cells("s", "", 0)));
  }

  @Test
  default void moreCellsThanAPageIsRefused(Subject subject) throws Exception {
    ChatStore store = subject.store();
    assertThrows(
        IllegalArgumentException.class, () -> store.cells("s", "", ChatStore.MAX_ROWS + 1));
    assertThrows(IllegalArgumentException.class, () -> store.cells("s", "", -1));
  }
}
