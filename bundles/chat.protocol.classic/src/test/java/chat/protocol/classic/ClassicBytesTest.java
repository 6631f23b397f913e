// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomState;
import chat.protocol.tck.AdapterSimulation;
import chat.protocol.tck.ModelServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each of the original's words, byte for byte, in both directions. {@code ·} stands for one or more
 * blanks and {@code °} for one or more zeros that fill a frame up; they are not part of the words.
 */
class ClassicBytesTest {
  private static final String ANNA = "anna";
  private static final Person BOB = ModelServer.BOB;
  private static final Person CAROL = ModelServer.CAROL;
  private static final int FRAME = 1_024;

  private final ModelServer server = new ModelServer();
  private final AdapterSimulation client =
      new AdapterSimulation(
              server, clock -> new ClassicAdapter(clock, ZoneOffset.UTC, UUID::randomUUID))
          .begins();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void hears(String... frames) {
    assertEquals(List.of(frames), client.sent().stream().map(ClassicBytesTest::shown).toList());
  }

  /** What fills a frame is replaced by one sign, if it does fill it. */
  private static String shown(byte[] frame) {
    String text = new String(frame, StandardCharsets.UTF_8);
    if (frame.length != FRAME) {
      return text;
    }
    int separator = text.indexOf("\n\n");
    String header = text.substring(0, separator);
    String body = text.substring(separator + 2);
    if (body.isBlank() && !body.isEmpty()) {
      return header + "\n\n·";
    }
    String filled =
        header.replaceFirst(" +(?=$|\r\n)", "·").replaceFirst("(?<=\r\n)0+(?=\\d)", "°");
    return filled + "\n\n" + body;
  }

  private void entered() {
    for (byte[] request : ClassicAdapterTest.entry()) {
      client.says(request).waits(500);
    }
    client.sent();
  }

  private void loggedIn() {
    client.says(ClientWords.logIn(ANNA, ModelServer.PASSWORD)).says(ClientWords.online());
    client.sent();
  }

  private void tells(long room, Person author, Content content) {
    Event.Entry entry = server.stands(room, author, content);
    assertTrue(client.tells(entry));
  }

  private void tells(Person author, String text) {
    tells(RoomInfo.LOBBY, author, new Content.Text(text));
  }

  private String saidLast() {
    Event.Entry last = server.entries().getLast();
    return assertInstanceOf(Content.Text.class, last.content()).text();
  }

  @Test
  void theBeginningSaysNothing() {
    hears();
  }

  @Test
  void logIn() {
    client.says(utf8("1anna\r\nwrong1\n\n"));
    hears("102\n\n·");
    client.says(utf8("1nobody\r\nsecret1\n\n"));
    hears("103\n\n·");
    client.says(utf8("1bob\r\nsecret1\n\n"));
    hears("104\n\n·");
    client.says(utf8("1anna\r\nsecret1\n\n"));
    hears("101\n\n·");
  }

  @Test
  void register() {
    client.says(utf8("2dora\r\nabc123\n\n"));
    hears("201\n\n·");
    client.says(utf8("2dora\r\nabc123\n\n"));
    hears("202\n\n·");
    client.says(utf8("1dora\r\nabc123\n\n"));
    hears("101\n\n·");
    assertTrue(client.asked().stream().anyMatch(Command.LogOut.class::isInstance));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc12", "abcdefghijklmnop1", "abcdefg", "1234567", "abc 123"})
  void aPasswordAgainstTheClientsOwnRuleIsRefused(String password) {
    client.says(ClientWords.register("emil", password));
    hears("202\n\n·");
    assertFalse(client.asked().stream().anyMatch(Command.Register.class::isInstance));
  }

  @ParameterizedTest
  @CsvSource({"NAME_INVALID", "REGISTRATION_CLOSED", "PASSWORD_INVALID", "INTERNAL"})
  void aRefusedRegistrationIsAnswered(Problem problem) {
    server.failNext(problem, 0);
    client.says(ClientWords.register("emil", "abc123"));
    hears("202\n\n·");
  }

  @Test
  void whatIsTooMuchForNowIsTriedAgain() {
    server.failNext(Problem.BUSY, 3_000);
    client.says(ClientWords.logIn(ANNA, ModelServer.PASSWORD));
    hears();
    client.waits(2_900);
    hears();
    client.waits(200);
    hears("101\n\n·");
  }

  @Test
  void tooManyLogInsAndRegistrationsAreAnsweredAtOnceAndLogged() {
    server.failNext(Problem.TOO_MANY, 20_000);
    client.says(ClientWords.logIn(ANNA, ModelServer.PASSWORD));
    hears("102\n\n·");
    server.failNext(Problem.TOO_MANY, 20_000);
    client.says(ClientWords.register("emil", "abc123"));
    hears("202\n\n·");
    assertEquals(2, client.complaints().size());
    assertTrue(
        client.complaints().stream().allMatch(line -> line.contains("was refused: TOO_MANY")),
        () -> client.complaints().toString());
    client.says(ClientWords.register("emil", "abc123"));
    hears("201\n\n·");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4\n\n",
        "8\n\n",
        "5\n\nanna",
        "0\n\nanna",
        "3\r\n6\n\nhello\n",
        "6\r\n13\n\n[emoji-happy]",
        "7\r\na.txt\r\n3\n\nabc",
        "98anna\r\nbob\n\n",
        "99\n\nanna\r\nnotes.txt",
        "9\n\nanna\r\nbob"
      })
  void nothingIsAnsweredBeforeLogIn(String request) {
    client.says(utf8(request)).waits(1_000);
    hears("900·\n\n");
    assertEquals(1, client.complaints().size());
    assertEquals(1, client.asked().size(), "no more than Hello");
    client.says(utf8("1anna\r\nsecret1\n\n"));
    hears("101\n\n·");
  }

  @Test
  void whoIsHere() {
    server.here(CAROL, true);
    loggedIn();
    client.says(utf8("4\n\n"));
    hears("401\n\nbob\r\ncarol\r\nanna");
  }

  @Test
  void friends() {
    loggedIn();
    client.says(utf8("0\n\nanna"));
    hears("295·\n\ncarol");
  }

  @Test
  void twoFriends() {
    server.relation(BOB, Relation.FRIEND);
    loggedIn();
    client.says(utf8("0\n\nanna"));
    hears("295·\n\nbob\r\ncarol");
  }

  @Test
  void noFriends() {
    server.relation(CAROL, Relation.NONE);
    loggedIn();
    client.says(utf8("0\n\nanna"));
    hears("297·\n\n");
  }

  @Test
  void privateHistory() {
    long room = server.direct(CAROL);
    server.stands(room, CAROL, new Content.Text("first\tone\nand more"));
    server.stands(room, ModelServer.ANNA, new Content.Text("🎂"));
    loggedIn();
    client.says(utf8("98anna\r\ncarol\n\n"));
    hears(
        "292anna·\r\ncarol\n\n"
            + "carol\t1970-01-01 00:01:00\tfirst one\nand more\n\r\n"
            + "anna\t1970-01-01 00:02:00\t[emoji-cake]\n");
  }

  @Test
  void noPrivateHistory() {
    loggedIn();
    client.says(utf8("98anna\r\ncarol\n\n"));
    hears("293anna·\r\ncarol\n\n");
    client.says(utf8("98anna\r\nnobody\n\n"));
    hears("293anna·\r\nnobody\n\n");
  }

  @Test
  void aBrokenPrivateHistoryIsSaid() {
    server.direct(CAROL);
    loggedIn();
    client.losesAnswer(1).says(utf8("98anna\r\ncarol\n\n"));
    server.failNext(Problem.INTERNAL, 0);
    client.begins();
    hears("294·\n\n");
  }

  @Test
  void theFileList() {
    for (int i = 1; i <= 6; i++) {
      server.stands(BOB, "f" + i + ".txt", utf8("content"));
    }
    server.stands(BOB, "f5.txt", utf8("another"));
    loggedIn();
    client.says(utf8("8\n\n"));
    hears("801·\n\nf5.txt\r\nf6.txt\r\nf4.txt\r\nf3.txt\r\n");
  }

  @Test
  void theHistory() {
    for (int i = 1; i <= 7; i++) {
      server.stands(RoomInfo.LOBBY, BOB, new Content.Text("text " + i));
    }
    loggedIn();
    client.says(utf8("5\n\nanna"));
    hears(
        "501\r\n°170\n\n"
            + "bob\t1970-01-01 00:07:00\ttext 7\n\t\r\n"
            + "bob\t1970-01-01 00:06:00\ttext 6\n\t\r\n"
            + "bob\t1970-01-01 00:05:00\ttext 5\n\t\r\n"
            + "bob\t1970-01-01 00:04:00\ttext 4\n\t\r\n"
            + "bob\t1970-01-01 00:03:00\ttext 3\n\t\r\n");
  }

  @Test
  void theHistoryOfTheFirstVersionsRequests() {
    loggedIn();
    client.says(utf8("5anna\n\n"));
    assertEquals(1, client.sent().size());
    client.says(utf8("5\n\n")).waits(100);
    assertEquals(0, client.sent().size());
    client.waits(150);
    assertEquals(1, client.sent().size());
  }

  @Test
  void aHistoryBehindManyOtherEntriesIsFound() {
    Event.Entry first = server.stands(RoomInfo.LOBBY, BOB, new Content.Text("old"));
    server.stands(RoomInfo.LOBBY, BOB, new Content.Edited(first.number(), "new", List.of()));
    for (int i = 0; i < 500; i++) {
      server.stands(RoomInfo.LOBBY, BOB, new Content.Joined());
    }
    loggedIn();
    client.says(utf8("5\n\nanna"));
    hears("501\r\n°31\n\nbob\t1970-01-01 00:01:00\tnew\n\t\r\n");
  }

  @Test
  void theTextsOfTheHistoryAreShortenedSoThatAllHaveRoomAndNoneIsCut() {
    for (String text : List.of("长".repeat(3_000), "short", "a\tb\r\nc\rd", "é".repeat(900), "x")) {
      server.stands(RoomInfo.LOBBY, BOB, new Content.Text(text));
    }
    loggedIn();
    client.says(utf8("5\n\nanna"));
    byte[] frame = client.sent().getFirst();
    assertEquals(FRAME, frame.length);
    String body = new String(frame, StandardCharsets.UTF_8).split("\n\n", 2)[1];
    String[] rows = body.split("\r\n");
    assertEquals(5, rows.length);
    for (String row : rows) {
      String[] columns = row.split("\t", -1);
      assertEquals(4, columns.length, row);
      assertEquals("bob", columns[0]);
      assertTrue(columns[1].matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"), columns[1]);
      assertEquals("", columns[3]);
    }
    assertEquals("a b\nc\nd\n", rows[2].split("\t")[2]);
    assertTrue(rows[4].split("\t")[2].matches("长{50,}…\n"), rows[4]);
    assertTrue(rows[1].split("\t")[2].matches("é{50,}…\n"), rows[1]);
  }

  @Test
  void aBrokenHistoryIsSaidAndTheClientGoesOn() {
    loggedIn();
    server.failNext(Problem.INTERNAL, 0);
    client.says(utf8("5\n\nanna"));
    hears("502·\n\n");
    tells(BOB, "hello");
    hears("301bob\r\n°6\n\nhello\n");
  }

  @Test
  void nothingIsPushedUntilTheHistoryIsThereAndThenNothingTwice() {
    loggedIn();
    client.says(utf8("4\n\n"));
    hears("401\n\nbob\r\nanna");
    Event.Entry seen = server.stands(RoomInfo.LOBBY, BOB, new Content.Text("seen"));
    assertFalse(client.tells(seen), "it waits");
    server.here(CAROL, true);
    server.here(BOB, false);
    client.present(server.online());
    hears();
    client.says(utf8("5\n\nanna"));
    hears("501\r\n°32\n\nbob\t1970-01-01 00:01:00\tseen\n\t\r\n", "800·\n\nbob", "105·\n\ncarol");
    assertTrue(client.tells(seen));
    hears();
    tells(BOB, "more");
    hears("301bob\r\n°5\n\nmore\n");
  }

  @Test
  void comingAndGoing() {
    entered();
    server.here(CAROL, true);
    client.present(server.online());
    hears("105·\n\ncarol");
    client.present(server.online());
    hears();
    server.here(CAROL, false);
    client.present(server.online());
    hears("800·\n\ncarol");
    client.present(List.of());
    hears("800·\n\nbob");
  }

  @Test
  void whoHadNoRoomInTheListNeitherComesNorGoes() {
    List<Person> crowd =
        IntStream.range(10, 200).mapToObj(i -> new Person(i, "person number " + i)).toList();
    crowd.forEach(each -> {
      server.person(each.account(), each.name());
      server.here(each, true);
    });
    loggedIn();
    client.says(utf8("4\n\n"));
    byte[] list = client.sent().getFirst();
    assertTrue(list.length <= FRAME && list.length > 900, "bytes: " + list.length);
    String text = new String(list, StandardCharsets.UTF_8);
    assertTrue(text.endsWith("\r\nanna"), text);
    int listed = text.split("\r\n").length - 1;
    client.says(utf8("5\n\nanna"));
    client.sent();
    client.present(server.online());
    hears();
    client.present(List.of());
    assertEquals(listed, client.sent().size(), "who was listed goes, nobody else");
  }

  @Test
  void aTextOfTheRoom() {
    entered();
    client.says(utf8("3\r\n8\n\n你 é 😀 x\n"));
    assertEquals("你 é 😀 x", saidLast());
    client.tells(server.entries().getLast());
    hears();
    tells(BOB, "two\nlines");
    hears("301bob\r\n°10\n\ntwo\nlines\n");
  }

  @Test
  void whatIsImportedIsNotHeardAsNew() {
    server.stands(RoomInfo.LOBBY, BOB, new Content.Text("before"));
    entered();
    client.tells(told(RoomInfo.LOBBY, new Content.Text("said years ago")));
    client.tells(told(RoomInfo.LOBBY, new Content.File("old.txt", "", 1, new byte[32])));
    hears();
    tells(BOB, "now");
    hears("301bob\r\n°4\n\nnow\n");
    long room = server.direct(BOB);
    server.stands(room, BOB, new Content.Text("psst"));
    RoomState place = new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, "");
    client.tells(new Event.RoomChanged(server.info(room), place));
    hears("905·\n\nbob", "303·\n\nbob\r\npsst\n");
    client.tells(told(room, new Content.Text("said years ago")));
    hears();
  }

  /** Imported: the number is the next one, the time is that of long ago. */
  private Event.Entry told(long room, Content content) {
    Event.Entry entry = server.stands(room, BOB, content);
    return new Event.Entry(
        entry.room(), entry.number(), entry.id(), entry.author(), 1, entry.content());
  }

  @Test
  void ownWordsFromAnotherDeviceAreHeard() {
    entered();
    tells(ModelServer.ANNA, "said elsewhere");
    hears("301anna\r\n°15\n\nsaid elsewhere\n");
  }

  @Test
  void aTextThatLooksLikeRequestsIsText() {
    entered();
    client.says(ClientWords.text("", "4\n\n1bob\r\nsecret1\n\n"));
    assertEquals("4\n\n1bob\nsecret1\n\n", saidLast());
    hears();
  }

  @Test
  void anEmptyTextIsNotSaid() {
    entered();
    server.failNext(Problem.TEXT_EMPTY, 0);
    client.says(utf8("3\r\n1\n\n\n"));
    String notice = "Your message was not sent: it is empty.\n";
    hears("301<Server>\r\n°" + notice.length() + "\n\n" + notice);
  }

  @Test
  void aTextThatIsTooLongIsPassedOverAndWhatFollowsIsUnderstood() {
    entered();
    String all = "é".repeat(100_000);
    byte[] request = ClientWords.text("", all);
    for (int at = 0; at < request.length; at += 7_001) {
      client.says(Arrays.copyOfRange(request, at, Math.min(request.length, at + 7_001)));
    }
    String notice = "Your message was not sent: it is too long.\n";
    hears("301<Server>\r\n°" + notice.length() + "\n\n" + notice);
    client.says(utf8("3\r\n3\n\nok\n"));
    assertEquals("ok", saidLast());
    assertEquals(List.of(), client.complaints());
  }

  @Test
  void aLongTextComesInSeveralFramesAndWhole() {
    entered();
    String text = ("word ".repeat(100) + "长".repeat(500) + "\n").repeat(3).strip();
    tells(BOB, text);
    List<byte[]> frames = client.sent();
    StringBuilder whole = new StringBuilder();
    for (byte[] frame : frames) {
      assertEquals(FRAME, frame.length);
      String[] parts = new String(frame, StandardCharsets.UTF_8).split("\n\n", 2);
      assertTrue(parts[0].matches("301bob\r\n0+\\d+"), parts[0]);
      assertFalse(parts[1].contains("�"), "cut inside a character");
      assertEquals(
          parts[1].codePointCount(0, parts[1].length()),
          Integer.parseInt(parts[0].split("\r\n")[1]));
      whole.append(parts[1]);
    }
    assertTrue(frames.size() > 5, "frames: " + frames.size());
    assertEquals(text.replace("\n", ""), whole.toString().replace("\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "[emoji-happy], 13, 😜",
    "[emoji-HappyWithHalo], 21, 😇",
    "[emoji-cake], 12, 🍰",
    "[emoji-hotpot], 14, 🥘"
  })
  void emoji(String word, int length, String character) {
    entered();
    client.says(utf8("6\r\n" + length + "\n\n" + word));
    assertEquals(character, saidLast());
    tells(BOB, character);
    hears("601bob\r\n°" + length + "\n\n" + word);
  }

  @Test
  void emojiWithinATextAreTheSameOnBothSides() {
    entered();
    client.says(ClientWords.text("", "two [emoji-cake][emoji-cake] and [emoji-other]"));
    assertEquals("two 🍰🍰 and [emoji-other]", saidLast());
    tells(BOB, "no 🥘, 🎂 please");
    String words = "no [emoji-hotpot], 🎂 please\n";
    hears("301bob\r\n°" + words.codePointCount(0, words.length()) + "\n\n" + words);
    tells(RoomInfo.LOBBY, BOB, new Content.Edited(1, "😀", List.of()));
    hears("301bob\r\n°23\n\n(edited) [emoji-happy]\n");
  }

  @Test
  void aRefusedEmojiIsSaid() {
    entered();
    server.failNext(Problem.NOT_ALLOWED, 0);
    client.says(utf8("6\r\n12\n\n[emoji-cake]"));
    String notice = "Your message was not sent: you may not write there.\n";
    hears("301<Server>\r\n°" + notice.length() + "\n\n" + notice, "602·\n\n");
  }

  @Test
  void aFile() {
    entered();
    byte[] content = ClientWords.content(300_000);
    client.says(ClientWords.file("picture.png", content));
    Event.Entry last = server.entries().getLast();
    Content.File file = assertInstanceOf(Content.File.class, last.content());
    assertEquals("picture.png", file.name());
    assertEquals("image/png", file.mediaType());
    assertArrayEquals(content, server.content(last.number()));
    client.tells(last);
    hears();
    tells(RoomInfo.LOBBY, BOB, new Content.File("their.txt", "text/plain", 77, new byte[32]));
    hears("701bob\r\ntheir.txt\r\n°77\n\n");
  }

  @Test
  void aFileThatIsTooLargeIsPassedOver() {
    entered();
    int size = 52_428_801;
    client.says(ClientWords.fileHeader("film.mp4", size));
    hears("702·\n\n");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) '4');
    for (int left = size; left > 0; left -= block.length) {
      client.says(Arrays.copyOf(block, Math.min(left, block.length)));
    }
    hears();
    client.says(utf8("3\r\n3\n\nok\n"));
    assertEquals("ok", saidLast());
  }

  @Test
  void theBytesOfAFileAreNeverRequestsHoweverLongTheyTake() {
    entered();
    byte[] content = ClientWords.text("", "one\n\n4\n\n7\r\nx\r\n5\n\n");
    client.says(ClientWords.fileHeader("requests.txt", content.length));
    for (byte each : content) {
      client.waits(60_000).says(new byte[] {each});
    }
    assertArrayEquals(content, server.content(server.entries().getLast().number()));
    client.says(utf8("3\r\n3\n\nok\n"));
    assertEquals("ok", saidLast());
    hears();
    assertEquals(List.of(), client.complaints());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatComesOfARefusedFileIsCountedOff(boolean exchanged) {
    entered();
    server.failNext(Problem.NOT_ALLOWED, 0);
    byte[] content = ClientWords.text("", "one\n\n4\n\n7\r\nx\r\n5\n\n");
    client.says(ClientWords.fileHeader("requests.txt", content.length));
    hears("702·\n\n");
    int asked = client.asked().size();
    for (byte each : content) {
      client.waits(60_000).says(new byte[] {each});
      if (exchanged) {
        client.begins().waits(60_000);
      }
    }
    assertEquals(asked, client.asked().size());
    client.says(utf8("3\r\n3\n\nok\n"));
    assertEquals("ok", saidLast());
    hears();
  }

  @Test
  void aFileBeforeLogInIsCountedOff() {
    client.says(ClientWords.fileHeader("early.txt", 19)).says(utf8("1anna\r\n"));
    client.waits(60_000).says(utf8("secret1\n\n..."));
    hears("900·\n\n");
    client.says(utf8("1anna\r\nsecret1\n\n"));
    hears("101\n\n·");
  }

  @Test
  void aTextIsWaitedForAsLongAsItTakes() {
    entered();
    client.says(utf8("3\r\n11\n\n4\n\n")).waits(60_000);
    hears();
    client.says(utf8("8\n\n more"));
    assertEquals("4\n\n8\n\n more", saidLast());
    hears();
  }

  @Test
  void aFileOutlivesTheServer() {
    entered();
    byte[] file = ClientWords.file("big.bin", ClientWords.content(500_000));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (int at = 0; at < file.length; at += 9_999) {
      byte[] part = Arrays.copyOfRange(file, at, Math.min(file.length, at + 9_999));
      said.writeBytes(part);
      client.says(part).begins();
    }
    assertArrayEquals(file, said.toByteArray());
    assertArrayEquals(
        ClientWords.content(500_000), server.content(server.entries().getLast().number()));
    hears();
  }

  @Test
  void aPrivateText() {
    entered();
    client.says(utf8("3bob\r\n6\n\nhello\n"));
    hears();
    assertEquals("hello", saidLast());
    long room = server.direct(BOB);
    assertEquals(room, server.entries().getLast().room());
    client.says(utf8("3carol\r\n6\n\nhello\n"));
    hears("304·\n\ncarol");
    client.says(utf8("3nobody\r\n6\n\nhello\n"));
    hears("903·\n\n");
    client.says(utf8("3anna\r\n6\n\nhello\n"));
    hears("903·\n\n");
  }

  @Test
  void aPrivateTextThatComes() {
    entered();
    long room = server.direct(BOB);
    server.stands(room, BOB, new Content.Text("psst"));
    RoomState place = new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, "");
    client.tells(new Event.RoomChanged(server.info(room), place));
    hears("905·\n\nbob", "303·\n\nbob\r\npsst\n");
    tells(room, BOB, new Content.Text("a\r\nb\rc\td"));
    hears("303·\n\nbob\r\na\nb\nc\td\n");
    tells(room, ModelServer.ANNA, new Content.Text("from elsewhere"));
    hears();
    client.tells(new Event.RoomChanged(server.info(room), place));
    hears();
  }

  @Test
  void entriesOfOtherRoomsAreNotShown() {
    entered();
    tells(77, BOB, new Content.Text("somewhere else"));
    hears();
  }

  @Test
  void whatIsDoneToAMessage() {
    entered();
    tells(RoomInfo.LOBBY, BOB, new Content.Edited(1, "better", List.of()));
    hears("301bob\r\n°16\n\n(edited) better\n");
    tells(RoomInfo.LOBBY, BOB, new Content.Deleted(1));
    tells(RoomInfo.LOBBY, BOB, new Content.Reacted(1, "🎂", true));
    tells(RoomInfo.LOBBY, BOB, new Content.Joined());
    hears();
  }

  @Test
  void friendship() {
    entered();
    client.says(utf8("9\n\nanna\r\ncarol")).waits(300);
    hears("902·\n\n");
    client.says(utf8("9\n\nanna\r\nnobody")).waits(300);
    hears("903·\n\n");
    client.says(utf8("9\n\nanna\r\nanna")).waits(300);
    hears("904·\n\n");
    client.says(utf8("9\n\nanna\r\nbob")).waits(300);
    hears("901·\n\nbob");
    assertTrue(
        client.asked().contains(new Command.UpdateContact(BOB.account(), ContactAction.REQUEST)),
        "bob is really asked");
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.OUTGOING, false)));
    client.says(utf8("9\n\nanna\r\nbob")).waits(300);
    hears("902·\n\n");
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.FRIEND, false)));
    hears();
  }

  @Test
  void whoAsksStandsInTheListAtOnceAndIsAddedForAYes() {
    entered();
    server.relation(BOB, Relation.INCOMING);
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.INCOMING, false)));
    String asks = "bob wants to be your friend. Add bob to say yes.\n";
    hears("905·\n\nbob", "301<Server>\r\n°" + asks.length() + "\n\n" + asks);
    client.says(utf8("9\n\nanna\r\nbob")).waits(300);
    String friends = "You and bob are friends now.\n";
    hears("301<Server>\r\n°" + friends.length() + "\n\n" + friends, "902·\n\n");
    assertTrue(
        client.asked().contains(new Command.UpdateContact(BOB.account(), ContactAction.REQUEST)));
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.FRIEND, false)));
    hears();
  }

  @Test
  void aFriendOfAnotherDeviceAppearsOnce() {
    entered();
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.FRIEND, false)));
    hears("905·\n\nbob");
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.NONE, false)));
    client.tells(new Event.ContactChanged(new Contact(BOB, Relation.FRIEND, false)));
    hears();
  }

  @ParameterizedTest
  @CsvSource({"INCOMING", "OUTGOING", "FRIEND"})
  void theListHoldsWhoAskedAndWhoWasAsked(Relation relation) {
    server.relation(BOB, relation);
    loggedIn();
    client.says(utf8("0\n\nanna"));
    byte[] frame = client.sent().getFirst();
    List<String> names =
        List.of(new String(frame, StandardCharsets.UTF_8).split("\n\n", 2)[1].split("\r\n"));
    assertEquals(Set.of("bob", "carol"), Set.copyOf(names));
  }

  @Test
  void theListHoldsRoomsOfTwo() {
    server.relation(CAROL, Relation.NONE);
    server.direct(BOB);
    loggedIn();
    client.says(utf8("0\n\nanna"));
    hears("295·\n\nbob");
  }

  @Test
  void download() {
    server.stands(BOB, "notes.txt", utf8("old"));
    server.stands(BOB, "notes.txt", utf8("what was noted\n\nand more"));
    server.stands(BOB, "large.txt", new byte[FRAME]);
    server.stands(BOB, "a.txt", utf8("x".repeat(FRAME - 5 - 5)));
    server.stands(BOB, "b.txt", utf8("x".repeat(FRAME - 5 - 4)));
    server.stands(BOB, "bytes.bin", new byte[] {1, (byte) 0xff, 2});
    server.stands(BOB, "../up.txt", utf8("up"));
    server.stands(BOB, "none.txt", new byte[0]);
    entered();
    client.says(utf8("99\n\nanna\r\nnotes.txt")).waits(300);
    hears("290notes.txt\n\nwhat was noted\n\nand more");
    client.says(utf8("99\n\nanna\r\na.txt")).waits(300);
    assertEquals(FRAME, client.sent().getFirst().length);
    client.says(utf8("99\n\nanna\r\nup.txt")).waits(300);
    hears("290up.txt\n\nup");
    client.says(utf8("99\n\nanna\r\nnone.txt")).waits(300);
    hears("290none.txt\n\n");
    client.says(utf8("99\n\nanna\r\nunknown.txt")).waits(300);
    hears("291·\n\n");
    for (String tooMuch : List.of("large.txt", "b.txt", "bytes.bin")) {
      client.says(utf8("99\n\nanna\r\n" + tooMuch)).waits(300);
      List<String> heard = client.sent().stream().map(ClassicBytesTest::shown).toList();
      assertEquals(2, heard.size(), heard.toString());
      assertTrue(heard.getFirst().startsWith("301<Server>"), heard.toString());
      assertEquals("291·\n\n", heard.getLast());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "3\r\nfive\n\nhello",
        "3\r\n-1\n\nhello",
        "3\n\nhello",
        "3bob\r\n1\r\n2\n\nhello",
        "3\r\n5\n\nhello, and more than was said",
        "4and more\n\n",
        "7\r\nname\n\n",
        "7\r\nname\r\nlarge\n\n",
        "98anna\n\n",
        "97\n\n",
        "1anna\r\nsecret1\n\n",
        "2dora\r\nabc123\n\n",
        "5\n\nbob",
        "5bob\n\n",
        "0\n\ncarol",
        "98bob\r\ncarol\n\n",
        "9\n\nbob\r\ncarol",
        "99\n\nbob\r\nnotes.txt"
      })
  void aMismatchIsAnsweredAndWhatFollowsIsUnderstood(String bad) {
    entered();
    int asked = client.asked().size();
    client.says(utf8(bad)).waits(11_000);
    hears("900·\n\n");
    assertEquals(1, client.complaints().size());
    assertEquals(asked, client.asked().size());
    client.says(utf8("3\r\n3\n\nok\n"));
    assertEquals("ok", saidLast());
    assertEquals(0, client.unread());
  }

  @Test
  void bytesThatAreNoCharactersAreAnswered() {
    entered();
    client.says(new byte[] {'3', '\r', '\n', '2', '\n', '\n', (byte) 0xc3, (byte) 0x28});
    hears("900·\n\n");
    client.says(new byte[] {'3', (byte) 0xff, '\r', '\n', '1', '\n', '\n', 'a'});
    hears("900·\n\n");
  }

  @Test
  void namesAndFilesOfOthersCanNotForgeAFrame() {
    entered();
    Person forger = new Person(66, "x\r\n5\n\n301anna\tlogin");
    tells(RoomInfo.LOBBY, forger, new Content.Text("text"));
    tells(RoomInfo.LOBBY, forger, new Content.File("a\r\nb\n\n.txt", "", 1, new byte[32]));
    tells(RoomInfo.LOBBY, forger, new Content.File("../../x/", "", 1, new byte[32]));
    client.present(List.of(forger));
    List<byte[]> frames = client.sent();
    assertEquals(5, frames.size());
    for (byte[] frame : frames) {
      assertEquals(FRAME, frame.length);
      String header = new String(frame, StandardCharsets.UTF_8).split("\n\n", 2)[0];
      String[] fields = header.split("\r\n", -1);
      switch (header.substring(0, 3)) {
        case "301" -> assertEquals(2, fields.length, header);
        case "701" -> assertEquals(3, fields.length, header);
        case "105", "800" -> assertEquals(1, fields.length, header);
        default -> throw new AssertionError(header);
      }
    }
    List<String> names = new ArrayList<>();
    frames.forEach(frame -> names.add(new String(frame, StandardCharsets.UTF_8)));
    assertTrue(names.get(2).contains("\r\nfile\r\n"), "a name of folders only is none");
    assertFalse(names.get(4).contains("\t"), "a tab in a name");
  }

  @Test
  void aReplyThatNobodyWaitsForIsIgnored() {
    entered();
    client.answered(1, new Reply.Done()).answered(999, new Reply.Done());
    hears();
  }
}
