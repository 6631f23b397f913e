// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message: all that was said about it later, put together in the order of its
 * numbers, in whatever order it came.
 *
 * @param edit the newest words; null if it still reads as it was written
 */
public record MessageState(
    Content.@Nullable Edited edit, boolean deleted, boolean pinned, List<Reaction> reactions) {
  /** Nothing was said later. */
  public static final MessageState NOTHING = new MessageState(null, false, false, List.of());

  /** An emoji under a message, and who put it there, the first one first. */
  public record Reaction(String emoji, List<Person> people) {
    public Reaction {
      people = List.copyOf(people);
    }

    /** Whether somebody is among them. */
    public boolean by(long account) {
      return people.stream().anyMatch(person -> person.account() == account);
    }
  }

  public MessageState {
    reactions = List.copyOf(reactions);
  }

  /** Puts together what is known about one message, by number. */
  public static MessageState of(SortedMap<Long, Event.Entry> entries) {
    Content.Edited edit = null;
    boolean deleted = false;
    boolean pinned = false;
    Map<String, Map<Long, Person>> reactions = new LinkedHashMap<>();
    for (Event.Entry entry : entries.values()) {
      switch (entry.content()) {
        case Content.Edited edited -> edit = edited;
        case Content.Deleted _ -> deleted = true;
        case Content.Pinned(long _, boolean on) -> pinned = on;
        case Content.Reacted(long _, String emoji, boolean on) -> {
          Map<Long, Person> people = reactions.computeIfAbsent(emoji, _ -> new LinkedHashMap<>());
          if (on) {
            people.putIfAbsent(entry.author().account(), entry.author());
          } else {
            people.remove(entry.author().account());
          }
        }
        case Content.Text _,
            Content.File _,
            Content.Joined _,
            Content.Left _,
            Content.Erased _,
            Content.Damaged _,
            Content.RoomSet _,
            Content.Done _,
            Content.Gone _ -> {}
      }
    }
    List<Reaction> left = new ArrayList<>();
    reactions.forEach((emoji, people) -> {
      if (!people.isEmpty()) {
        left.add(new Reaction(emoji, List.copyOf(people.values())));
      }
    });
    return new MessageState(edit, deleted, pinned, left);
  }
}
