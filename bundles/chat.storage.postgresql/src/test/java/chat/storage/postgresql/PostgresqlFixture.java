// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.support.CheckedChatStore;
import chat.storage.support.KeyCodec;
import chat.storage.tck.fixture.Damage;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema of its own in the tests' PostgreSQL. A crash is one of the whole server, which then has
 * only what was on disk.
 */
final class PostgresqlFixture implements StoreFixture {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final PostgresServer server = PostgresServer.get();
  private final String schema = "test_" + COUNT.incrementAndGet();
  private final TestClock clock;
  private final List<ChatStore> opened = new ArrayList<>();

  PostgresqlFixture(TestClock clock) {
    this.clock = clock;
  }

  Database database() {
    return database("these tests");
  }

  /** The same, as another server of the chat sees it. */
  Database database(String process) {
    return database(server.url(), process);
  }

  /** The same, at the other end of a wire. */
  Database database(Wire wire) {
    return database(wire.url("chat"), "these tests");
  }

  private Database database(String url, String process) {
    return new Database(url, server.user(), null, schema, 2, process);
  }

  @Override
  public ChatStore open() throws StorageException {
    ChatStore store = new CheckedChatStore(PostgresqlChatStore.open(database(), clock));
    opened.add(store);
    return store;
  }

  @Override
  public void crash() throws Exception {
    server.stop();
    server.start();
    opened.forEach(ChatStore::close);
    opened.clear();
  }

  /** Every row version of every table and of what it stores aside, dead or not. */
  @Override
  public AtRest atRest() throws SQLException {
    try (Connection connection = server.connect()) {
      List<String> versions =
          new Link(connection)
              .list(
                  """
                  SELECT item.t_data
                  FROM pg_class t
                    JOIN pg_class c ON c.oid IN (t.oid, t.reltoastrelid)
                    CROSS JOIN generate_series(
                      0, pg_relation_size(c.oid) / current_setting('block_size')::int - 1) AS page
                    CROSS JOIN heap_page_items(
                      get_raw_page(c.oid::regclass::text, page::int)) AS item
                  WHERE t.relnamespace = ?::regnamespace AND t.relkind = 'r'
                    AND item.t_data IS NOT NULL
                  """,
                  row -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1),
                  schema);
      return new AtRest() {
        @Override
        public boolean holds(byte[] bytes) {
          String part = new String(bytes, StandardCharsets.ISO_8859_1);
          return versions.stream().anyMatch(version -> version.contains(part));
        }

        // In a row; the index keeps it as a key, without the row, until it is built anew.
        @Override
        public boolean holds(long token) {
          return holds(
              ByteBuffer.allocate(Long.BYTES)
                  .order(ByteOrder.nativeOrder())
                  .putLong(token)
                  .array());
        }
      };
    }
  }

  /** All rows, with the transactions that wrote them. */
  @Override
  public Object snapshot() throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = server.connect()) {
      Link link = new Link(connection);
      tables.put(
          "schema",
          link.list("SELECT nspname FROM pg_namespace ORDER BY 1", row -> row.getString(1)));
      for (String table :
          link.list(
              "SELECT tablename FROM pg_tables WHERE schemaname = ?",
              row -> row.getString(1),
              schema)) {
        tables.put(
            table,
            link.list(
                "SELECT xmin || ' ' || xmax || ' ' || ctid || ' ' || t::text FROM %s.%s t"
                    .formatted(schema, table),
                row -> row.getString(1)));
      }
    }
    return tables;
  }

  @Override
  public Set<Class<? extends Damage>> damages() {
    return Set.of(
        Damage.BodyBit.class,
        Damage.TokenBit.class,
        Damage.EnvelopeBit.class,
        Damage.BodyLost.class,
        Damage.RowLost.class,
        Damage.CellBit.class,
        Damage.BlobCut.class,
        Damage.BlobLost.class);
  }

  @Override
  public void inflict(Damage damage) throws Exception {
    switch (damage) {
      case Damage.BodyBit(long stream, long number) ->
          sql(
              "UPDATE entry SET body = set_bit(body, 17, 1 - get_bit(body, 17))"
                  + " WHERE stream = ? AND number = ?",
              stream,
              number);
      case Damage.TokenBit(long stream, long number) ->
          sql(
              "UPDATE entry SET tokens[1] = tokens[1] # 4 WHERE stream = ? AND number = ?",
              stream,
              number);
      case Damage.EnvelopeBit(long stream, long number) ->
          sql("UPDATE entry SET time = time # 2 WHERE stream = ? AND number = ?", stream, number);
      case Damage.BodyLost(long stream, long number) ->
          sql("UPDATE entry SET body = NULL WHERE stream = ? AND number = ?", stream, number);
      case Damage.RowLost(long stream, long number) ->
          sql("DELETE FROM entry WHERE stream = ? AND number = ?", stream, number);
      case Damage.CellBit(CellKey key) ->
          sql(
              "UPDATE cell SET value = set_bit(value, 3, 1 - get_bit(value, 3))"
                  + " WHERE space = ? AND name = ?",
              KeyCodec.units(key.space()),
              KeyCodec.units(key.key()));
      case Damage.BlobCut(UUID blob) ->
          sql(
              "UPDATE chunk SET bytes = substring(bytes FOR length(bytes) - 1) WHERE blob = ?",
              blob);
      case Damage.BlobLost(UUID blob) -> sql("DELETE FROM chunk WHERE blob = ?", blob);
    }
  }

  /** Changes one row behind the store's back. */
  void sql(String sql, Object... arguments) throws SQLException {
    try (Connection connection = server.connect()) {
      connection.setSchema(schema);
      if (new Link(connection).update(sql, arguments) != 1) {
        throw new AssertionError("nothing was there to damage");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    opened.forEach(ChatStore::close);
    server.sql("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }
}
