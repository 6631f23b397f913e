// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StoreState.Successor;
import chat.storage.tck.fixture.TestClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches are complete however much of the file is in the index. */
final class IndexingTest {
  private static final int STREAMS = 3;
  private static final int WORDS = 12;
  private static final String SCHEMA_OF_BEFORE = "DROP TABLE indexed";

  @TempDir Path folder;

  private final Random random = new Random(815);
  private final List<Writer> writers = new ArrayList<>();
  private final long[] heads = new long[STREAMS + 1];

  /** Without background work, so that nothing is indexed before a test says so. */
  private Writer writer;

  @BeforeEach
  void activate() throws StorageException {
    writer = writer();
    writer.activate(Texts.STORE, 1);
  }

  private Writer writer() {
    Writer next = new Writer(new Database(folder), new Blobs(folder), InstantSource.system());
    writers.add(next);
    return next;
  }

  @AfterEach
  void close() {
    writers.forEach(Writer::close);
  }

  private ChatStore opened() throws StorageException {
    return SqliteChatStore.open(folder, InstantSource.system());
  }

  private void write(int entries) throws StorageException {
    for (int i = 0; i < entries; i++) {
      int stream = 1 + random.nextInt(STREAMS);
      long number = ++heads[stream];
      List<Long> tokens = random.longs(0, WORDS).distinct().limit(3).boxed().toList();
      NewEntry entry =
          new NewEntry(stream, new UUID(stream, number), 1, 7, 1, number, new byte[1], 0, tokens);
      List<Erasure> erasures =
          random.nextInt(4) == 0 ? List.of(erasure(stream, number)) : List.of();
      writer.commit(
          writer.generation(),
          List.of(new Change(List.of(), entry, List.of(), List.of(), erasures)));
    }
  }

  private Erasure erasure(long stream, long number) {
    return new Erasure(stream, 1 + random.nextLong(number));
  }

  private void index(int entries) throws Exception {
    sql(link -> new Words(link).index(entries));
  }

  private interface Work {
    void on(Link link) throws Exception;
  }

  private void sql(Work work) throws Exception {
    try (Link link = new Database(folder).writer()) {
      link.execute("BEGIN IMMEDIATE");
      work.on(link);
      link.execute("COMMIT");
    }
  }

  private long tail() throws Exception {
    try (Link link = new Database(folder).reader()) {
      return new Words(link).tail();
    }
  }

  /** Compares with what is found entry by entry. */
  private void assertComplete() throws StorageException {
    try (ChatStore store = opened()) {
      for (long stream = 1; stream <= STREAMS; stream++) {
        List<Row> all = store.after(stream, 0, ChatStore.MAX_ROWS);
        for (int i = 0; i < 40; i++) {
          List<Long> tokens = random.longs(1 + i % 2, 0, WORDS).distinct().boxed().toList();
          long before = 1 + random.nextLong(heads[(int) stream] + 2);
          int limit = 1 + random.nextInt(30);
          assertEquals(
              linear(all, tokens, before, limit),
              store.search(stream, tokens, before, limit).stream().map(Row::number).toList());
        }
      }
    }
  }

  private static List<Long> linear(List<Row> all, List<Long> tokens, long before, int limit) {
    return all.reversed().stream()
        .filter(row -> row.number() < before)
        .filter(row -> row instanceof Row.Entry entry && entry.tokens().containsAll(tokens))
        .map(Row::number)
        .limit(limit)
        .toList();
  }

  @Test
  void whileTheIndexIsBehind() throws Exception {
    write(80);
    assertComplete();
    for (int indexed : new int[] {1, 20, 40}) {
      index(indexed);
      assertComplete();
      write(20);
      assertComplete();
    }
    assertTrue(tail() > 0);
    while (tail() > 0) {
      index(7);
    }
    assertComplete();
  }

  @Test
  void afterACrash() throws Exception {
    SqliteFixture fixture = new SqliteFixture(folder, new TestClock());
    ChatStore store = fixture.open();
    store.activate(Texts.STORE, 1);
    Path live = fixture.folder();
    store.commit(1, Texts.batch(1, 1, 50, 10));
    try (Link link = new Database(live).reader()) {
      assertTrue(new Words(link).tail() > 0, "nothing waits to be indexed");
    }
    fixture.crash();
    ChatStore next = fixture.open();
    assertEquals(50, next.search(1, List.of(Texts.COMMON), 99, 200).size());
    next.activate(Texts.STORE, 2);
    next.commit(2, Texts.batch(1, 51, 50, 10));
    assertEquals(100, next.search(1, List.of(Texts.COMMON), 999, 200).size());
    fixture.close();
    try (Link link = new Database(fixture.folder()).reader()) {
      assertEquals(0, new Words(link).tail(), "closing completes the index");
      assertEquals(100, link.number("SELECT count(*) FROM word_docsize"));
    }
  }

  @Test
  void inAFileOfBefore() throws Exception {
    write(100);
    index(1_000);
    writer.close();
    sql(link -> link.execute(SCHEMA_OF_BEFORE));
    assertComplete();
    writer = writer();
    writer.activate(Texts.STORE, 2);
    assertEquals(0, tail());
    assertComplete();
    write(50);
    assertComplete();
  }

  @Test
  void whereAnEarlierBuildWentOn() throws Exception {
    write(60);
    long waiting = tail();
    assertTrue(waiting > 0);
    writer = writer();
    writer.activate(Texts.STORE, 2);
    write(60);
    sql(link -> {
      // An earlier build indexes what it commits, and leaves what came before as it is.
      List<Long> rows = new ArrayList<>();
      link.each(
          "SELECT row FROM entry WHERE row > 60 AND tokens IS NOT NULL",
          row -> rows.add(row.getLong(1)));
      for (long row : rows) {
        byte[] tokens =
            link.first("SELECT tokens FROM entry WHERE row = ?", found -> found.getBytes(1), row);
        link.update(
            "INSERT INTO word (rowid, words) VALUES (?, ?)", row, words(Codec.tokens(tokens)));
      }
    });
    assertComplete();
    writer = writer();
    writer.activate(Texts.STORE, 3);
    write(30);
    while (tail() > 0) {
      index(9);
      assertComplete();
    }
    sql(link -> link.execute("INSERT INTO word (word) VALUES ('integrity-check')"));
  }

  private static String words(List<Long> tokens) {
    return String.join(" ", tokens.stream().map("%016x"::formatted).toList());
  }

  @Test
  void ifTheMarkIsDamaged() throws Exception {
    write(60);
    index(30);
    sql(link -> link.update("UPDATE indexed SET row = row + 8"));
    assertComplete();
    writer = writer();
    writer.activate(Texts.STORE, 2);
    assertComplete();
    index(1_000);
    assertEquals(0, tail());
    assertComplete();
  }

  @Test
  void noTailGetsLong() throws Exception {
    int batch = 2 * Batch.INDEXED_AT_ONCE / 3;
    for (int first = 1; first < 6 * batch; first += batch) {
      writer.commit(1, Texts.batch(1, first, batch, 10));
      assertTrue(tail() <= Batch.INDEXED_AT_ONCE + batch, "a tail of " + tail());
    }
    try (ChatStore store = opened()) {
      assertEquals(200, store.search(1, List.of(Texts.COMMON), 9_999, 200).size());
    }
  }

  @Test
  void theTailIsIndexedOnceNothingIsAdded() throws Exception {
    write(20);
    writer.indexIfQuiet();
    assertEquals(20, tail(), "something was added just now");
    writer.indexIfQuiet();
    assertEquals(0, tail());
  }

  @Test
  void whatFailedIsNotRememberedAsDone() throws Exception {
    writer.commit(1, Texts.batch(1, 1, 2, 10));
    writer.retire(new Successor(new UUID(5, 5), 4));
    writer.receive(Texts.STORE, new UUID(5, 5));
    List<Row.Entry> entries = new ArrayList<>();
    try (ChatStore other = Texts.active(folder.resolve("other"), 1)) {
      other.commit(1, Texts.batch(1, 1, 5, 10));
      other.after(1, 2, 9).forEach(row -> entries.add((Row.Entry) row));
    }
    List<Row.Entry> gap = List.of(entries.get(0), entries.get(2));
    assertThrows(IllegalArgumentException.class, () -> writer.restore(part(gap)));
    writer.restore(part(entries));
    writer.activate(Texts.STORE, 5);
    assertEquals(
        new Outcome.Committed(6, 0),
        untimed(writer.commit(5, Texts.batch(1, 6, 1, 10)).getFirst()));
    assertEquals(
        new Outcome.Repeated(4, 0), untimed(writer.commit(5, Texts.batch(1, 4, 1, 10)).getFirst()));
  }

  private static Part part(List<Row.Entry> entries) {
    return Part.ofEntries(entries, List.of());
  }

  private static Outcome untimed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed(long number, _) -> new Outcome.Committed(number, 0);
      case Outcome.Repeated(long number, _) -> new Outcome.Repeated(number, 0);
      case Outcome.Refused refused -> refused;
    };
  }
}
