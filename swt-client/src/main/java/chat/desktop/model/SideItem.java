package chat.desktop.model;

import chat.protocol.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A line of the list at the left. */
public sealed interface SideItem {

  /** A heading; the key of its text, and how many there are, or -1. */
  record Heading(String key, int count) implements SideItem {}

  /** A room. */
  record RoomItem(Room room, boolean current) implements SideItem {}

  /** Somebody who is here. */
  record PersonItem(Person person, boolean self) implements SideItem {}

  /** There is nothing that fits the search. */
  record Nothing() implements SideItem {}

  /** The list for what stands in the search field. */
  static List<SideItem> list(ChatModel model, String search) {
    String wanted = search.strip().toLowerCase(Locale.ROOT);
    List<SideItem> items = new ArrayList<>();
    Collection<Room> rooms = model.rooms();
    List<SideItem> roomItems =
        rooms.stream()
            .filter(room -> fits(room.name(), wanted))
            .<SideItem>map(room -> new RoomItem(room, room == model.current()))
            .toList();
    List<SideItem> people =
        model.online().stream()
            .filter(person -> fits(person.name(), wanted))
            .<SideItem>map(person -> new PersonItem(person, person.equals(model.self())))
            .toList();
    if (!roomItems.isEmpty()) {
      items.add(new Heading("side.rooms", -1));
      items.addAll(roomItems);
    }
    if (!people.isEmpty()) {
      items.add(new Heading("side.online", model.online().size()));
      items.addAll(people);
    }
    return items.isEmpty() ? List.of(new Nothing()) : items;
  }

  private static boolean fits(String name, String wanted) {
    return name.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
