// SPDX-License-Identifier: Apache-2.0
package chat.client.profile;

import chat.client.ClientEvent.Refusal;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * What must survive: the outbox, the cursors, the token and the pinned key, in one small SQLite
 * file. Every method is durable on return.
 *
 * <p><b>Threads.</b> Any platform thread, one at a time. Whoever calls after {@link #close} gets an
 * {@link UncheckedIOException}, like one whose disk is full.
 */
public final class Profile implements AutoCloseable {
  private static final int VERSION = 2;
  private static final List<String> PRAGMAS =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA fullfsync = ON",
          "PRAGMA secure_delete = ON");
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
          "CREATE TABLE IF NOT EXISTS cursor"
              + " (room INTEGER PRIMARY KEY, number INTEGER NOT NULL, id INTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS outbox (place INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " id BLOB NOT NULL UNIQUE, room INTEGER NOT NULL, text TEXT NOT NULL,"
              + " problem TEXT, detail TEXT)");

  /** What made each version of the one before. */
  private static final List<List<String>> UPGRADES =
      List.of(
          List.of(),
          List.of(
              "ALTER TABLE outbox ADD COLUMN reply INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE outbox ADD COLUMN important INTEGER NOT NULL DEFAULT 0"));

  /** The key that was last given in a configuration. */
  public static final String GIVEN = "given";

  /** The key that must be shown. */
  public static final String PINNED = "pinned";

  private static final String TOKEN = "token";
  private static final String EARLIER_TOKEN = "earlier token";
  private static final String SERVER = "server";
  private static final String ACCOUNT = "account";
  private static final String NAME = "name";

  private final ProfileFolder folder;
  private final Connection connection;

  private Profile(ProfileFolder folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /** Opens the profile in this folder, made if it is missing. */
  public static Profile open(Path path) throws IOException {
    ProfileFolder folder = ProfileFolder.lock(path);
    try {
      SQLiteConfig config = new SQLiteConfig();
      Connection connection =
          JDBC.createConnection("jdbc:sqlite:" + folder.file("profile.db"), config.toProperties());
      Profile profile = new Profile(folder, connection);
      profile.prepare(path);
      return profile;
    } catch (SQLException e) {
      folder.close();
      throw new IOException("the profile " + path + " can't be opened: " + e.getMessage(), e);
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private void prepare(Path path) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      int version;
      try (ResultSet known = statement.executeQuery("PRAGMA user_version")) {
        version = known.getInt(1);
      }
      if (version > VERSION) {
        throw new IOException("the profile " + path + " was made by a newer version of Chatroom");
      }
      for (String pragma : PRAGMAS) {
        statement.execute(pragma);
      }
      for (String line : SCHEMA) {
        statement.execute(line);
      }
      for (; version < VERSION; version++) {
        statement.execute("BEGIN IMMEDIATE");
        for (String line : UPGRADES.get(version)) {
          statement.execute(line);
        }
        statement.execute("PRAGMA user_version = " + (version + 1));
        statement.execute("COMMIT");
      }
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private synchronized <T> T work(Work<T> work) {
    try {
      return work.on(connection);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException("the profile fails: " + e.getMessage(), e));
    }
  }

  /** Does all of it or nothing, in one write. */
  private void change(Work<?> changes) {
    work(on -> {
      try (Statement statement = on.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        try {
          changes.on(on);
          return statement.execute("COMMIT");
        } catch (SQLException e) {
          rollBack(statement, e);
          throw e;
        }
      }
    });
  }

  private static void rollBack(Statement statement, SQLException cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static int run(Connection on, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** A setting, or an empty string. */
  public String setting(String key) {
    return work(on -> {
      try (PreparedStatement query =
          on.prepareStatement("SELECT value FROM setting WHERE key = ?")) {
        query.setString(1, key);
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? row.getString(1) : "";
        }
      }
    });
  }

  /** Keeps settings: keys and values in turn. */
  public void set(String... settings) {
    change(on -> {
      for (int i = 0; i < settings.length; i += 2) {
        run(
            on,
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            settings[i],
            settings[i + 1]);
      }
      return settings;
    });
  }

  /**
   * A profile of an earlier version does not say whose token it has: it is that of the server whose
   * key is pinned, if one is.
   */
  public void adoptToken(String host, int port) {
    String pinned = setting(PINNED);
    if (setting(SERVER).isEmpty() && !setting(EARLIER_TOKEN).isEmpty() && !pinned.isEmpty()) {
      set(SERVER, new ServerIdentity(host, port, pinned).text());
    }
  }

  /** The token of the last log-in, for the server that gave it. */
  public Optional<byte[]> token(ServerIdentity server) {
    String hex = setting(TOKEN);
    return hex.isEmpty() || !setting(SERVER).equals(server.text())
        ? Optional.empty()
        : Optional.of(HexFormat.of().parseHex(hex));
  }

  /** Who the token for this server is for. */
  public Optional<String> rememberedName(ServerIdentity server) {
    return token(server).map(token -> setting(NAME));
  }

  /** Whether what is kept here is somebody else's, or another server's. */
  public boolean belongsToAnother(Person self, ServerIdentity server) {
    String account = setting(ACCOUNT);
    return !account.isEmpty()
        && (!account.equals(Long.toString(self.account())) || server.isOtherThan(setting(SERVER)));
  }

  public void loggedIn(Person self, byte[] token, ServerIdentity server) {
    known(self);
    String hex = HexFormat.of().formatHex(token);
    set(TOKEN, hex, EARLIER_TOKEN, hex, SERVER, server.text());
  }

  /**
   * The token of the last log-in to this server, also when it is worth nothing any more: by it a
   * server knows a device, whose attempts to log in are not counted among those of strangers. Empty
   * if there was none.
   */
  public byte[] earlierToken(ServerIdentity server) {
    return setting(SERVER).equals(server.text())
        ? HexFormat.of().parseHex(setting(EARLIER_TOKEN))
        : new byte[0];
  }

  /** Whose profile it is, under the name of today. */
  public void known(Person self) {
    set(ACCOUNT, Long.toString(self.account()), NAME, self.name());
  }

  /** The token is worth nothing any more; the rest waits for the next log-in. */
  public void forgetToken() {
    change(on -> run(on, "DELETE FROM setting WHERE key = ?", TOKEN));
  }

  /** Forgets everything of the account; the pinned key is the server's and stays. */
  public void forget() {
    change(on -> {
      run(on, "DELETE FROM outbox");
      run(on, "DELETE FROM cursor");
      return run(on, "DELETE FROM setting WHERE key IN (?, ?, ?)", TOKEN, ACCOUNT, NAME);
    });
    // It answers with a row, so it is no update.
    work(on -> {
      try (Statement statement = on.createStatement()) {
        return statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    });
  }

  public List<Cursor> cursors() {
    return work(on -> {
      List<Cursor> cursors = new ArrayList<>();
      try (Statement query = on.createStatement();
          ResultSet row = query.executeQuery("SELECT room, number, id FROM cursor")) {
        while (row.next()) {
          cursors.add(new Cursor(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
      }
      return cursors;
    });
  }

  /** The outbox, in the order of writing. */
  public List<PendingMessage> letters() {
    return work(on -> {
      List<PendingMessage> letters = new ArrayList<>();
      try (Statement query = on.createStatement();
          ResultSet row =
              query.executeQuery(
                  "SELECT id, room, text, reply, important, problem, detail FROM outbox"
                      + " ORDER BY place")) {
        while (row.next()) {
          String problem = row.getString(6);
          letters.add(
              new PendingMessage(
                  new Command.Post(
                      uuid(row.getBytes(1)),
                      row.getLong(2),
                      row.getString(3),
                      row.getLong(4),
                      row.getBoolean(5)),
                  problem == null
                      ? null
                      : new Refusal(Problem.valueOf(problem), row.getString(7), 0)));
        }
      }
      return letters;
    });
  }

  public void add(PendingMessage message) {
    work(on ->
        run(
            on,
            "INSERT INTO outbox (id, room, text, reply, important) VALUES (?, ?, ?, ?, ?)",
            bytes(message.id()),
            message.room(),
            message.post().text(),
            message.post().reply(),
            message.post().important()));
  }

  public void refused(UUID id, Refusal refusal) {
    work(on ->
        run(
            on,
            "UPDATE outbox SET problem = ?, detail = ? WHERE id = ?",
            refusal.problem().name(),
            refusal.detail(),
            bytes(id)));
  }

  /** Takes letters out of the outbox and moves cursors, in one write. */
  public void settle(
      Collection<UUID> letters, Collection<Cursor> cursors, Collection<Long> goneRooms) {
    change(on -> {
      for (UUID id : letters) {
        run(on, "DELETE FROM outbox WHERE id = ?", (Object) bytes(id));
      }
      for (Cursor cursor : cursors) {
        run(
            on,
            "INSERT INTO cursor VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                + " SET number = excluded.number, id = excluded.id",
            cursor.room(),
            cursor.number(),
            cursor.id());
      }
      for (long room : goneRooms) {
        run(on, "DELETE FROM cursor WHERE room = ?", room);
      }
      return letters;
    });
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Override
  public synchronized void close() throws IOException {
    try (folder) {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the profile can't be closed: " + e.getMessage(), e);
    }
  }
}
