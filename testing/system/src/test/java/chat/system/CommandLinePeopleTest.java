// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Invitation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dialogues of people who have a terminal only. */
@Timeout(400)
class CommandLinePeopleTest extends CommandLineFixture {
  private static final String MARKUP =
      "<script>alert('1')</script> \"&amp;' </p><img src=x onerror=alert(2)>";
  private static final String HOSTILE = MARKUP + " \u202elive\u202c";
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
                  + "rkJggg==");

  @Test
  void peopleAndRooms() throws IOException, InterruptedException {
    says("anna", "room", "create", "Garden", "--topic", "what grows");
    says("ben", "friend", "add", "anna");
    contains(says("anna", "friend", "list"), "ben [asks you]");
    says("anna", "friend", "accept", "@ben");
    contains(says("ben", "friend", "list", "--json"), "\"relation\":\"friend\"");
    contains(mayNot("ben", "friend", "add", "nobody at all"), "PERSON_UNKNOWN");
    says("ben", "friend", "block", "anna");
    contains(says("ben", "friend", "list"), "anna [blocked]");
    says("ben", "friend", "unblock", "anna");

    types("ben", "profile", "set", "--display", "Ben <b>B</b>!", "--status", "你好 <&>");
    says("ben", "profile", "set", "--about", "two\nlines", "--show-seen", "off");
    contains(mayNot("ben", "profile", "set", "--status", "\u202e"), "NAME_INVALID");
    Path picture = Files.write(folder.resolve("me.png"), PICTURE);
    says("ben", "profile", "picture", picture.toString());
    contains(
        says("anna", "profile", "ben"),
        "display: Ben <b>B</b>!\n",
        "status: 你好 <&>\n",
        "about: two\n    lines\n");
    contains(says("ben", "profile", "--json"), "\"status\":\"你好 <&>\"", "\"showRead\":true");
    says("ben", "profile", "picture", "none");

    contains(says("ben", "room", "list", "--all"), "Garden (1 member) what grows");
    assertEquals("", says("ben", "room", "list", "no such room"));
    contains(mayNot("ben", "send", "--room", "Garden", "hello"), "there is no room Garden here");
    says("ben", "room", "join", "garden");
    contains(says("anna", "room", "members", "Garden"), "anna [owner]\n", "ben (Ben <b>B</b>!)\n");
    says("anna", "room", "mute", "Garden", "ben", "--for", "2h");
    contains(says("anna", "room", "members", "Garden"), "[muted]");
    contains(mayNot("ben", "send", "--room", "Garden", "hello"), "NOT_ALLOWED");
    says("anna", "room", "unmute", "Garden", "ben");
    says("ben", "send", "--room", "Garden", "hello");
    contains(says("anna", "room", "list"), "Garden (2 members) what grows [owner] [1 unread]");
    says("anna", "room", "silence", "Garden", "on");
    says("anna", "room", "read", "Garden");
    String now = says("anna", "room", "list", "--json");
    contains(now, "\"silent\":true");
    contains(says("anna", "room", "list"), "Garden (2 members) what grows [owner]\n");
    says("anna", "room", "silence", "Garden", "off");
    says("anna", "room", "picture", "Garden", picture.toString());
    contains(mayNot("ben", "room", "picture", "Garden", "none"), "NOT_ALLOWED");
    String invitation = says("ben", "account", "invite", "--uses", "2", "--days", "1").strip();
    assertEquals(server.fingerprint(), Invitation.parse(invitation).orElseThrow().fingerprint());
    says("anna", "room", "set", "Garden", "--rename", "Park", "--read-only", "on");
    contains(mayNot("ben", "send", "--room", "Park", "again"), "NOT_ALLOWED");
    says("anna", "room", "rank", "Park", "ben", "moderator");
    says("ben", "send", "--room", "Park", "again");
    says("anna", "room", "ban", "Park", "ben", "--for", "ever");
    contains(mayNot("ben", "room", "join", "Park"), "NOT_ALLOWED");
    says("anna", "room", "unban", "Park", "ben");
    says("anna", "room", "invite", "Park", "ben");
    contains(
        says("ben", "room", "list"), "Park (1 member, read only) what grows [invited by anna]\n");
    says("ben", "room", "decline", "Park");
    contains(mayNot("ben", "room", "decline", "Park"), "there is no invitation to a room Park");
    says("ben", "profile", "set", "--invitations", "nobody");
    contains(says("ben", "profile"), "invitations: nobody\n");
    contains(mayNot("anna", "room", "invite", "Park", "ben"), "takes no invitations");
    says("ben", "room", "join", "Park");
    says("ben", "room", "leave", "Park");
    contains(mayNot("ben", "room", "leave", "Lobby"), "NOT_ALLOWED");
    contains(mayNot("anna", "room", "create", "park"), "ROOM_NAME_TAKEN");
    contains(mayNot("anna", "room", "kick", "Park", "ben"), "not a member");
  }

  @Test
  void messagesInARoomOfTwo() throws IOException, InterruptedException {
    says("dora", "send", "I am here");
    String first = says("cleo", "send", "--room", "@dora", "--verbose", "frist").strip();
    says("cleo", "message", "edit", first, "first", "--room", "@dora");
    says("dora", "message", "react", first, "👍", "--room", "@cleo");
    says("dora", "send", "--room", "@cleo", "--reply", first, "--important", "an answer");
    says("dora", "message", "pin", first, "--room", "@cleo");
    contains(
        says("dora", "read", "--room", "@cleo"),
        " cleo: first [edited] [pinned] [👍 dora]\n",
        " dora: [important] [to " + first + "] an answer\n");
    assertEquals(2, says("dora", "read", "--room", "@cleo", "-n", "2").lines().count());
    contains(
        says("cleo", "read", "--room", "@dora", "--json"),
        "\"text\":\"first\"",
        "\"reactions\":{\"👍\":[\"dora\"]}",
        "\"reply\":" + first);
    contains(mayNot("dora", "message", "edit", first, "mine", "--room", "@cleo"), "NOT_ALLOWED");
    contains(mayNot("dora", "message", "delete", "999", "--room", "@cleo"), "no message 999");

    Process follower = script("dora", "read", "--room", "@cleo", "--follow", "-n", "1").start();
    try (BufferedReader heard = follower.inputReader(StandardCharsets.UTF_8)) {
      contains(heard.readLine(), "an answer");
      says("cleo", "message", "unreact", first, "👍", "--room", "@dora");
      says("cleo", "message", "react", first, "🎉", "--room", "@dora");
      contains(heard.readLine(), "cleo: [takes 👍 at " + first + "]");
      contains(heard.readLine(), "cleo: [puts 🎉 at " + first + "]");
      says("dora", "message", "unpin", first, "--room", "@cleo");
      contains(heard.readLine(), "dora: [unpins " + first + "]");
      says("cleo", "message", "forward", first, "Lobby", "--room", "@dora");
      says("cleo", "message", "delete", first, "--room", "@dora");
      contains(heard.readLine(), "cleo: [deletes " + first + "]");
    } finally {
      follower.destroy();
    }
    assertFalse(says("cleo", "read", "--room", "@dora").contains("first"));
    contains(says("dora", "read"), "cleo: [from cleo] first");

    contains(says("dora", "search", "answer"), "@cleo ", "[to " + first + "] an answer");
    assertEquals("", says("dora", "search", "frist"));
    for (int i = 1; i <= 3; i++) {
      says("cleo", "send", "--room", "@dora", "needle " + i);
    }
    List<String> found = says("dora", "search", "needle", "-n", "2").lines().toList();
    assertEquals(2, found.size(), found.toString());
    assertTrue(found.getFirst().endsWith("needle 3"), found.toString());
    assertEquals(2, run("", "dora", "search").exit());
    contains(mayNot("dora", "search", "before:tomorrow"), "SEARCH_INVALID");
  }

  @Test
  void anExportIsWhatWasSaid() throws IOException, InterruptedException {
    says("emil", "profile", "set", "--display", MARKUP.substring(8, 25) + " E");
    says("emil", "room", "create", "Talk <script>", "--private", "--topic", MARKUP);
    says("fred", "send", "hello");
    says("emil", "room", "invite", "Talk <script>", "fred");
    says("fred", "room", "join", "Talk <script>");
    TreeMap<Long, String> said = new TreeMap<>();
    for (String text :
        List.of(
            HOSTILE, "two\nlines\tand a tab", "مرحبا 👩‍👩‍👧 https://a.example/?b=1&c=\"2\"")) {
      Ended ended = run(text, "emil", "send", "--room", "Talk <script>", "--verbose", "-");
      assertEquals(0, ended.exit(), ended.err());
      said.put(Long.valueOf(ended.out().strip()), text);
    }
    Ended bell = run("a \u0007 bell", "emil", "send", "--room", "Talk <script>", "-");
    contains(bell.err(), "TEXT_INVALID");
    String first = said.firstKey().toString();
    String odd =
        says("fred", "send", "--room", "Talk <script>", "--verbose", "--reply", first, "oops");
    said.put(Long.valueOf(odd.strip()), HOSTILE + "!");
    says("fred", "message", "edit", odd.strip(), HOSTILE + "!", "--room", "Talk <script>");
    says("fred", "message", "react", first, "👍", "--room", "Talk <script>");
    String over = says("fred", "send", "--room", "Talk <script>", "--verbose", "secret words");
    says("fred", "message", "delete", over.strip(), "--room", "Talk <script>");
    Path picture = Files.write(folder.resolve("evil <img src=x>&\".png"), PICTURE);
    Path other = Files.writeString(folder.resolve("run me.html"), "<script>alert(1)</script>");
    for (Path file : List.of(picture, other, other)) {
      says("fred", "send", "--room", "Talk <script>", "--file", file.toString());
    }

    Path target = folder.resolve("out");
    contains(
        says("emil", "export", "Talk <script>", target.toString()), " messages and 3 files are in");
    TreeMap<Long, String> written = new TreeMap<>();
    List<JsonNode> files = new ArrayList<>();
    String jsonl = Files.readString(target.resolve("messages.jsonl"));
    for (String one : jsonl.lines().toList()) {
      JsonNode message = JsonMapper.shared().readTree(one);
      switch (message.get("kind").asString()) {
        case "text" -> written.put(message.get("number").asLong(), message.get("text").asString());
        case "file" -> files.add(message);
        default -> {}
      }
    }
    assertEquals(said, written);
    contains(jsonl, "\"reactions\":{\"👍\":[\"fred\"]}", "\"edited\":\"", "\"reply\":" + first);
    assertEquals(3, files.size());
    for (JsonNode file : files) {
      boolean png = file.get("mediaType").asString().equals("image/png");
      assertArrayEquals(
          Files.readAllBytes(png ? picture : other),
          Files.readAllBytes(target.resolve(file.get("path").asString())));
    }
    assertFalse(jsonl.contains("secret words"));
    readsWell(Files.readString(target.resolve("messages.html")), said);
    contains(Files.readString(target.resolve("messages.txt")), "\\u202elive\\u202c", "[👍 fred]");
    contains(mayNot("emil", "export", "Talk <script>", target.toString()), "not empty");
    Path bare = folder.resolve("bare");
    says("emil", "export", "Talk <script>", bare.toString(), "--format", "text", "--no-files");
    assertArrayEquals(new String[] {"messages.txt"}, bare.toFile().list());
  }

  private static void readsWell(String html, TreeMap<Long, String> said) {
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("\u202e"), html);
    assertFalse(html.contains("secret words"), html);
    contains(html, "<img loading=\"lazy\" src=\"files/", "<blockquote><a href=\"#m");
    contains(html, "<a rel=\"noopener noreferrer\" href=\"https://a.example/?b=1&amp;c=\">");
    assertEquals(1, html.split("<img", -1).length - 1, "one picture");
    List<String> texts =
        Pattern.compile("<p class=\"text\" dir=\"auto\">(.*?)</p>", Pattern.DOTALL)
            .matcher(html)
            .results()
            .map((MatchResult found) -> plain(found.group(1)))
            .toList();
    assertEquals(List.copyOf(said.values()), texts);
  }

  /** What a browser shows of this, and what was written where a code stands. */
  private static String plain(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace("\\u202e", "\u202e")
        .replace("\\u202c", "\u202c");
  }

  @Test
  void anAccountIsTakenAlongAndEnded() throws IOException, InterruptedException {
    says("gus", "send", "hello from gus");
    Path note = Files.writeString(folder.resolve("note.txt"), "a note");
    says("gus", "send", "--file", note.toString());
    says("hanna", "send", "hello from hanna");
    says("gus", "send", "--room", "@hanna", "for hanna");
    says("gus", "friend", "add", "hanna");
    Path target = folder.resolve("gus");
    says("gus", "account", "export", target.toString());
    contains(Files.readString(target.resolve("profile.json")), "\"name\":\"gus\"");
    contains(Files.readString(target.resolve("contacts.jsonl")), "hanna", "asked");
    contains(Files.readString(target.resolve("rooms.jsonl")), "Lobby", "\"peer\":\"hanna\"");
    String own = Files.readString(target.resolve("messages.jsonl"));
    contains(own, "hello from gus", "for hanna", "\"path\":\"files/1-");
    assertFalse(own.contains("hello from hanna"), own);

    Ended doubtful = run("no\n", "gus", "account", "delete");
    assertEquals(1, doubtful.exit());
    contains(doubtful.err(), "type the name of the account", "nothing was deleted");
    contains(says("hanna", "read", "--room", "@gus"), "for hanna");
    Ended sure = run("gus\n", "gus", "account", "delete");
    assertEquals(0, sure.exit(), sure.err());
    contains(mayNot("hanna", "friend", "add", "gus"), "PERSON_UNKNOWN");
    assertFalse(says("hanna", "search", "from:hanna hello").contains("gus"));
    says("hanna", "account", "delete", "--yes");
  }
}
