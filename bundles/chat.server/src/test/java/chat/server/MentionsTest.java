// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is mentioned, and how much of a text is looked at for that. */
@Timeout(60)
class MentionsTest {
  @TempDir Path folder;

  @Test
  void theLongestNameBehindAnAtSignIsMentionedWhateverTheCase() throws Exception {
    assertEquals(List.of(3L), mentioned("@ANNA Maria, look"));
    assertEquals(List.of(2L), mentioned("@anna, look"));
    assertEquals(List.of(2L, 3L), mentioned("@anna @anna maria @anna @nobody @"));
  }

  @Test
  void aHundredAtSignsAreLookedAt() throws Exception {
    assertEquals(List.of(2L), mentioned("@ ".repeat(99) + "@anna"));
    assertEquals(List.of(), mentioned("@ ".repeat(100) + "@anna"));
  }

  @Test
  void asManyInEveryScript() throws Exception {
    assertEquals(List.of(2L), mentioned("@小明，天气很好。".repeat(99) + "@Anna你好"));
  }

  /** Whom a text mentions, of anna (2) and anna maria (3); the first account writes it. */
  private List<Long> mentioned(String text) throws Exception {
    Path own = folder.resolve(String.valueOf(text.hashCode()));
    Files.createDirectories(own);
    try (ServerFixture server = new ServerFixture(own, "writer", "anna", "anna maria")) {
      ServerFixture.Somebody writer = server.one(0);
      long room = writer.makes(RoomKind.PUBLIC, "room");
      for (int i = 1; i <= 2; i++) {
        writer.bringsIn(server.one(i), room);
      }
      writer.asks(new Command.Open(room, 0, 0));
      writer.says(room, text);
      server.settle();
      return writer.hears().stream()
          .flatMap(message ->
              message instanceof Event.Entry entry && entry.content() instanceof Content.Text said
                  ? Stream.of(said.mentions())
                  : Stream.empty())
          .findFirst()
          .orElseThrow();
    }
  }
}
