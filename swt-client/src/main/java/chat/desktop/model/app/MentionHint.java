// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Room;
import chat.protocol.Person;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can stand for an at sign and the letters behind it.
 *
 * @param start of the at sign in the text
 * @param people whose names fit, by name
 */
public record MentionHint(int start, List<Person> people) {
  private static final int MOST = 8;

  public MentionHint {
    people = List.copyOf(people);
  }

  /** Looks at a text that is being written; null if nobody is being named in it. */
  public static @Nullable MentionHint of(ChatModel model, Room room, String text, int caret) {
    int at = text.lastIndexOf('@', caret - 1);
    if (at < 0 || at > 0 && inWord(text.charAt(at - 1))) {
      return null;
    }
    String begun = text.substring(at + 1, caret).toLowerCase(Locale.ROOT);
    if (begun.chars().anyMatch(Character::isWhitespace)) {
      return null;
    }
    List<Person> people =
        candidates(model, room)
            .filter(person -> begins(person.name(), begun) || begins(person.display(), begun))
            .sorted(Comparator.comparing(Person::name, String.CASE_INSENSITIVE_ORDER))
            .limit(MOST)
            .toList();
    return people.isEmpty() ? null : new MentionHint(at, people);
  }

  /** An at sign in an address names nobody. */
  private static boolean inWord(char before) {
    return before < 0x80 && Character.isLetterOrDigit(before);
  }

  private static boolean begins(String name, String begun) {
    return !name.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith(begun);
  }

  private static Stream<Person> candidates(ChatModel model, Room room) {
    Map<Long, Person> people = new LinkedHashMap<>();
    room.members().forEach(m -> people.put(m.person().account(), m.person()));
    if (people.isEmpty()) {
      model.online().forEach(person -> people.put(person.account(), person));
    }
    people.remove(model.account());
    return people.values().stream();
  }
}
