// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits flipped anywhere in the file are found or harmless; nothing wrong is read as good. */
final class BitFlipTest {
  private static final int FLIPS = 200;
  private static final int ENTRIES = 150;
  private static final long SEED = 4711;

  @TempDir Path folder;

  private int found;

  @Test
  void noFlippedBitIsReadAsGood() throws Exception {
    write();
    Path file = folder.resolve("chat.db");
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(SEED);
    int refused = 0;
    int damaged = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      long bit = random.nextLong(good.length * 8L);
      byte[] bad = good.clone();
      bad[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
      Files.write(file, bad);
      refused += isRefused() ? 1 : 0;
      found = 0;
      // The first look is left out here, so that the reads have to find it alone.
      try (ChatStore store = new SqliteChatStore(new Database(folder), InstantSource.system())) {
        readAll(store);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + SEED + ", flip " + flip + " of bit " + bit, e);
      }
      damaged += found > 0 ? 1 : 0;
    }
    assertTrue(damaged > FLIPS / 4, "only " + damaged + " flips were met by a read");
    System.out.printf(
        "bit flips: %d, refused on opening %d, found by a read %d%n", FLIPS, refused, damaged);
  }

  private void write() throws Exception {
    try (ChatStore store = Texts.active(folder, 1)) {
      for (int stream = 1; stream <= 2; stream++) {
        store.commit(1, Texts.batch(stream, 1, ENTRIES, 400));
      }
      for (int i = 0; i < 40; i++) {
        store.commit(1, List.of(Change.write(List.of(), new CellWrite(key(i), value(i)))));
      }
    }
  }

  private static CellKey key(int i) {
    return new CellKey("account", String.format("name%03d", i));
  }

  private static byte[] value(int i) {
    return Texts.entry(9, i, 200).body();
  }

  private boolean isRefused() throws StorageException {
    try {
      SqliteChatStore.open(folder, InstantSource.system()).close();
      return false;
    } catch (Unusable e) {
      return true;
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    T run() throws StorageException;
  }

  /** What was read, or nothing if the store said that it is damaged. */
  private <T> Optional<T> read(Read<T> read) throws StorageException {
    try {
      return Optional.of(read.run());
    } catch (Damaged | Unusable e) {
      found++;
      return Optional.empty();
    }
  }

  private void readAll(ChatStore store) throws StorageException {
    for (long stream : new long[] {1, 2}) {
      read(() -> store.stream(stream)).ifPresent(state -> assertEquals(ENTRIES, state.head()));
      read(() -> store.after(stream, 0, 200)).ifPresent(this::assertPage);
      read(() -> store.before(stream, ENTRIES + 1, 200))
          .ifPresent(rows -> assertPage(rows.reversed()));
      read(() -> store.before(stream, 1, ENTRIES + 1, 200)).ifPresent(this::assertRows);
      read(() -> store.about(stream, 1, ENTRIES, 0, 200)).ifPresent(this::assertRows);
      read(() -> store.search(stream, List.of(Texts.COMMON, 3L), ENTRIES, 200))
          .ifPresent(this::assertRows);
      for (long number = 1; number <= ENTRIES; number += 10) {
        NewEntry entry = Texts.entry(stream, number, 400);
        read(() -> store.find(7, entry.id())).flatMap(row -> row).ifPresent(this::assertRow);
      }
    }
    for (int i = 0; i < 40; i++) {
      int index = i;
      read(() -> store.cell(key(index)))
          .flatMap(cell -> cell)
          .ifPresent(cell -> assertCell(index, cell));
    }
    read(() -> store.cells("account", "", 200))
        .ifPresent(cells ->
            cells.forEach(
                cell -> assertCell(Integer.parseInt(cell.key().key().substring(4)), cell)));
    read(store::state)
        .flatMap(state -> state)
        .ifPresent(state -> assertEquals(Texts.STORE, state.id()));
  }

  private void assertPage(List<Row> rows) {
    assertEquals(ENTRIES, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(i + 1, rows.get(i).number());
      assertRow(rows.get(i));
    }
  }

  private void assertRows(List<Row> rows) {
    rows.forEach(this::assertRow);
  }

  private void assertRow(Row row) {
    switch (row) {
      case Row.Damaged damaged -> found++;
      case Row.Entry(Envelope envelope, byte[] body, List<Long> tokens) -> {
        NewEntry written = Texts.entry(envelope.stream(), envelope.number(), 400);
        assertEquals(written.id(), envelope.id());
        assertEquals(written.hash(), envelope.hash());
        assertArrayEquals(written.body(), body);
        assertEquals(written.about(), envelope.about());
        assertEquals(written.tokens(), tokens);
      }
    }
  }

  private static void assertCell(int index, Cell cell) {
    assertEquals(key(index), cell.key());
    assertEquals(1, cell.version());
    assertArrayEquals(value(index), cell.value());
  }
}
