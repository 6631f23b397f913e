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
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
 * <p>IDs are TEXT and hold counted numbers, which as words would be 1, 10, 11, 2: rows are read in
 * the order in which they were written, that of their {@code rowid}. Times are local, {@code
 * 2021-06-01 12:00:00}. A row in which something is missing or is not what it should be, and what
 * can't be read of a damaged table, is told to {@link Broken} and left out.
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

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]");

  /** The four emoji that the original has: as it writes them, and as its buttons show them. */
  private static final Map<String, String> EMOJI =
      Map.of(
          "[emoji-happy]", "😜",
          "[emoji-HappyWithHalo]", "😇",
          "[emoji-cake]", "🍰",
          "[emoji-hotpot]", "🥘");

  /** What earlier builds imported them as. */
  private static final Map<String, String> EARLIER = Map.of("😜", "😀", "🍰", "🎂", "🥘", "🍲");

  private final Connection connection;
  private final ZoneId zone;
  private final Broken broken;
  private final Set<String> tables = new HashSet<>();

  private SeedFile(Connection connection, ZoneId zone, Broken broken) {
    this.connection = connection;
    this.zone = zone;
    this.broken = broken;
  }

  /** Is told of what can't be imported. */
  @FunctionalInterface
  interface Broken {
    void accept(Kind kind, String place, String why);
  }

  /**
   * Opens the file.
   *
   * @param zone of the times in it
   * @param broken is told the place of a row, or a table, and what is wrong with it
   * @throws IOException if it is not there, or not such a database
   */
  static SeedFile open(Path file, ZoneId zone, Broken broken) throws IOException {
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
  List<User> users() {
    return read(
        USERS,
        Kind.PEOPLE,
        "rowid, USERNAME, PASSWORD",
        (row, place) -> new User(text(row, 3, "name"), text(row, 4, "password")));
  }

  /** Friends, each pair once. */
  List<Friends> friends() {
    Map<Set<String>, Friends> pairs = new LinkedHashMap<>();
    for (Friends pair :
        read(
            FRIENDS,
            Kind.FRIENDS,
            "rowid, USERNAME1, USERNAME2",
            (row, place) -> new Friends(text(row, 3, "name"), text(row, 4, "name")))) {
      pairs.putIfAbsent(Set.copyOf(new HashSet<>(List.of(pair.one(), pair.other()))), pair);
    }
    return List.copyOf(pairs.values());
  }

  /** What was said and sent to everybody: each table in its order, both together by their times. */
  List<Said> said() {
    Set<UUID> ids = new HashSet<>();
    List<Text> texts =
        read(
            TEXTS,
            Kind.TEXTS,
            "ID, SOURCE_USER, TIME, CONTENT",
            (row, place) ->
                new Text(
                    id(ids, place, row.getString(3), row.getString(4), row.getString(5)),
                    place,
                    text(row, 3, "author"),
                    "",
                    time(row, 4),
                    words(row, 5)));
    List<Attachment> files =
        read(
            FILES,
            Kind.FILES,
            "ID, SOURCE_USER, TIME, FILENAME",
            (row, place) ->
                new Attachment(
                    id(ids, place, row.getString(3), row.getString(4), row.getString(5)),
                    place,
                    row.getLong(1),
                    text(row, 3, "author"),
                    time(row, 4),
                    text(row, 5, "file name")));
    return interleaved(texts, files);
  }

  private static List<Said> interleaved(List<Text> texts, List<Attachment> files) {
    List<Said> said = new ArrayList<>(texts.size() + files.size());
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      while (next < files.size() && plausible(files, next) < plausible(texts, i)) {
        said.add(files.get(next++));
      }
      said.add(texts.get(i));
    }
    said.addAll(files.subList(next, files.size()));
    return said;
  }

  /** The time of a row; one that stands out between its neighbours would hold up all behind it. */
  private static long plausible(List<? extends Said> rows, int at) {
    long time = rows.get(at).time();
    long before = at > 0 ? rows.get(at - 1).time() : Long.MIN_VALUE;
    long after = at + 1 < rows.size() ? rows.get(at + 1).time() : Long.MAX_VALUE;
    return before <= after ? Math.clamp(time, before, after) : time;
  }

  /** What was said to one person. */
  List<Text> privately() {
    Set<UUID> ids = new HashSet<>();
    return read(
        PRIVATE,
        Kind.PRIVATE,
        "id, source_user, target_user, time, text",
        (row, place) ->
            new Text(
                id(
                    ids,
                    place,
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6)),
                place,
                text(row, 3, "author"),
                text(row, 4, "receiver"),
                time(row, 5),
                words(row, 6)));
  }

  /** Rows may have no ID, so two of them may be the same: each has an id of its own. */
  private static UUID id(Set<UUID> ids, String... parts) {
    UUID id = SeedRow.idOf(parts);
    for (int again = 2; !ids.add(id); again++) {
      List<String> more = new ArrayList<>(Arrays.asList(parts));
      more.add("again " + again);
      id = SeedRow.idOf(more.toArray(String[]::new));
    }
    return id;
  }

  /**
   * Writes what is in a file.
   *
   * @throws SQLException if it can't be read, as in a damaged database
   */
  void content(Attachment attachment, Path target) throws IOException, SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT FILECONTENT FROM " + FILES + " WHERE rowid = ?")) {
      query.setLong(1, attachment.number());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("its row is not there");
        }
        byte[] bytes = row.getBytes(1);
        Files.write(target, bytes == null ? new byte[0] : bytes);
      }
    }
  }

  /**
   * Reads a table as far as it can be read.
   *
   * @param columns the first one names the row for people; it is the second one that is read
   */
  private <T> List<T> read(String table, Kind kind, String columns, Reader<T> reader) {
    List<T> all = new ArrayList<>();
    if (!tables.contains(table)) {
      return all;
    }
    String last = "";
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rowid, " + columns + " FROM " + table + " ORDER BY rowid")) {
      while (rows.next()) {
        String place = table + " " + rows.getString(2);
        last = " behind row " + rows.getString(1);
        try {
          all.add(reader.row(rows, place));
        } catch (BrokenRowException e) {
          broken.accept(kind, place, String.valueOf(e.getMessage()));
        }
      }
    } catch (SQLException e) {
      broken.accept(kind, table, "can't be read" + last + ": " + e.getMessage());
    }
    return all;
  }

  private static String present(ResultSet row, int column, String what)
      throws SQLException, BrokenRowException {
    String text = row.getString(column);
    if (text == null || text.isEmpty()) {
      throw new BrokenRowException("it has no " + what);
    }
    return text;
  }

  private static String text(ResultSet row, int column, String what)
      throws SQLException, BrokenRowException {
    String text = present(row, column, what);
    if (text.indexOf('\0') >= 0) {
      throw new BrokenRowException("its " + what + " holds a zero character");
    }
    return text;
  }

  /**
   * As it would be taken from an original client: line feeds as line ends, blanks for other control
   * characters. Its window ends each text with a line feed.
   */
  private static String words(ResultSet row, int column) throws SQLException, BrokenRowException {
    String words =
        CONTROLS
            .matcher(present(row, column, "text").replace("\r\n", "\n").replace('\r', '\n'))
            .replaceAll(" ")
            .stripTrailing();
    for (Map.Entry<String, String> emoji : EMOJI.entrySet()) {
      words = words.replace(emoji.getKey(), emoji.getValue());
    }
    if (words.isEmpty()) {
      throw new BrokenRowException("there is nothing in it");
    }
    return words;
  }

  /** As an earlier build imported a text. */
  static String earlier(String text) {
    String earlier = text;
    for (Map.Entry<String, String> emoji : EARLIER.entrySet()) {
      earlier = earlier.replace(emoji.getKey(), emoji.getValue());
    }
    return earlier;
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
