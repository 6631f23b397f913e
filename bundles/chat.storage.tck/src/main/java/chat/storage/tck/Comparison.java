// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A whole store against the {@link Model}. */
final class Comparison {
  private static final int PAGE = 17;

  private Comparison() {}

  static void assertSame(Model model, ChatStore store, List<UUID> blobs) throws StorageException {
    for (Map.Entry<Long, List<Model.Kept>> stream : model.streams.entrySet()) {
      assertStream(stream.getKey(), stream.getValue(), store);
      assertIndexed(model, store, stream.getKey());
    }
    for (Map.Entry<String, TreeMap<String, Model.Value>> space : model.spaces.entrySet()) {
      assertSpace(space.getKey(), space.getValue(), store);
    }
    for (Map.Entry<Model.Id, Envelope> known : model.ids.entrySet()) {
      Row row = store.find(known.getKey().author(), known.getKey().id()).orElseThrow();
      assertEquals(known.getValue(), assertInstanceOf(Row.Entry.class, row).envelope());
    }
    for (UUID blob : blobs) {
      byte[] bytes =
          model.committed.getOrDefault(blob, model.staged.getOrDefault(blob, new byte[0]));
      assertEquals(bytes.length, store.length(blob));
      assertArrayEquals(bytes, store.blob(blob, 0, ChatStore.MAX_PIECE));
    }
  }

  private static void assertStream(long stream, List<Model.Kept> kept, ChatStore store)
      throws StorageException {
    Digest digest = Digest.ZERO;
    for (Model.Kept entry : kept) {
      digest = digest.with(entry.envelope());
    }
    assertEquals(new StreamState(1, kept.size(), digest), store.stream(stream));

    List<Row> up = new ArrayList<>();
    List<Row> page = store.after(stream, 0, PAGE);
    while (!page.isEmpty()) {
      up.addAll(page);
      page = store.after(stream, page.getLast().number(), PAGE);
    }
    assertRows(kept, up);

    List<Row> down = new ArrayList<>();
    page = store.before(stream, Long.MAX_VALUE, PAGE);
    while (!page.isEmpty()) {
      down.addAll(page);
      page = store.before(stream, page.getLast().number(), PAGE);
    }
    assertRows(kept.reversed(), down);

    List<Model.Kept> ofKind =
        kept.reversed().stream().filter(entry -> entry.envelope().kind() == 1).limit(PAGE).toList();
    assertRows(ofKind, store.before(stream, 1, Long.MAX_VALUE, PAGE));
  }

  /** What the indexes know of a stream, against a look at every entry of the model. */
  private static void assertIndexed(Model model, ChatStore store, long stream)
      throws StorageException {
    long middle = model.stream(stream).size() / 2;
    assertRows(
        first(model.about(stream, 1, Long.MAX_VALUE, 0)),
        store.about(stream, 1, Long.MAX_VALUE, 0, PAGE));
    assertRows(
        first(model.about(stream, 2, middle, middle)),
        store.about(stream, 2, middle, middle, PAGE));
    for (long token = 0; token < RandomHistory.TOKENS; token++) {
      List<Long> one = List.of(token);
      List<Long> two = List.of(token, (token + 1) % RandomHistory.TOKENS);
      assertRows(
          first(model.search(stream, one, Long.MAX_VALUE)),
          store.search(stream, one, Long.MAX_VALUE, PAGE));
      assertRows(first(model.search(stream, two, middle)), store.search(stream, two, middle, PAGE));
    }
    for (Set<Integer> kinds : List.of(Set.of(0), Set.of(0, 1))) {
      assertEquals(
          Math.min(PAGE, model.count(stream, kinds, 1, 0)), store.count(stream, kinds, 1, 0, PAGE));
      assertEquals(
          model.count(stream, kinds, 9, middle), store.count(stream, kinds, 9, middle, 10_000));
    }
  }

  private static List<Model.Kept> first(List<Model.Kept> all) {
    return all.subList(0, Math.min(PAGE, all.size()));
  }

  private static void assertRows(List<Model.Kept> expected, List<Row> rows) {
    assertEquals(
        expected.stream().map(entry -> entry.envelope().number()).toList(), Expect.numbers(rows));
    for (int i = 0; i < rows.size(); i++) {
      Row.Entry entry = assertInstanceOf(Row.Entry.class, rows.get(i));
      assertEquals(expected.get(i).envelope(), entry.envelope());
      assertArrayEquals(expected.get(i).body(), entry.body());
      assertEquals(expected.get(i).tokens(), entry.tokens());
    }
  }

  private static void assertSpace(
      String space, TreeMap<String, Model.Value> values, ChatStore store) throws StorageException {
    assertEquals(values.size(), store.count(space));
    List<Cell> cells = store.cells(space, "", ChatStore.MAX_ROWS);
    assertEquals(
        List.copyOf(values.keySet()), cells.stream().map(cell -> cell.key().key()).toList());
    int index = 0;
    for (Model.Value value : values.values()) {
      Cell cell = cells.get(index++);
      assertEquals(value.version(), cell.version());
      assertArrayEquals(value.bytes(), cell.value());
      Cell single = store.cell(new CellKey(space, cell.key().key())).orElseThrow();
      assertEquals(cell.version(), single.version());
    }
  }
}
