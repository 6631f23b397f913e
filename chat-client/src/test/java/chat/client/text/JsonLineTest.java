// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Relation;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonLineTest {
  private static final UUID ID = new UUID(1, 2);

  private static Message message(String author, Content content) {
    return Message.of(
        new Event.Entry(1, 7, ID, new Person(3, author), 1_795_406_706_000L, content));
  }

  private static String roundTrip(String text) {
    String json = new JsonLine().put("key", text).end();
    assertTrue(json.lines().count() == 1, "one line");
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      assertEquals("key", parser.nextName());
      parser.nextToken();
      return parser.getString();
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (String text :
        List.of(
            "",
            "plain",
            "\"quoted\" \\ and / slash",
            "line\nfeed\r\ttab",
            "\u0000\u001b[31m\u007f\u009b",
            "你好 👩‍👩‍👧‍👦 مرحبا",
            "\u2028\u2029\u202e")) {
      assertEquals(text, roundTrip(text));
    }
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    assertEquals("{\"k\":\"\ufffd!\"}", new JsonLine().put("k", "\ud83d!").end());
  }

  /** The bytes are those of all versions before: what programs compare stays the same. */
  @Test
  void everyCharacterIsWrittenAsItEverWas() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) != Character.SURROGATE) {
        assertEquals(
            "{\"k\":\"" + written(c) + "\"}", new JsonLine().put("k", Character.toString(c)).end());
      }
    }
  }

  private static String written(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          c <= Character.MAX_VALUE && TerminalSanitizer.dangerous(c)
              ? String.format("\\u%04x", c)
              : Character.toString(c);
    };
  }

  @Test
  void anEntryHasTheDocumentedFields() {
    assertEquals(
        "{\"room\":1,\"number\":7,\"id\":\""
            + ID
            + "\",\"time\":\"2026-11-23T04:05:06Z\","
            + "\"author\":\"alice\",\"account\":3,\"kind\":\"text\",\"text\":\"hi\"}",
        Json.message(message("alice", new Content.Text("hi"))));
    String file =
        Json.message(
            message("alice", new Content.File("a.png", "image/png", 5, new byte[] {1, -1})));
    assertTrue(
        file.endsWith(
            "\"kind\":\"file\",\"name\":\"a.png\",\"mediaType\":\"image/png\",\"size\":5,"
                + "\"sha256\":\"01ff\"}"),
        file);
  }

  @ParameterizedTest
  @CsvSource({"NONE, none", "OUTGOING, asked", "INCOMING, wanted", "FRIEND, friend"})
  void aRelationHasTheWordsThatProgramsKnow(Relation relation, String word) {
    assertEquals(
        "{\"name\":\"bob\",\"account\":2,\"relation\":\"" + word + "\"}",
        Json.contact(new Contact(new Person(2, "bob"), relation, false)));
  }

  @Test
  void whatWasDoneToSomebodyIsADeed() {
    String line =
        Json.message(
            message("alice", new Content.Done(new Person(2, "bob"), ModerationAction.KICK, 0)));
    assertTrue(line.endsWith("\"kind\":\"done\",\"whom\":\"bob\",\"deed\":\"kick\"}"), line);
  }

  @Test
  void aPlainLineIsForPeople() {
    MessageFormatter lines = new MessageFormatter(ZoneId.of("UTC"));
    assertEquals(
        "2026-11-23 04:05:06 alice: hi", lines.plain(message("alice", new Content.Text("hi"))));
    assertEquals(
        "2026-11-23 04:05:06 ev\\u001bil: [file a\\u0007.png, 5 bytes]",
        lines.plain(
            message("ev\u001bil", new Content.File("a\u0007.png", "image/png", 5, new byte[32]))));
  }
}
