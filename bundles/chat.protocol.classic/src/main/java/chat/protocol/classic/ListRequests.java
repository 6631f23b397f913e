// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.classic.Memory.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** 4, 5, 8, 0 and 98: what fills the client's window. */
final class ListRequests {
  /** Texts of the room that the client shows, and files. */
  private static final int NEWEST = 5;

  /** Pages that are looked through for them. */
  private static final int PAGES = 10;

  private ListRequests() {}

  static void online(AdapterCall turn) {
    Memory memory = turn.memory();
    long self = memory.number("self");
    Map<Long, String> others = new LinkedHashMap<>(memory.<String>map("here"));
    String own = others.getOrDefault(self, memory.text("name"));
    others.remove(self);
    Map<Long, String> listed = Frames.listed(others, FieldText.name(own));
    Set<Long> unlisted = new LinkedHashSet<>(others.keySet());
    unlisted.removeAll(listed.keySet());
    memory.replace("shown", listed);
    memory.replace("unlisted", unlisted);
    List<String> names = new ArrayList<>(listed.values());
    names.add(FieldText.name(own));
    turn.send(Frames.online(names));
  }

  static void friends(AdapterCall turn) {
    List<String> friends =
        turn.memory().<String>map("friends").values().stream().map(FieldText::name).toList();
    turn.send(friends.isEmpty() ? Frames.of("297") : Frames.friends(friends));
  }

  static void beginHistory(AdapterCall turn) {
    turn.ask(Task.HISTORY);
  }

  static Command history(AdapterCall turn) {
    return new Command.History(
        RoomInfo.LOBBY, Direction.BEFORE, turn.memory().number("request.before"), turn.page());
  }

  static void historyRead(AdapterCall turn, Reply reply) {
    Memory memory = turn.memory();
    if (!(reply instanceof Reply.Page page)) {
      turn.send(Frames.of("502"));
      live(turn);
      return;
    }
    Map<Long, String[]> rows = memory.map("request.rows");
    page.entries().forEach(entry -> PushedEvents.isNew(memory, entry));
    for (Event.Entry entry : texts(page).reversed()) {
      if (rows.size() < NEWEST) {
        rows.put(entry.number(), row(turn, entry));
      }
    }
    if (rows.size() < NEWEST && goesOn(turn, page)) {
      turn.ask(Task.HISTORY);
      return;
    }
    turn.send(Frames.history(rows.values().stream().map(r -> new Row(r[0], r[1], r[2])).toList()));
    memory.replace("listed", rows.keySet());
    live(turn);
  }

  /** Whether there is more before this page, and looking for it is worth while. */
  static boolean goesOn(AdapterCall turn, Reply.Page page) {
    Memory memory = turn.memory();
    long pages = memory.number("request.pages") + 1;
    memory.number("request.pages", pages);
    long first = page.entries().isEmpty() ? 0 : page.entries().getFirst().number();
    memory.number("request.before", first);
    return first > 1 && pages < PAGES;
  }

  /** From now on the client listens. */
  private static void live(AdapterCall turn) {
    turn.done();
    if (!turn.isLive()) {
      turn.memory().phase(Phase.LIVE);
      PushedEvents.catchUp(turn);
    }
  }

  /** The texts of a page as they read now, ascending. */
  private static List<Event.Entry> texts(Reply.Page page) {
    Map<Long, String> edited = new HashMap<>();
    for (Event.Entry about : page.about()) {
      if (about.content() instanceof Content.Edited(long number, String text, var mentions)) {
        edited.put(number, text);
      }
    }
    List<Event.Entry> texts = new ArrayList<>();
    for (Event.Entry entry : page.entries()) {
      if (entry.content() instanceof Content.Text text) {
        String now = edited.getOrDefault(entry.number(), text.text());
        texts.add(
            new Event.Entry(
                entry.room(),
                entry.number(),
                entry.id(),
                entry.author(),
                entry.time(),
                new Content.Text(now)));
      }
    }
    return texts;
  }

  private static String[] row(AdapterCall turn, Event.Entry entry) {
    String text = entry.content() instanceof Content.Text said ? said.text() : "";
    return new String[] {
      FieldText.name(entry.author().name()),
      FieldText.time(entry.time(), turn.zone()),
      FieldText.cell(Emoji.words(text)).stripTrailing()
    };
  }

  static void beginFiles(AdapterCall turn) {
    turn.ask(Task.FILES);
  }

  static Command files(AdapterCall turn) {
    return new Command.Files(RoomInfo.LOBBY, 0, NEWEST);
  }

  static void filesRead(AdapterCall turn, Reply reply) {
    Set<String> names = new LinkedHashSet<>();
    if (reply instanceof Reply.Page page) {
      for (Event.Entry entry : page.entries().reversed()) {
        if (entry.content() instanceof Content.File file) {
          names.add(FieldText.file(file.name()));
        }
      }
    }
    turn.send(Frames.files(names));
    turn.done();
  }

  static void begin(AdapterCall turn, Request.PrivateHistory history) {
    turn.ask(Task.FIND_PARTNER);
  }

  private static String friend(AdapterCall turn) {
    return turn.request() instanceof Request.PrivateHistory history ? history.friend() : "";
  }

  static Command findPartner(AdapterCall turn) {
    return new Command.GetProfile(0, friend(turn));
  }

  static void partnerFound(AdapterCall turn, Reply reply) {
    long account =
        reply instanceof Reply.ProfileFound(var profile) ? profile.person().account() : 0;
    for (Map.Entry<Long, Long> room : turn.memory().<Long>map("directs").entrySet()) {
      if (room.getValue() == account) {
        turn.memory().number("request.room", room.getKey());
        turn.ask(Task.PRIVATE_HISTORY);
        return;
      }
    }
    answerPrivately(turn, List.of());
  }

  private static void answerPrivately(AdapterCall turn, List<Row> newestFirst) {
    turn.send(Frames.privateHistory(turn.memory().text("name"), friend(turn), newestFirst));
    turn.done();
  }

  static Command privateHistory(AdapterCall turn) {
    return new Command.History(
        turn.memory().number("request.room"), Direction.BEFORE, 0, Math.min(50, turn.page()));
  }

  static void privateHistoryRead(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Page page) {
      answerPrivately(
          turn,
          texts(page).reversed().stream()
              .map(entry -> row(turn, entry))
              .map(r -> new Row(r[0], r[1], r[2]))
              .toList());
    } else {
      turn.send(Frames.of("294"));
      turn.done();
    }
  }
}
