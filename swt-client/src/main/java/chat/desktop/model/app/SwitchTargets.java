// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Room;
import chat.protocol.Contact;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds where to go while somebody types: what is known here at once, what the server knows when
 * its answer comes. An answer to what was typed before is of no use any more.
 */
public final class SwitchTargets {
  private static final int MOST = 100;

  /** What is looked for. */
  public enum Kind {
    ROOMS,
    PEOPLE,
    PUBLIC
  }

  private final ChatModel model;
  private final Set<Kind> kinds;
  private final Runnable changed;
  private String typed = "";
  private List<RoomInfo> found = List.of();
  private boolean asking;

  /**
   * @param changed told when an answer has come
   */
  public SwitchTargets(ChatModel model, Set<Kind> kinds, Runnable changed) {
    this.model = model;
    this.kinds = Set.copyOf(kinds);
    this.changed = changed;
  }

  /** Looks for something else. */
  public void type(String text) {
    String query = text.strip().toLowerCase(Locale.ROOT);
    typed = query;
    if (!kinds.contains(Kind.PUBLIC)) {
      return;
    }
    asking = true;
    var unused =
        model
            .here(model.client().rooms(query, "", MOST))
            .whenComplete((page, failure) -> {
              if (query.equals(typed)) {
                asking = false;
                found = failure == null ? page.rooms() : List.of();
                changed.run();
              }
            });
  }

  /** Whether an answer is still to come. */
  public boolean asking() {
    return asking;
  }

  /** What was found so far: names that begin so come first. */
  public List<SwitchTarget> list() {
    List<SwitchTarget> goals = new ArrayList<>();
    if (kinds.contains(Kind.ROOMS)) {
      SideItem.rooms(model).forEach(room -> goals.add(new SwitchTarget.ToRoom(room)));
    }
    if (kinds.contains(Kind.PEOPLE)) {
      people().forEach(person -> goals.add(new SwitchTarget.ToPerson(person)));
    }
    found.stream()
        .filter(info -> model.room(info.room()) == null)
        .forEach(info -> goals.add(new SwitchTarget.ToPublic(info)));
    return goals.stream()
        .filter(target -> target.fits(typed))
        .sorted(Comparator.comparing(target -> !begins(target)))
        .limit(MOST)
        .toList();
  }

  private boolean begins(SwitchTarget target) {
    return target.name().toLowerCase(Locale.ROOT).startsWith(typed);
  }

  /** Friends, who is here, and with whom there is a private chat, each of them once in the list. */
  private List<Person> people() {
    Map<Long, Person> people = new LinkedHashMap<>();
    model.people().contacts(Relation.FRIEND).stream()
        .map(Contact::person)
        .forEach(person -> people.put(person.account(), person));
    model.online().forEach(person -> people.putIfAbsent(person.account(), person));
    for (Room room : model.rooms()) {
      Person peer = room.info().peer();
      if (kinds.contains(Kind.ROOMS)) {
        people.remove(peer.account());
      } else if (room.direct()) {
        people.putIfAbsent(peer.account(), peer);
      }
    }
    people.remove(model.account());
    return List.copyOf(people.values());
  }
}
