// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Position;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import chat.server.ServerFixture.Somebody;
import chat.server.room.EntryPage;
import chat.server.room.RoomQueries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much was said about messages, no answer grows without end and nothing is left out. */
@Tag("slow")
@Timeout(300)
class MuchAboutTest {
  private static final int MESSAGES = 5;
  private static final int EACH = 1_000;
  private static final long ANSWER_BYTES = 512 << 10;

  @TempDir Path folder;

  @Test
  void reactionsComeInSeveralPages() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna")) {
      Somebody anna = server.one(0);
      long room = anna.makes(RoomKind.PRIVATE, "first");
      List<Event.Entry> said = new ArrayList<>();
      Set<Long> reactions = new HashSet<>();
      for (int i = 0; i < MESSAGES; i++) {
        said.add(anna.says(room, "hello " + i));
      }
      for (int i = 0; i < MESSAGES * EACH; i++) {
        Cursor target = cursor(said.get(i % MESSAGES));
        boolean on = i / MESSAGES % 2 == 0;
        reactions.add(anna.does(new Command.React(UUID.randomUUID(), target, "👍", on)).number());
      }
      assertEquals(reactions, paged(anna, room, said));
      assertEquals(reactions, found(anna, "hello"));
      RoomView view =
          assertInstanceOf(Reply.Opened.class, anna.asks(new Command.Open(room, 50, 0))).room();
      assertTrue(view.about().size() <= RoomQueries.MOST_ABOUT);
    }
  }

  private static Set<Long> paged(Somebody reader, long room, List<Event.Entry> said) {
    Set<Long> about = new HashSet<>();
    Set<Long> texts = new HashSet<>();
    long before = said.getLast().number() + 1;
    for (int pages = 0; before > 1; pages++) {
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              reader.asks(new Command.History(room, Command.Direction.BEFORE, before, 200)));
      assertTrue(page.about().size() <= RoomQueries.MOST_ABOUT, "in one page");
      page.entries().forEach(entry -> texts.add(entry.number()));
      page.about().forEach(entry -> about.add(entry.number()));
      before = page.entries().getFirst().number();
      assertTrue(pages < 20);
    }
    said.forEach(entry -> assertTrue(texts.contains(entry.number()), entry::toString));
    return about;
  }

  private static Set<Long> found(Somebody reader, String words) {
    Set<Long> about = new HashSet<>();
    List<Position> from = List.of();
    do {
      Reply.Found found =
          assertInstanceOf(Reply.Found.class, reader.asks(new Command.Search(words, from, 50)));
      assertTrue(found.about().size() <= RoomQueries.MOST_ABOUT, "in one answer");
      found.about().forEach(entry -> about.add(entry.number()));
      from = found.next();
    } while (!from.isEmpty());
    return about;
  }

  @Test
  void ofManyLongVersionsTheNewestAreShown() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna")) {
      Somebody anna = server.one(0);
      long room = anna.makes(RoomKind.PRIVATE, "first");
      Event.Entry said = anna.says(room, "first version");
      String last = "";
      for (int i = 0; i < 60; i++) {
        last = i + "x".repeat(16_000);
        anna.does(new Command.Edit(UUID.randomUUID(), cursor(said), last));
      }
      RoomView view =
          assertInstanceOf(Reply.Opened.class, anna.asks(new Command.Open(room, 50, 0))).room();
      assertTrue(new EntryPage(view.entries(), view.about()).weight() <= 2 * ANSWER_BYTES);
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              anna.asks(new Command.History(room, Command.Direction.BEFORE, said.number() + 1, 1)));
      Content.Edited newest =
          assertInstanceOf(Content.Edited.class, page.about().getLast().content());
      assertEquals(last, newest.text());
      assertTrue(page.about().size() < 60);
      assertTrue(new EntryPage(page.entries(), page.about()).weight() <= ANSWER_BYTES);
    }
  }

  @Test
  void changingEndsSomewhere() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna")) {
      Somebody anna = server.one(0);
      long room = anna.makes(RoomKind.PRIVATE, "first");
      Cursor target = cursor(anna.says(room, "again"));
      takesBack(anna, target, RoomQueries.MOST_REACTIONS - 1);
      anna.does(new Command.React(UUID.randomUUID(), target, "👍", true));
      assertEquals(
          Problem.LIMIT_REACHED,
          anna.problem(new Command.React(UUID.randomUUID(), target, "👍", true)));
      takesBack(anna, target, RoomQueries.MOST_ABOUT - RoomQueries.MOST_REACTIONS - 1);
      anna.does(new Command.Edit(UUID.randomUUID(), target, "again and again"));
      assertEquals(
          Problem.LIMIT_REACHED,
          anna.problem(new Command.Edit(UUID.randomUUID(), target, "once more")));
      anna.does(new Command.Delete(UUID.randomUUID(), target));
    }
  }

  private static void takesBack(Somebody who, Cursor target, int times) {
    for (int i = 0; i < times; i++) {
      who.does(new Command.React(UUID.randomUUID(), target, "👍", false));
    }
  }

  private static Cursor cursor(Event.Entry entry) {
    return new Cursor(entry.room(), entry.number(), Cursor.prefix(entry.id()));
  }
}
