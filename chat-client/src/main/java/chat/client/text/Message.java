// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry as it reads now: what was said about it later is folded in.
 *
 * @param entry as it came
 * @param content as it reads now
 * @param edited UTC milliseconds of the last change of the text; 0 for none
 * @param reactions who put what, in the order of first putting
 */
public record Message(
    Event.Entry entry,
    Content content,
    long edited,
    boolean pinned,
    Map<String, List<Person>> reactions) {

  private record Place(long room, long number) {}

  /** An entry alone, of which nothing else is known. */
  public static Message of(Event.Entry entry) {
    return new Message(entry, entry.content(), 0, false, Map.of());
  }

  /**
   * Folds what was said about entries into them. Entries that are themselves about others are left
   * out.
   *
   * @param about in any order, with others among them
   */
  public static List<Message> fold(Collection<Event.Entry> entries, Collection<Event.Entry> about) {
    Map<Place, List<Event.Entry>> said = new HashMap<>();
    about.stream()
        .sorted(Comparator.comparingLong(Event.Entry::number))
        .forEach(entry ->
            said.computeIfAbsent(
                    new Place(entry.room(), entry.content().about()), place -> new ArrayList<>())
                .add(entry));
    List<Message> messages = new ArrayList<>();
    for (Event.Entry entry : entries) {
      if (entry.content().about() == 0) {
        messages.add(
            folded(entry, said.getOrDefault(new Place(entry.room(), entry.number()), List.of())));
      }
    }
    return messages;
  }

  private static Message folded(Event.Entry entry, List<Event.Entry> about) {
    Content content = entry.content();
    long edited = 0;
    boolean pinned = false;
    Map<String, List<Person>> reactions = new LinkedHashMap<>();
    for (Event.Entry word : about) {
      switch (word.content()) {
        case Content.Edited(long number, String text, List<Long> mentions) -> {
          if (content instanceof Content.Text old) {
            content =
                new Content.Text(text, old.reply(), old.important(), mentions, old.forwarded());
            edited = word.time();
          }
        }
        case Content.Deleted deleted -> content = new Content.Erased(0);
        case Content.Pinned(long number, boolean on) -> pinned = on;
        case Content.Reacted(long number, String emoji, boolean on) -> {
          List<Person> who = reactions.computeIfAbsent(emoji, e -> new ArrayList<>());
          who.removeIf(person -> person.account() == word.author().account());
          if (on) {
            who.add(word.author());
          }
        }
        default -> {}
      }
    }
    reactions.values().removeIf(List::isEmpty);
    return content instanceof Content.Erased
        ? new Message(entry, content, 0, false, Map.of())
        : new Message(entry, content, edited, pinned, reactions);
  }
}
