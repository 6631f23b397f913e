// SPDX-License-Identifier: Apache-2.0
package chat.system;

import chat.client.ClientEvent;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody sees of a room: every entry it was told of, folded in the order of their numbers,
 * in whatever order they came.
 */
final class RoomEntries {
  private final Map<Long, Event.Entry> entries = new TreeMap<>();

  /** A message as it is shown: without a text if it was deleted. */
  record Shown(
      String text, boolean edited, boolean pinned, Map<String, TreeSet<String>> reactions) {
    static final String DELETED = "(deleted)";
  }

  /** What these events tell of a room. */
  static RoomEntries of(long room, List<ClientEvent> events) {
    RoomEntries book = new RoomEntries();
    for (ClientEvent event : events) {
      switch (event) {
        case ClientEvent.Entered entered ->
            entered.rooms().stream().filter(view -> view.room() == room).forEach(book::view);
        case ClientEvent.Opened(RoomView view) when view.room() == room -> book.view(view);
        case ClientEvent.Added(Event.Entry entry) when entry.room() == room -> book.add(entry);
        default -> {}
      }
    }
    return book;
  }

  void view(RoomView view) {
    view.entries().forEach(this::add);
    view.about().forEach(this::add);
    view.pinned().forEach(this::add);
  }

  void add(Event.Entry entry) {
    entries.put(entry.number(), entry);
  }

  /** The messages by number. */
  Map<Long, Shown> messages() {
    Map<Long, Shown> messages = new TreeMap<>();
    for (Event.Entry entry : entries.values()) {
      long number = entry.number();
      switch (entry.content()) {
        case Content.Text text -> messages.put(number, fresh(text.text()));
        case Content.File file -> messages.put(number, fresh(file.name()));
        case Content.Erased(long about) when about == 0 ->
            messages.put(number, fresh(Shown.DELETED));
        case Content.Edited(long about, String text, var mentions) ->
            messages.computeIfPresent(
                about, (n, m) -> new Shown(text, true, m.pinned(), m.reactions()));
        case Content.Deleted(long about) ->
            messages.computeIfPresent(about, (n, m) -> fresh(Shown.DELETED));
        case Content.Pinned(long about, boolean on) ->
            messages.computeIfPresent(
                about, (n, m) -> new Shown(m.text(), m.edited(), on, m.reactions()));
        case Content.Reacted(long about, String emoji, boolean on) -> {
          Shown shown = messages.get(about);
          if (shown != null) {
            TreeSet<String> who = shown.reactions().computeIfAbsent(emoji, e -> new TreeSet<>());
            if (on) {
              who.add(entry.author().name());
            } else {
              who.remove(entry.author().name());
            }
            if (who.isEmpty()) {
              shown.reactions().remove(emoji);
            }
          }
        }
        case Content.Gone gone -> {
          long account = entry.author().account();
          entries.values().stream()
              .filter(e -> e.number() < number && e.author().account() == account)
              .filter(e -> messages.containsKey(e.number()))
              .forEach(e -> messages.put(e.number(), fresh(Shown.DELETED)));
        }
        default -> {}
      }
    }
    return messages;
  }

  private static Shown fresh(String text) {
    return new Shown(text, false, false, new TreeMap<>());
  }

  /** The texts of the messages, in order. */
  List<String> texts() {
    return messages().values().stream().map(Shown::text).toList();
  }
}
