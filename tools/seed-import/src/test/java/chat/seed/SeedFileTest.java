// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.seed.SeedRow.Attachment;
import chat.seed.SeedRow.Friends;
import chat.seed.SeedRow.Said;
import chat.seed.SeedRow.Text;
import chat.seed.SeedRow.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads databases in the schema of the original. */
class SeedFileTest {
  /** Word for word as the original makes them: IDs are TEXT, times are DATETIME. */
  private static final List<String> VERSION_1 =
      List.of(
          "USERINFO(USERNAME TEXT primary key, PASSWORD TEXT)",
          "GROUP_CHAT_HISTORY(ID TEXT primary key, SOURCE_USER TEXT, TIME DATETIME, CONTENT TEXT,"
              + " foreign key(SOURCE_USER) references USERINFO(USERNAME))",
          "GROUP_FILE_HISTORY(ID TEXT primary key, SOURCE_USER TEXT, TIME DATETIME, FILENAME TEXT,"
              + " FILECONTENT TEXT, foreign key(SOURCE_USER) references USERINFO(USERNAME))");

  private static final List<String> VERSION_2 =
      List.of(
          "FRIENDS(USERNAME1, USERNAME2)",
          "HISTORY_PRIVATE_CHAT(id, target_user, source_user, time, text)");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final String NOON = "2021-06-01 12:00:00";

  @TempDir Path folder;
  private final List<String> broken = new ArrayList<>();
  private Path file;

  @BeforeEach
  void createVersion1() throws SQLException {
    file = folder.resolve("chat.db");
    createTables(VERSION_1);
  }

  private void createTables(List<String> tables) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute("CREATE TABLE " + table);
      }
    }
  }

  private void insert(String table, Object... values) throws SQLException {
    String marks = "?" + ", ?".repeat(values.length - 1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.execute();
    }
  }

  private SeedFile open() throws IOException {
    return open(ZoneOffset.UTC);
  }

  private SeedFile open(ZoneId zone) throws IOException {
    return SeedFile.open(file, zone, (kind, place, why) -> broken.add(place + ": " + why));
  }

  private void text(Object id, String author, String time, String content) throws SQLException {
    insert("GROUP_CHAT_HISTORY", id, author, time, content);
  }

  @Test
  void usersComeWithTheirPasswordsAndNeverShowThem() throws Exception {
    insert("USERINFO", "小明", "secret");
    try (SeedFile seed = open()) {
      assertEquals(List.of(new User("小明", "secret")), seed.users());
      assertEquals("user 小明", seed.users().getFirst().toString());
    }
  }

  @Test
  void textsAndFilesAreInTheOrderOfTheirTimes() throws Exception {
    text(1, "ann", NOON, "first\n");
    text(2, "ben", "2021-06-01 12:02:00", "third\n");
    insert("GROUP_FILE_HISTORY", 1, "ann", "2021-06-01 12:01:00", "b.txt", new byte[] {7});
    insert("GROUP_FILE_HISTORY", 2, "ann", "2021-06-01 12:03:00", "d.txt", null);
    try (SeedFile seed = open()) {
      List<Said> said = seed.said();
      assertEquals(
          List.of(
              "GROUP_CHAT_HISTORY 1",
              "GROUP_FILE_HISTORY 1",
              "GROUP_CHAT_HISTORY 2",
              "GROUP_FILE_HISTORY 2"),
          said.stream().map(Said::place).toList());
      Path target = folder.resolve("content");
      seed.content((Attachment) said.get(1), target);
      assertArrayEquals(new byte[] {7}, Files.readAllBytes(target));
      seed.content((Attachment) said.get(3), target);
      assertEquals(0, Files.size(target));
    }
  }

  @Test
  void aTimeIsThatOfTheGivenZoneAndTheIdIsTheSameInEach() throws Exception {
    text(1, "ann", NOON, "hello");
    text(2, "ann", NOON, "hello");
    List<Said> utc;
    List<Said> shanghai;
    try (SeedFile seed = open()) {
      utc = seed.said();
    }
    try (SeedFile seed = open(ZoneId.of("Asia/Shanghai"))) {
      shanghai = seed.said();
    }
    assertEquals(Instant.parse("2021-06-01T12:00:00Z").toEpochMilli(), utc.getFirst().time());
    assertEquals(Instant.parse("2021-06-01T04:00:00Z").toEpochMilli(), shanghai.getFirst().time());
    assertEquals(utc.getFirst().id(), shanghai.getFirst().id());
    assertTrue(!utc.get(0).id().equals(utc.get(1).id()), "two rows with one id");
  }

  @Test
  void emojiAndLineEndsAreThoseOfToday() throws Exception {
    text(1, "ann", NOON, "[emoji-happy] two\r\nlines [emoji-hotpot]\n\n");
    try (SeedFile seed = open()) {
      assertEquals("😜 two\nlines 🥘", ((Text) seed.said().getFirst()).text());
    }
  }

  @Test
  void aBrokenRowIsToldAndLeftOut() throws Exception {
    text(1, "ann", "soon", "when?");
    text(2, null, NOON, "who?");
    text(3, "ann", NOON, " \n");
    text(4, "an\0n", NOON, "zero character");
    text(5, "ann", NOON, "sound");
    try (SeedFile seed = open()) {
      assertEquals(List.of("GROUP_CHAT_HISTORY 5"), seed.said().stream().map(Said::place).toList());
    }
    assertEquals(
        List.of(
            "GROUP_CHAT_HISTORY 1: its time is none: soon",
            "GROUP_CHAT_HISTORY 2: it has no author",
            "GROUP_CHAT_HISTORY 3: there is nothing in it",
            "GROUP_CHAT_HISTORY 4: its author holds a zero character"),
        broken);
  }

  /** Shown against what the original itself would read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void twentyThousandTextsAreInTheOrderOfTheOriginalsOwnSelect(int version) throws Exception {
    insertMuch(version);
    try (SeedFile seed = open()) {
      List<Said> said = seed.said();
      List<String> places = said.stream().map(Said::place).toList();
      assertEquals(
          selected("GROUP_CHAT_HISTORY"), places.stream().filter(p -> p.contains("CHAT")).toList());
      assertEquals(
          selected("GROUP_FILE_HISTORY"), places.stream().filter(p -> p.contains("FILE")).toList());
      for (int file : List.of(1, 150)) {
        int at = places.indexOf("GROUP_FILE_HISTORY " + file);
        assertEquals("GROUP_CHAT_HISTORY " + 66 * file, places.get(at - 1));
        assertEquals("GROUP_CHAT_HISTORY " + (66 * file + 1), places.get(at + 1));
        Path target = folder.resolve("content");
        seed.content((Attachment) said.get(at), target);
        assertEquals("file " + file, Files.readString(target));
      }
      if (version == 2) {
        assertEquals(
            selected("HISTORY_PRIVATE_CHAT"), seed.privately().stream().map(Text::place).toList());
      }
      assertEquals(20_300, said.stream().map(Said::id).distinct().count());
    }
    assertEquals(List.of(), broken);
  }

  private void insertMuch(int version) throws Exception {
    if (version == 2) {
      createTables(VERSION_2);
    }
    List<Object[]> texts = new ArrayList<>();
    List<Object[]> files = new ArrayList<>();
    List<Object[]> secrets = new ArrayList<>();
    LocalDateTime begin = LocalDateTime.of(2021, 6, 1, 12, 0);
    for (int i = 1; i <= 20_000; i++) {
      // Ten texts a minute; the clock is set back in the middle.
      LocalDateTime time = begin.plusSeconds(6L * i - (i > 10_000 ? 3_600 : 0));
      texts.add(new Object[] {Integer.toString(i), "ann", TIME.format(time), "text " + i + "\n"});
      if (i % 66 == 0 && files.size() < 300) {
        String id = Integer.toString(files.size() + 1);
        Object content = files.size() % 2 == 0 ? "file " + id : ("file " + id).getBytes(UTF_8);
        String now = TIME.format(time.plusSeconds(1));
        files.add(new Object[] {id, "ben", now, "f" + id + ".txt", content});
      }
      if (i % 10 == 0) {
        String id = Integer.toString(secrets.size() + 1);
        secrets.add(new Object[] {id, "ben", "ann", TIME.format(time), "secret " + id});
      }
    }
    insertAll("GROUP_CHAT_HISTORY", texts);
    insertAll("GROUP_FILE_HISTORY", files);
    if (version == 2) {
      insertAll("HISTORY_PRIVATE_CHAT", secrets);
    }
  }

  /** The IDs in the order in which a plain SELECT gives them. */
  private List<String> selected(String table) throws SQLException {
    List<String> places = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      while (rows.next()) {
        places.add(table + " " + rows.getString(1));
      }
    }
    return places;
  }

  private void insertAll(String table, List<Object[]> all) throws SQLException {
    String marks = "?" + ", ?".repeat(all.getFirst().length - 1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
        for (Object[] values : all) {
          for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    }
  }

  @Test
  void oneOddTimeLeavesTheOthersInTheirPlaces() throws Exception {
    for (int i = 1; i <= 9; i++) {
      text(
          "" + i, "ann", i == 5 ? "9999-12-31 23:59:59" : "2021-06-01 12:0%d:00".formatted(i), "x");
      String time = i == 1 ? "2099-01-01 00:00:00" : "2021-06-01 12:0%d:30".formatted(i);
      insert("GROUP_FILE_HISTORY", "" + i, "ann", time, "f", "");
    }
    try (SeedFile seed = open()) {
      assertEquals(18, seed.said().size());
      List<String> places = seed.said().stream().map(Said::place).toList();
      for (int i : List.of(3, 4, 7, 8)) {
        assertEquals(
            "GROUP_CHAT_HISTORY " + i,
            places.get(places.indexOf("GROUP_FILE_HISTORY " + i) - 1),
            places::toString);
      }
    }
  }

  @Test
  void oddIdsKeepTheirRowsApartAndTheirFilesWhole() throws Exception {
    for (Object id : new Object[] {"007", "x y", null, null, 3.5}) {
      text(id, "ann", NOON, "same");
      insert("GROUP_FILE_HISTORY", id, "ann", NOON, "a.txt", "of " + id);
    }
    try (SeedFile seed = open()) {
      List<Said> said = seed.said();
      assertEquals(10, said.stream().map(Said::id).distinct().count());
      List<String> contents = new ArrayList<>();
      for (Said each : said) {
        if (each instanceof Attachment attachment) {
          Path target = folder.resolve("content");
          seed.content(attachment, target);
          contents.add(Files.readString(target));
        }
      }
      assertEquals(List.of("of 007", "of x y", "of null", "of null", "of 3.5"), contents);
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void controlCharactersAreBlanksAsTheyAreLive() throws Exception {
    text("1", "ann", NOON, "a bell\u0007, a zero\0, an escape\u001b[31m\rnext\ttab\n");
    try (SeedFile seed = open()) {
      assertEquals(
          "a bell , a zero , an escape [31m\nnext\ttab", ((Text) seed.said().getFirst()).text());
    }
  }

  @Test
  void aDamagedTableIsToldAndTheOthersCome() throws Exception {
    createTables(VERSION_2);
    insert("USERINFO", "ann", "secret");
    List<Object[]> texts = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      texts.add(new Object[] {Integer.toString(i), "ann", NOON, "x".repeat(200) + "\n"});
    }
    insertAll("GROUP_CHAT_HISTORY", texts);
    insert("GROUP_FILE_HISTORY", "1", "ann", NOON, "a.txt", "whole");
    insert("HISTORY_PRIVATE_CHAT", "1", "ben", "ann", NOON, "psst");
    damageLeafOf("GROUP_CHAT_HISTORY");
    try (SeedFile seed = open()) {
      assertEquals(1, seed.users().size());
      List<Said> said = seed.said();
      assertEquals("GROUP_CHAT_HISTORY 1", said.getFirst().place());
      assertEquals("GROUP_FILE_HISTORY 1", said.getLast().place());
      assertTrue(said.size() > 10 && said.size() < 501, said.size() + " rows");
      assertEquals(1, seed.privately().size());
    }
    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.getFirst().startsWith("GROUP_CHAT_HISTORY: can't be read behind row "));
  }

  /** Makes nonsense of a page in the middle of a table. */
  private void damageLeafOf(String table) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    int size = ((bytes[16] & 0xff) << 8) | (bytes[17] & 0xff);
    byte[] wanted = ("250ann" + NOON).getBytes(UTF_8);
    int at = new String(bytes, ISO_8859_1).indexOf(new String(wanted, ISO_8859_1));
    assertTrue(at > 0, "row 250 of " + table + " is not found");
    Arrays.fill(bytes, at / size * size, (at / size + 1) * size, (byte) 0x7f);
    Files.write(file, bytes);
  }

  @Test
  void version1HasNeitherFriendsNorPrivateTexts() throws Exception {
    try (SeedFile seed = open()) {
      assertEquals(List.of(), seed.friends());
      assertEquals(List.of(), seed.privately());
    }
  }

  @Test
  void friendsArePairedOnceAndPrivateTextsHaveTheirReceiver() throws Exception {
    createTables(VERSION_2);
    insert("FRIENDS", "ann", "ben");
    insert("FRIENDS", "ben", "ann");
    insert("FRIENDS", "ann", "cleo");
    insert("HISTORY_PRIVATE_CHAT", 1, "ben", "ann", NOON, "psst\n");
    try (SeedFile seed = open()) {
      assertEquals(List.of(new Friends("ann", "ben"), new Friends("ann", "cleo")), seed.friends());
      Text text = seed.privately().getFirst();
      assertEquals("ann", text.author());
      assertEquals("ben", text.peer());
      assertEquals("psst", text.text());
    }
  }

  @Test
  void whatIsNoDatabaseOfTheOriginalIsNamed() throws Exception {
    file = folder.resolve("none.db");
    assertTrue(why().contains("there is no file"));
    Files.writeString(file, "this is no database, however long the text in it may be");
    assertTrue(why().contains("is no database of the chat room"));
    file = folder.resolve("other.db");
    createTables(List.of("SOMETHING (CONTENT TEXT)"));
    assertTrue(why().contains("no table USERINFO"));
  }

  private String why() {
    return assertThrows(IOException.class, () -> open().close()).getMessage();
  }
}
