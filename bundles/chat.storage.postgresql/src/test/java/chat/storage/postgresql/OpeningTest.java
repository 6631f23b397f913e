// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unavailable;
import chat.storage.StorageException.Unusable;
import chat.storage.tck.fixture.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found at the other end: nothing, ours, a newer one's, another's, or a closed door. */
@Timeout(60)
final class OpeningTest {
  private final PostgresServer server = PostgresServer.get();
  private final PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private String schema() {
    return fixture.database().schema();
  }

  private static void assertSays(StorageException refused, String... words) {
    for (String word : words) {
      assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
  }

  private void fill() throws StorageException {
    try (ChatStore store = Texts.active(fixture.database(), 1)) {
      store.commit(1, Texts.batch(1, 1, 3, 10));
    }
  }

  private void assertUnusable(String... words) throws Exception {
    Object before = fixture.snapshot();
    assertSays(assertThrows(Unusable.class, () -> Texts.open(fixture.database())), words);
    assertEquals(before, fixture.snapshot());
  }

  @Test
  void anEmptySchemaIsANewStore() throws Exception {
    server.sql("CREATE SCHEMA " + schema());

    try (ChatStore store = Texts.open(fixture.database())) {
      assertTrue(store.state().isEmpty());
      store.activate(Texts.STORE, 1);
      assertEquals(1, store.state().orElseThrow().generation());
    }
  }

  @Test
  void newerDataIsRefused() throws Exception {
    fill();
    server.sql("UPDATE %s.store SET version = %d".formatted(schema(), Schema.VERSION + 1));

    assertUnusable("version " + (Schema.VERSION + 1), "newer program", schema());
  }

  @Test
  void tablesOfAnotherProgramAreLeftAlone() throws Exception {
    server.sql("CREATE SCHEMA " + schema(), "CREATE TABLE " + schema() + ".recipes (name text)");

    assertUnusable("not of this program", "schema");
  }

  @Test
  void dataThatDoesNotSayWhoseItIsIsRefused() throws Exception {
    fill();
    server.sql("DELETE FROM %s.store".formatted(schema()));

    assertUnusable("which store", "backup");
  }

  @Test
  void aDamagedIdentityIsRefused() throws Exception {
    fill();
    server.sql("UPDATE %s.store SET generation = 7".formatted(schema()));

    assertUnusable("damaged", "backup");
  }

  @Test
  void aMissingTableIsDamageAndNoEmptyStore() throws Exception {
    fill();
    server.sql("DROP TABLE %s.cell".formatted(schema()));

    try (ChatStore store = Texts.open(fixture.database())) {
      assertThrows(Damaged.class, () -> store.count("account"));
    }
  }

  private Database locked(String password) {
    return new Database(server.url(), "locked", password, schema(), 2, "these tests");
  }

  @Test
  void aWrongPasswordIsNamedAndNotSaid() throws Exception {
    Unavailable refused = assertThrows(Unavailable.class, () -> Texts.open(locked("Open Sesame")));
    assertSays(refused, "user 'locked'", "passwordFile");
    assertFalse(refused.getMessage().contains("Sesame"), refused.getMessage());
    assertFalse(locked("Open Sesame").toString().contains("Sesame"));
    assertThrows(Unavailable.class, () -> Texts.open(locked(null)));

    Texts.open(locked("secret")).close();
  }

  @Test
  void whoMayNotMakeASchemaIsTold() throws Exception {
    try (ChatStore store = Texts.open(locked("secret"))) {
      Unavailable refused = assertThrows(Unavailable.class, () -> store.activate(Texts.STORE, 1));
      assertSays(refused, "user 'locked'", "owner");
    }
  }

  @Test
  void aMissingDatabaseIsNamed() {
    Database database =
        new Database(server.url("nowhere"), server.user(), null, "chatroom", 2, "these tests");

    assertSays(assertThrows(Unavailable.class, () -> Texts.open(database)), "nowhere", "createdb");
  }

  @Test
  void whatAcknowledgesIsDurableWhateverTheServersDefault() throws Exception {
    try (var other = server.connect()) {
      assertEquals("off", setting(new Link(other)));
    }
    try (Link writer = fixture.database().writer()) {
      assertEquals("on", setting(writer));
    }
  }

  private static String setting(Link link) throws Exception {
    return link.first("SHOW synchronous_commit", row -> row.getString(1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', chat, room, 4, url",
    "jdbc:mysql://here/chat, chat, room, 4, url",
    "jdbc:postgresql://here/chat?user=x&password=secret, chat, room, 4, passwordFile",
    "jdbc:postgresql://here/chat, '', room, 4, user",
    "jdbc:postgresql://here/chat, chat, Room; DROP TABLE, 4, schema",
    "jdbc:postgresql://here/chat, chat, pg_catalog, 4, schema",
    "jdbc:postgresql://here/chat, chat, room, 0, connections",
  })
  void aMistakeInTheConfigurationIsNamed(
      String url, String user, String schema, int connections, String key) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Settings(url, user, null, schema, connections));
    assertTrue(
        refused.getMessage().contains("'" + key + "'") || refused.getMessage().contains(key));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void aStoreIsOfferedAsSoonAsItsDatabaseAnswers() throws Exception {
    BlockingQueue<ChatStore> offered = new LinkedBlockingQueue<>();
    BlockingQueue<String> withdrawn = new LinkedBlockingQueue<>();
    Path password = folder.resolve("password");
    Settings settings = new Settings(server.url(), "locked", password, schema(), 2);
    server.stop();
    try (Opening opening =
        new Opening(
            settings,
            store -> {
              offered.add(store);
              return () -> withdrawn.add("withdrawn");
            })) {
      assertNull(offered.poll(500, TimeUnit.MILLISECONDS));
      server.start();
      assertNull(offered.poll(2_500, TimeUnit.MILLISECONDS), "there is no password yet");
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      Files.writeString(password, "secret\n");
      Unavailable open = assertThrows(Unavailable.class, settings::database);
      assertSays(open, "chmod 600 '" + password + "'");
      Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

      ChatStore store = offered.poll(20, TimeUnit.SECONDS);

      assertTrue(store.state().isEmpty());
      assertTrue(withdrawn.isEmpty());
      opening.close();
      assertEquals("withdrawn", withdrawn.poll());
      assertThrows(Unavailable.class, store::state);
    }
    assertTrue(withdrawn.isEmpty(), "withdrawn once");
  }

  @Test
  void closingLeavesNoConnectionAndNoThread() throws Exception {
    ChatStore store = Texts.active(fixture.database("to be closed"), 1);
    store.after(1, 0, 10);
    store.close();
    store.close();

    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("chat-storage"))) {
      Thread.sleep(10);
    }
    try (var other = server.connect()) {
      String left = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'chatroom%'";
      while (new Link(other).first(left, row -> row.getInt(1)) > 0) {
        Thread.sleep(10);
      }
    }
  }
}
