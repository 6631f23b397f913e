// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Room;
import chat.protocol.Contact;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomInvitation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A line of the list at the left. */
public sealed interface SideItem {

  /** A heading; the key of its text, and how many there are, or -1. */
  record Heading(String key, int count) implements SideItem {}

  /** Somebody who asks for friendship. */
  record RequestItem(Contact contact) implements SideItem {}

  /** A room to which somebody asks this account. */
  record InvitationItem(RoomInvitation invitation) implements SideItem {}

  /** A room, or a private chat. */
  record RoomItem(Room room, boolean current) implements SideItem {}

  /** Somebody who is here, or a friend. */
  record PersonItem(Person person, boolean self) implements SideItem {}

  /** There is nothing that fits the search. */
  record Nothing() implements SideItem {}

  /** The list for what stands in the search field. */
  static List<SideItem> list(ChatModel model, String search) {
    String wanted = search.strip().toLowerCase(Locale.ROOT);
    List<SideItem> items = new ArrayList<>();
    section(items, "side.requests", -1, requests(model, wanted));
    section(items, "side.invitations", -1, invitations(model, wanted));
    section(items, "side.rooms", -1, rooms(model, wanted, false));
    section(items, "side.direct", -1, rooms(model, wanted, true));
    section(items, "side.friends", -1, friends(model, wanted));
    section(items, "side.online", online(model, "").size(), online(model, wanted));
    return items.isEmpty() ? List.of(new Nothing()) : items;
  }

  /** The rooms as the list shows them, without a search. */
  static List<Room> rooms(ChatModel model) {
    return list(model, "").stream()
        .flatMap(item ->
            item instanceof RoomItem(Room room, boolean _) ? Stream.of(room) : Stream.empty())
        .toList();
  }

  private static void section(
      List<SideItem> items, String key, int count, List<? extends SideItem> lines) {
    if (!lines.isEmpty()) {
      items.add(new Heading(key, count));
      items.addAll(lines);
    }
  }

  private static List<RequestItem> requests(ChatModel model, String wanted) {
    return model.people().contacts(Relation.INCOMING).stream()
        .filter(contact -> fits(contact.person(), wanted))
        .map(RequestItem::new)
        .toList();
  }

  private static List<InvitationItem> invitations(ChatModel model, String wanted) {
    return model.invitations().stream()
        .filter(each -> fits(each.info().name(), wanted) || fits(each.by(), wanted))
        .map(InvitationItem::new)
        .toList();
  }

  private static List<RoomItem> rooms(ChatModel model, String wanted, boolean direct) {
    return model.rooms().stream()
        .filter(room -> room.direct() == direct)
        .filter(room -> fits(room.name(), wanted))
        .sorted(Comparator.comparingLong(Room::active).reversed().thenComparingLong(Room::id))
        .map(room -> new RoomItem(room, room == model.current()))
        .toList();
  }

  /** Friends with whom no private chat was begun. */
  private static List<PersonItem> friends(ChatModel model, String wanted) {
    Set<Long> talking = talking(model);
    return model.people().contacts(Relation.FRIEND).stream()
        .map(Contact::person)
        .filter(person -> !talking.contains(person.account()) && fits(person, wanted))
        .map(person -> new PersonItem(person, false))
        .toList();
  }

  /** With whom there is a private chat. */
  private static Set<Long> talking(ChatModel model) {
    Set<Long> talking = new HashSet<>();
    model.rooms().stream()
        .filter(Room::direct)
        .forEach(room -> talking.add(room.info().peer().account()));
    return talking;
  }

  /** Who else is here: everybody stands in the list once. */
  private static List<PersonItem> online(ChatModel model, String wanted) {
    if (!model.people().isKnown()) {
      return List.of();
    }
    Person self = model.self();
    Set<Long> listed = talking(model);
    model.people().contacts(Relation.FRIEND).forEach(c -> listed.add(c.person().account()));
    model.people().contacts(Relation.INCOMING).forEach(c -> listed.add(c.person().account()));
    return model.online().stream()
        .filter(person -> !listed.contains(person.account()) && fits(person, wanted))
        .map(person -> new PersonItem(person, self != null && self.account() == person.account()))
        .toList();
  }

  private static boolean fits(Person person, String wanted) {
    return fits(person.shown(), wanted) || fits(person.name(), wanted);
  }

  private static boolean fits(String name, String wanted) {
    return name.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
