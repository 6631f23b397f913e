// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.seed.SeedRow.Attachment;
import chat.seed.SeedRow.Friends;
import chat.seed.SeedRow.Said;
import chat.seed.SeedRow.Text;
import chat.seed.SeedRow.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.sqlite.SQLiteConfig;

/**
 * The database of the original chat room, read only, as it is at one moment; the original may go on
 * running. Version 1.0 has the first three tables, version 2.0 all five:
 *
 * <pre>
 *   USERINFO               USERNAME, PASSWORD
 *   GROUP_CHAT_HISTORY     ID, SOURCE_USER, TIME, CONTENT
 *   GROUP_FILE_HISTORY     ID, SOURCE_USER, TIME, FILENAME, FILECONTENT
 *   FRIENDS                USERNAME1, USERNAME2
 *   HISTORY_PRIVATE_CHAT   id, target_user, source_user, time, text
 * </pre>
 *
 * <p>Times are local, {@code 2021-06-01 12:00:00}. A row in which something is missing or is not
 * what it should be is told to the {@code broken} consumer and left out.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class SeedFile implements AutoCloseable {
  private static final String USERS = "USERINFO";
  private static final String TEXTS = "GROUP_CHAT_HISTORY";
  private static final String FILES = "GROUP_FILE_HISTORY";
  private static final String FRIENDS = "FRIENDS";
  private static final String PRIVATE = "HISTORY_PRIVATE_CHAT";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** The four emoji that the original has, as it writes them. */
  private static final Map<String, String> EMOJI =
      Map.of(
          "[emoji-happy]", "😀",
          "[emoji-HappyWithHalo]", "😇",
          "[emoji-cake]", "🎂",
          "[emoji-hotpot]", "🍲");

  private final Connection connection;
  private final ZoneId zone;
  private final BiConsumer<String, String> broken;
  private final Set<String> tables = new HashSet<>();

  private SeedFile(Connection connection, ZoneId zone, BiConsumer<String, String> broken) {
    this.connection = connection;
    this.zone = zone;
    this.broken = broken;
  }

  /**
   * Opens the file.
   *
   * @param zone of the times in it
   * @param broken is told the place of a row and what is wrong with it
   * @throws IOException if it is not there, or not such a database
   */
  static SeedFile open(Path file, ZoneId zone, BiConsumer<String, String> broken)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      SeedFile seed = new SeedFile(connection, zone, broken);
      try {
        seed.begin();
        return seed;
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException(file + " is no database of the chat room: " + e.getMessage(), e);
    }
  }

  private void begin() throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT upper(name) FROM sqlite_master WHERE type = 'table'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    if (!tables.contains(USERS)) {
      throw new IOException("it has no table " + USERS + ": it is no database of the chat room");
    }
  }

  private interface Reader<T> {
    T row(ResultSet row, String place) throws SQLException, BrokenRowException;
  }

  /** What is wrong with a row. */
  private static final class BrokenRowException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenRowException(String why) {
      super(why);
    }
  }

  /** Everybody who registered. */
  List<User> users() throws IOException {
    return read(
        USERS,
        "rowid, USERNAME, PASSWORD",
        (row, place) -> new User(text(row, 2, "name"), text(row, 3, "password")));
  }

  /** Friends, each pair once. */
  List<Friends> friends() throws IOException {
    Map<Set<String>, Friends> pairs = new LinkedHashMap<>();
    for (Friends pair :
        read(
            FRIENDS,
            "rowid, USERNAME1, USERNAME2",
            (row, place) -> new Friends(text(row, 2, "name"), text(row, 3, "name")))) {
      pairs.putIfAbsent(Set.copyOf(new HashSet<>(List.of(pair.one(), pair.other()))), pair);
    }
    return List.copyOf(pairs.values());
  }

  /** What was said and sent to everybody: each table in its order, both together by their times. */
  List<Said> said() throws IOException {
    List<Text> texts =
        read(
            TEXTS,
            "ID, SOURCE_USER, TIME, CONTENT",
            (row, place) ->
                new Text(
                    SeedRow.idOf(place, row.getString(2), row.getString(3), row.getString(4)),
                    place,
                    text(row, 2, "author"),
                    "",
                    time(row, 3),
                    words(row, 4)));
    List<Attachment> files =
        read(
            FILES,
            "ID, SOURCE_USER, TIME, FILENAME",
            (row, place) ->
                new Attachment(
                    SeedRow.idOf(place, row.getString(2), row.getString(3), row.getString(4)),
                    place,
                    row.getLong(1),
                    text(row, 2, "author"),
                    time(row, 3),
                    text(row, 4, "file name")));
    List<Said> said = new ArrayList<>(texts.size() + files.size());
    int next = 0;
    for (Text text : texts) {
      while (next < files.size() && files.get(next).time() < text.time()) {
        said.add(files.get(next++));
      }
      said.add(text);
    }
    said.addAll(files.subList(next, files.size()));
    return said;
  }

  /** What was said to one person. */
  List<Text> privately() throws IOException {
    return read(
        PRIVATE,
        "id, source_user, target_user, time, text",
        (row, place) ->
            new Text(
                SeedRow.idOf(
                    place, row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                place,
                text(row, 2, "author"),
                text(row, 3, "receiver"),
                time(row, 4),
                words(row, 5)));
  }

  /** Writes what is in a file. */
  void content(Attachment attachment, Path target) throws IOException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT FILECONTENT FROM " + FILES + " WHERE ID = ?")) {
      query.setLong(1, attachment.number());
      try (ResultSet row = query.executeQuery()) {
        byte[] bytes = row.next() ? row.getBytes(1) : null;
        Files.write(target, bytes == null ? new byte[0] : bytes);
      }
    } catch (SQLException e) {
      throw new IOException(attachment.place() + " can't be read: " + e.getMessage(), e);
    }
  }

  private <T> List<T> read(String table, String columns, Reader<T> reader) throws IOException {
    List<T> all = new ArrayList<>();
    if (!tables.contains(table)) {
      return all;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + columns + " FROM " + table + " ORDER BY 1")) {
      while (rows.next()) {
        String place = table + " " + rows.getString(1);
        try {
          all.add(reader.row(rows, place));
        } catch (BrokenRowException e) {
          broken.accept(place, String.valueOf(e.getMessage()));
        }
      }
      return all;
    } catch (SQLException e) {
      throw new IOException("table " + table + " can't be read: " + e.getMessage(), e);
    }
  }

  private static String text(ResultSet row, int column, String what)
      throws SQLException, BrokenRowException {
    String text = row.getString(column);
    if (text == null || text.isEmpty()) {
      throw new BrokenRowException("it has no " + what);
    }
    if (text.indexOf('\0') >= 0) {
      throw new BrokenRowException("its " + what + " holds a zero character");
    }
    return text;
  }

  /** The window of the original ends each text with a line feed. */
  private static String words(ResultSet row, int column) throws SQLException, BrokenRowException {
    String words = text(row, column, "text").replace("\r\n", "\n").stripTrailing();
    for (Map.Entry<String, String> emoji : EMOJI.entrySet()) {
      words = words.replace(emoji.getKey(), emoji.getValue());
    }
    if (words.isEmpty()) {
      throw new BrokenRowException("there is nothing in it");
    }
    return words;
  }

  private long time(ResultSet row, int column) throws SQLException, BrokenRowException {
    String time = text(row, column, "time");
    try {
      return LocalDateTime.parse(time, TIME).atZone(zone).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new BrokenRowException("its time is none: " + time);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
