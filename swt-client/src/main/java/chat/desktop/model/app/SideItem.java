// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.platform.Settings;
import chat.desktop.model.room.Room;
import chat.protocol.Contact;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomInvitation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** What the user made of the list: which sections are folded, and which rooms come first. */
  record Arrangement(ChatModel model, Settings settings) {

    public boolean folded(String section) {
      return settings.flag("folded." + section);
    }

    /** Folds a section, or shows again what stands in it. */
    public void fold(String section) {
      settings.flag("folded." + section, !folded(section));
      model.tell(ModelListener.Part.ROOMS);
    }

    public boolean favourite(Room room) {
      return settings.flag(key(room));
    }

    /** Makes a room a favourite, or one like others again. */
    public void favour(Room room) {
      settings.flag(key(room), !favourite(room));
      model.tell(ModelListener.Part.ROOMS);
    }

    private String key(Room room) {
      return "favourite." + model.config().host() + "." + model.config().port() + "." + room.id();
    }

    /** What is left of a section: nobody should miss what is new in a folded one. */
    private void add(
        List<SideItem> items, Heading heading, List<? extends SideItem> all, String wanted) {
      if (!all.isEmpty()) {
        items.add(heading);
        boolean folded = wanted.isEmpty() && folded(heading.key());
        all.stream().filter(item -> !folded || staysInSight(item)).forEach(items::add);
      }
    }

    private static boolean staysInSight(SideItem item) {
      return item instanceof RoomItem(Room room, boolean current)
          && (current || room.mentions() > 0 || room.unread() > 0 && !room.silent());
    }
  }

  /** The list for what stands in the search field. */
  static List<SideItem> list(ChatModel model, String search, Arrangement arrangement) {
    String wanted = search.strip().toLowerCase(Locale.ROOT);
    List<SideItem> items = new ArrayList<>();
    Map<Boolean, List<RoomItem>> rooms =
        rooms(model, wanted)
            .collect(Collectors.partitioningBy(item -> arrangement.favourite(item.room())));
    section(items, "side.requests", -1, requests(model, wanted));
    section(items, "side.invitations", -1, invitations(model, wanted));
    List<RoomItem> others = rooms.getOrDefault(false, List.of());
    Map<Heading, List<? extends SideItem>> sections = new LinkedHashMap<>();
    sections.put(new Heading("side.favourites", -1), rooms.getOrDefault(true, List.of()));
    sections.put(new Heading("side.rooms", -1), direct(others, false));
    sections.put(new Heading("side.direct", -1), direct(others, true));
    sections.put(new Heading("side.friends", -1), friends(model, wanted));
    sections.put(new Heading("side.online", online(model, "").size()), online(model, wanted));
    sections.forEach((heading, lines) -> arrangement.add(items, heading, lines, wanted));
    return items.isEmpty() ? List.of(new Nothing()) : items;
  }

  /** The rooms as the list shows them, without a search, and all of a folded section. */
  static List<Room> rooms(ChatModel model, Arrangement arrangement) {
    Stream<Room> all = rooms(model, "").map(RoomItem::room);
    return all.sorted(
            Comparator.comparing((Room room) -> !arrangement.favourite(room))
                .thenComparing(room -> !arrangement.favourite(room) && room.direct()))
        .toList();
  }

  /** All rooms and private chats, those in which something was said last first. */
  static List<Room> rooms(ChatModel model) {
    return rooms(model, "").map(RoomItem::room).toList();
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

  private static List<RoomItem> direct(List<RoomItem> rooms, boolean direct) {
    return rooms.stream().filter(item -> item.room().direct() == direct).toList();
  }

  private static Stream<RoomItem> rooms(ChatModel model, String wanted) {
    return model.rooms().stream()
        .filter(room -> fits(room.name(), wanted))
        .sorted(Comparator.comparingLong(Room::active).reversed().thenComparingLong(Room::id))
        .map(room -> new RoomItem(room, room == model.current()));
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
