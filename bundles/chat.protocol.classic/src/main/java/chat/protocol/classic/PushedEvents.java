// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is pushed: texts and files, who comes and goes, friends. Only to a client that is live. */
final class PushedEvents {
  /** Texts of a room of two that were said before it could be followed. */
  private static final int MISSED = 50;

  private PushedEvents() {}

  static Map<Long, String> names(List<Person> people) {
    Map<Long, String> names = new LinkedHashMap<>();
    people.forEach(person -> names.put(person.account(), person.name()));
    return names;
  }

  static void present(AdapterCall turn, List<Person> people) {
    turn.memory().replace("here", names(people));
    if (turn.isLive()) {
      showPeople(turn);
    }
  }

  /** What the client's window does not show yet of what was told meanwhile. */
  static void catchUp(AdapterCall turn) {
    showPeople(turn);
    FriendRequests.catchUp(turn);
  }

  /** Brings the client's list of people to how it is: nobody twice, nobody unknown goes. */
  private static void showPeople(AdapterCall turn) {
    Memory memory = turn.memory();
    Map<Long, String> here = memory.map("here");
    Map<Long, String> shown = memory.map("shown");
    Set<Long> unlisted = memory.set("unlisted");
    unlisted.retainAll(here.keySet());
    for (Map.Entry<Long, String> each : Map.copyOf(shown).entrySet()) {
      String now = here.get(each.getKey());
      if (now == null || !FieldText.name(now).equals(each.getValue())) {
        shown.remove(each.getKey());
        turn.send(Frames.of("800", each.getValue()));
      }
    }
    long self = memory.number("self");
    here.forEach((account, name) -> {
      if (account != self && !shown.containsKey(account) && !unlisted.contains(account)) {
        shown.put(account, FieldText.name(name));
        turn.send(Frames.of("105", FieldText.name(name)));
      }
    });
  }

  static void told(AdapterCall turn, Event event) {
    switch (event) {
      case Event.Entry entry -> entry(turn, entry);
      case Event.Gap(long room, long head) -> {
        if (room == RoomInfo.LOBBY) {
          turn.notice("Some messages were passed over.");
        }
      }
      case Event.RoomChanged changed -> room(turn, changed.info());
      case Event.RoomGone(long room) -> turn.memory().<Long>map("directs").remove(room);
      case Event.ContactChanged(Contact contact) -> contact(turn, contact);
      case Event.Leaving leaving -> turn.notice("The server is going: " + leaving.reason());
      case Event.LoggedOut out -> turn.notice("You are logged out: " + out.reason());
      case Event.Announced(String text, long time) -> {
        if (!text.isEmpty()) {
          turn.notice("Announcement: " + text);
        }
      }
      case Event.RoleChanged _,
          Event.RoomInvited _,
          Event.Presence _,
          Event.ReadMarkChanged _,
          Event.Typing _,
          Event.Restarted _ -> {}
    }
  }

  private static void entry(AdapterCall turn, Event.Entry entry) {
    Memory memory = turn.memory();
    Long peer = memory.<Long>map("directs").get(entry.room());
    boolean lobby = entry.room() == RoomInfo.LOBBY;
    boolean news = isNew(memory, entry);
    if (!news
        || memory.<UUID>set("own").remove(entry.id())
        || (lobby && memory.<Long>set("listed").remove(entry.number()))) {
      return;
    }
    String author = entry.author().name();
    if (lobby) {
      inLobby(turn, author, entry.content());
    } else if (peer != null && entry.author().account() == peer) {
      FriendRequests.appears(turn, entry.author());
      privately(turn, author, entry.content());
    }
  }

  /**
   * Whether it is at most as old as what was there before. What is older was imported: the client
   * has it from its history, and would show it here as if it were said now.
   */
  static boolean isNew(Memory memory, Event.Entry entry) {
    Map<Long, Long> newest = memory.map("newest");
    long before = newest.getOrDefault(entry.room(), 0L);
    newest.put(entry.room(), Math.max(before, entry.time()));
    return entry.time() >= before;
  }

  private static void inLobby(AdapterCall turn, String author, Content content) {
    switch (content) {
      case Content.Text text ->
          Emoji.word(text.text())
              .ifPresentOrElse(
                  word -> turn.send(Frames.emoji(author, word)),
                  () -> turn.sendAll(Frames.text(author, Emoji.words(text.text()))));
      case Content.File file -> turn.send(Frames.file(author, file.name(), file.size()));
      case Content.Edited edited ->
          turn.sendAll(Frames.text(author, "(edited) " + Emoji.words(edited.text())));
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ -> {}
    }
  }

  private static void privately(AdapterCall turn, String author, Content content) {
    switch (content) {
      case Content.Text text -> turn.sendAll(Frames.privateText(author, Emoji.words(text.text())));
      case Content.Edited edited ->
          turn.sendAll(Frames.privateText(author, "(edited) " + Emoji.words(edited.text())));
      case Content.File file ->
          turn.sendAll(
              Frames.privateText(
                  author, "(file) " + FieldText.file(file.name()) + ", " + file.size() + " bytes"));
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ -> {}
    }
  }

  /** A room of two that is new to this client is followed from now on. */
  private static void room(AdapterCall turn, RoomInfo info) {
    Memory memory = turn.memory();
    if (info.kind() == RoomKind.DIRECT
        && info.room() != RoomInfo.LOBBY
        && !memory.<Long>map("directs").containsKey(info.room())) {
      memory.<Long>set("toOpen").add(info.room());
      openNext(turn);
    }
  }

  static void openNext(AdapterCall turn) {
    Memory memory = turn.memory();
    Set<Long> rooms = memory.set("toOpen");
    if (memory.number("opening") == 0 && !rooms.isEmpty()) {
      int correlation = memory.nextCorrelation();
      memory.number("opening", correlation);
      Command open = new Command.Open(rooms.iterator().next(), Math.min(MISSED, turn.page()), 0);
      turn.steps().add(new AdapterAction.RunCommand(correlation, open));
    }
  }

  static void opened(AdapterCall turn, Reply reply) {
    Memory memory = turn.memory();
    Set<Long> rooms = memory.set("toOpen");
    memory.number("opening", 0);
    if (reply instanceof Reply.Failed failed && AdapterCall.isWorthAnotherTry(failed)) {
      turn.wakeAfter(failed.retryAfter());
      return;
    }
    if (!rooms.isEmpty()) {
      rooms.remove(rooms.iterator().next());
    }
    if (reply instanceof Reply.Opened(var view)) {
      memory.<Long>map("directs").put(view.room(), view.info().peer().account());
      for (Event.Entry entry : view.entries()) {
        if (entry.number() > view.state().read()) {
          entry(turn, entry);
        } else {
          isNew(memory, entry);
        }
      }
    }
    openNext(turn);
  }

  private static void contact(AdapterCall turn, Contact contact) {
    Person person = contact.person();
    if (contact.relation() != Relation.INCOMING) {
      turn.memory().<Long>set("wanted").remove(person.account());
    }
    switch (contact.relation()) {
      case FRIEND, OUTGOING -> FriendRequests.appears(turn, person);
      case INCOMING -> FriendRequests.asks(turn, person);
      case NONE -> {}
    }
  }
}
