// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Position;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import chat.server.command.message.SearchQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is found is what a reader of everything would find. */
@Timeout(300)
class SearchTest {
  private static final List<String> WORDS =
      List.of(
          "tea",
          "Tea",
          "time",
          "cake",
          "ＣＡＫＥ",
          "élan",
          "elan",
          "2026",
          "天气",
          "天",
          "很好",
          "今天天气",
          "きれい",
          "한국어",
          "👍",
          "https://example.org/a",
          "x-y",
          "straße",
          "STRASSE");
  private static final List<String> QUERIES =
      List.of(
          "tea",
          "TEA time",
          "\"tea time\"",
          "\"time tea\"",
          "cake",
          "élan",
          "天气",
          "天",
          "气很",
          "\"天气 很好\"",
          "きれ",
          "국어",
          "👍",
          "example",
          "example.org",
          "x-y",
          "strasse",
          "2026",
          "tea has:link",
          "from:anna cake",
          "from:boris \"天气\"",
          "has:link",
          "from:chen",
          "in:first tea",
          "in:second 天",
          "nothing",
          "tea 天 cake");

  @TempDir Path folder;

  /** A message as it reads now, and the number at which it got its text. */
  private record Said(long room, long number, String author, String text, long at) {}

  private final Map<Long, TreeMap<Long, Said>> truth = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  @Test
  void itIsWhatALinearScanFinds() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris", "chen")) {
      Random random = new Random(7);
      Somebody anna = server.one(0);
      for (String name : List.of("first", "second")) {
        long room = anna.makes(RoomKind.PRIVATE, name);
        anna.bringsIn(server.one(1), room);
        names.put(room, name);
        truth.put(room, new TreeMap<>());
      }
      anna.bringsIn(server.one(2), names.keySet().iterator().next());
      for (int i = 0; i < 1_500; i++) {
        something(server, random);
      }
      int found = 0;
      for (Somebody reader : server.people()) {
        for (String query : QUERIES) {
          List<String> expected = scan(server, reader, query);
          assertEquals(expected, find(reader, query), reader.name() + ": " + query);
          found += expected.size();
        }
      }
      assertTrue(found > 1_000, "only " + found + " were found");
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(random.nextInt(4) == 0 ? "，" : random.nextInt(5) == 0 ? "" : " ");
    }
    if (random.nextInt(100) == 0) {
      for (int i = 0; i < 600; i++) {
        text.append(" filler").append(i);
      }
      text.append(" tea time 天气");
    }
    return text.toString();
  }

  private void something(ServerFixture server, Random random) {
    List<Long> rooms = List.copyOf(truth.keySet());
    long room = rooms.get(random.nextInt(rooms.size()));
    List<Somebody> members =
        server.people().stream()
            .filter(one -> server.directory().rooms().of(one.account(), room) != null)
            .toList();
    Somebody author = members.get(random.nextInt(members.size()));
    TreeMap<Long, Said> said = truth.get(room);
    List<Said> own = said.values().stream().filter(s -> s.author().equals(author.name())).toList();
    String text = text(random);
    switch (own.isEmpty() ? 0 : random.nextInt(6)) {
      case 4 -> {
        Said one = own.get(random.nextInt(own.size()));
        Reply.Posted posted =
            author.does(new Command.Edit(UUID.randomUUID(), target(author, one), text));
        said.put(one.number(), new Said(room, one.number(), one.author(), text, posted.number()));
      }
      case 5 -> {
        Said one = own.get(random.nextInt(own.size()));
        author.does(new Command.Delete(UUID.randomUUID(), target(author, one)));
        said.remove(one.number());
      }
      default -> {
        Event.Entry entry = author.says(room, text);
        said.put(
            entry.number(), new Said(room, entry.number(), author.name(), text, entry.number()));
      }
    }
  }

  private static Cursor target(Somebody author, Said said) {
    Reply.Page page =
        assertInstanceOf(
            Reply.Page.class,
            author.asks(
                new Command.History(said.room(), Command.Direction.AFTER, said.number() - 1, 1)));
    return Cursor.behind(page.entries().getFirst());
  }

  private List<String> scan(ServerFixture server, Somebody reader, String words) {
    SearchQuery query = SearchQuery.of(words);
    List<Said> hits = new ArrayList<>();
    truth.forEach((room, said) -> {
      boolean mayRead = server.directory().rooms().of(reader.account(), room) != null;
      if (mayRead && (query.in().isEmpty() || query.in().contains(names.get(room)))) {
        said.values().stream()
            .filter(s -> query.from().isEmpty() || query.from().contains(s.author()))
            .filter(s -> !query.link() || s.text().contains("https://"))
            .filter(s -> query.fits(s.text()))
            .forEach(hits::add);
      }
    });
    return hits.stream()
        .sorted(Comparator.comparingLong(Said::room).thenComparingLong(Said::at))
        .map(s -> s.room() + "/" + s.number())
        .toList();
  }

  /** Everything, page by page; in each room the newest come first. */
  private List<String> find(Somebody reader, String words) {
    List<String> found = new ArrayList<>();
    Map<Long, List<String>> byRoom = new TreeMap<>();
    List<Position> from = List.of();
    do {
      Reply.Found page =
          assertInstanceOf(Reply.Found.class, reader.asks(new Command.Search(words, from, 7)));
      page.entries()
          .forEach(entry ->
              byRoom
                  .computeIfAbsent(entry.room(), room -> new ArrayList<>())
                  .add(entry.room() + "/" + entry.number()));
      from = page.next();
    } while (!from.isEmpty());
    byRoom.values().forEach(list -> found.addAll(list.reversed()));
    return found;
  }
}
