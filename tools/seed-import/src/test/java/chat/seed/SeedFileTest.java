// SPDX-License-Identifier: Apache-2.0
package chat.seed;

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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads databases in the schema of the original. */
class SeedFileTest {
  private static final List<String> VERSION_1 =
      List.of(
          "USERINFO (USERNAME TEXT PRIMARY KEY, PASSWORD TEXT)",
          "GROUP_CHAT_HISTORY (ID INTEGER PRIMARY KEY, SOURCE_USER TEXT, TIME TEXT, CONTENT TEXT)",
          "GROUP_FILE_HISTORY (ID INTEGER PRIMARY KEY, SOURCE_USER TEXT, TIME TEXT,"
              + " FILENAME TEXT, FILECONTENT BLOB)");
  private static final List<String> VERSION_2 =
      List.of(
          "FRIENDS (USERNAME1 TEXT, USERNAME2 TEXT)",
          "HISTORY_PRIVATE_CHAT (id INTEGER PRIMARY KEY, target_user TEXT, source_user TEXT,"
              + " time TEXT, text TEXT)");
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
    return SeedFile.open(file, zone, (place, why) -> broken.add(place + ": " + why));
  }

  private void text(int id, String author, String time, String content) throws SQLException {
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
      assertEquals("😀 two\nlines 🍲", ((Text) seed.said().getFirst()).text());
    }
  }

  @Test
  void aBrokenRowIsToldAndLeftOut() throws Exception {
    text(1, "ann", "soon", "when?");
    text(2, null, NOON, "who?");
    text(3, "ann", NOON, " \n");
    text(4, "ann", NOON, "zero\0character");
    text(5, "ann", NOON, "sound");
    try (SeedFile seed = open()) {
      assertEquals(List.of("GROUP_CHAT_HISTORY 5"), seed.said().stream().map(Said::place).toList());
    }
    assertEquals(
        List.of(
            "GROUP_CHAT_HISTORY 1: its time is none: soon",
            "GROUP_CHAT_HISTORY 2: it has no author",
            "GROUP_CHAT_HISTORY 3: there is nothing in it",
            "GROUP_CHAT_HISTORY 4: its text holds a zero character"),
        broken);
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
