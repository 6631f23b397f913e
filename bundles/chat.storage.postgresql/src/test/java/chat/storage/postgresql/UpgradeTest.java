// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Digest;
import chat.storage.Outcome.Repeated;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Unavailable;
import chat.storage.support.KeyCodec;
import chat.storage.tck.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data as the program of data version 1 wrote it. */
final class UpgradeTest {
  private final PostgresServer server = PostgresServer.get();
  private final PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());

  @BeforeEach
  void write() throws Exception {
    String script =
        new String(
            UpgradeTest.class.getResourceAsStream("/version-1.sql").readAllBytes(),
            StandardCharsets.US_ASCII);
    String schema = fixture.database().schema();
    int checksum = KeyCodec.checksum(1, 2, 3, 0, 0, 0, 0, 0, 0);
    server.sql(
        "CREATE SCHEMA " + schema,
        "SET search_path = " + schema + ";" + script.replace("CHECKSUM", "" + checksum));
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void openingChangesNothing() throws Exception {
    Object before = fixture.snapshot();
    try (ChatStore store = fixture.open()) {
      assertEquals(3, store.state().orElseThrow().generation());
      assertEquals(4, store.stream(1).head());
      assertThrows(Unavailable.class, () -> store.after(1, 0, 10));
    }
    assertEquals(before, fixture.snapshot());
  }

  @Test
  void activatingBringsItUpToDate() throws Exception {
    try (ChatStore store = fixture.open()) {
      store.activate(Texts.STORE, 4);
      assertAsItWas(store);
      assertGoesOn(store);
    }
  }

  @Test
  void receivingBringsItUpToDate() throws Exception {
    try (ChatStore store = fixture.open()) {
      store.retire(new chat.storage.StoreState.Successor(new UUID(5, 5), 4));
      store.receive(Texts.STORE, new UUID(5, 5));
      assertAsItWas(store);
    }
  }

  private static void assertAsItWas(ChatStore store) throws StorageException {
    List<Row> rows = store.after(1, 0, 10);
    for (int n = 1; n <= 4; n++) {
      Row.Entry entry = assertInstanceOf(Row.Entry.class, rows.get(n - 1));
      byte[] body = new byte[10 * n];
      Arrays.fill(body, (byte) n);
      assertArrayEquals(n == 2 ? null : body, entry.body());
      assertEquals(new UUID(1, n), entry.envelope().id());
      assertEquals(0, entry.envelope().about());
      assertEquals(List.of(), entry.tokens());
    }
    assertEquals(1, store.cell(new CellKey("account", "ann")).orElseThrow().version());
    assertEquals(List.of(), store.about(1, 1, 9, 0, 9));
    assertEquals(List.of(), store.search(1, List.of(7L), 9, 9));
    assertEquals(3, store.count(1, Set.of(1), 9, 0, 9));
  }

  private static void assertGoesOn(ChatStore store) throws StorageException {
    Digest digest = store.stream(1).digest();
    NewEntry known = new NewEntry(1, new UUID(1, 4), 1, 7, 40, 4, new byte[1]);
    assertEquals(
        List.of(new Repeated(4, 1_700_000_000_000L)),
        store.commit(4, List.of(Change.append(known))));
    NewEntry edit = new NewEntry(1, new UUID(1, 5), 2, 7, 1, 5, new byte[1], 3, List.of(7L));
    store.commit(4, List.of(Change.append(edit)));
    Row.Entry read = (Row.Entry) store.about(1, 1, 9, 0, 9).getFirst();
    assertEquals(3, read.envelope().about());
    assertEquals(digest.with(read.envelope()), store.stream(1).digest());
    assertEquals(5, store.search(1, List.of(7L), 9, 9).getFirst().number());
  }
}
