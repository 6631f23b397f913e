// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a room by number, and what was said about them later, in whatever order it came.
 * Entries that are about others count as said about those.
 */
final class KnownEntries {
  private final Map<Long, Event.Entry> entries = new HashMap<>();
  private final Map<Long, SortedMap<Long, Event.Entry>> later = new HashMap<>();
  private final Map<Long, Set<Long>> answers = new HashMap<>();
  private final Map<Long, Long> goneAt = new HashMap<>();

  /** Messages that others than their rows need: pinned ones. */
  private final Set<Long> wanted = new HashSet<>();

  void clear() {
    entries.clear();
    later.clear();
    answers.clear();
    goneAt.clear();
    wanted.clear();
  }

  /** Takes in all that another piece of the room knows. */
  void takeOver(KnownEntries other) {
    other.entries.values().forEach(this::learn);
    other.later.values().forEach(about -> about.values().forEach(this::learn));
    wanted.addAll(other.wanted);
  }

  void learn(List<Event.Entry> known) {
    known.forEach(this::learn);
  }

  void learn(Event.Entry entry) {
    long target = entry.content().about();
    if (target > 0) {
      later.computeIfAbsent(target, _ -> new TreeMap<>()).putIfAbsent(entry.number(), entry);
      return;
    }
    entries.put(entry.number(), entry);
    if (entry.content() instanceof Content.Gone) {
      goneAt.merge(entry.author().account(), entry.number(), Math::max);
    }
    if (entry.content() instanceof Content.Text text && text.reply() > 0) {
      answers.computeIfAbsent(text.reply(), _ -> new HashSet<>()).add(entry.number());
    }
  }

  /** Takes in an entry that is needed for itself, whether it has a row or not. */
  void want(Event.Entry entry) {
    if (entry.content().about() == 0) {
      wanted.add(entry.number());
    }
    learn(entry);
  }

  /** Forgets what is before a number, but for what is pinned, or answered behind it. */
  void forgetBefore(long number) {
    answers.values().forEach(numbers -> numbers.removeIf(answer -> answer < number));
    answers.values().removeIf(Set::isEmpty);
    entries.keySet().removeIf(known -> known < number && !isWanted(known));
    later.keySet().removeIf(known -> known < number && !isWanted(known));
  }

  private boolean isWanted(long number) {
    return wanted.contains(number) || answers.containsKey(number) || later(number).pinned();
  }

  Event.@Nullable Entry get(long number) {
    return entries.get(number);
  }

  /** The numbers of what somebody said. */
  List<Long> by(Person author) {
    return entries.values().stream()
        .filter(known -> known.author().account() == author.account())
        .map(Event.Entry::number)
        .toList();
  }

  /** The numbers of the answers to a message. */
  Set<Long> answers(long number) {
    return answers.getOrDefault(number, Set.of());
  }

  /** Whether the account of an entry's author has ended since. */
  boolean gone(Event.Entry entry) {
    return goneAt.getOrDefault(entry.author().account(), 0L) > entry.number();
  }

  /** Whether a message is here, and the account of its author has ended since. */
  boolean isGone(long number) {
    Event.Entry entry = entries.get(number);
    return entry != null && gone(entry);
  }

  /** An ended account has no name any more; whoever was here when it ended has heard it. */
  Person remembered(Person author) {
    return entries.values().stream()
        .map(Event.Entry::author)
        .filter(known -> known.account() == author.account() && !known.name().isEmpty())
        .findFirst()
        .orElse(author);
  }

  /** What was said later about a message. */
  MessageState later(long number) {
    SortedMap<Long, Event.Entry> known = later.get(number);
    return known == null ? MessageState.NOTHING : MessageState.of(known);
  }

  /** The message that is answered; null for none. */
  Row.@Nullable Quote answered(long number) {
    return number == 0 ? null : quote(number);
  }

  /** A message in few words. */
  Row.Quote quote(long number) {
    Event.Entry entry = entries.get(number);
    if (entry == null) {
      return new Row.Quote(number, null, "");
    }
    MessageState fate = later(number);
    var edit = fate.edit();
    String text =
        switch (entry.content()) {
          case Content.Text _, Content.File _ when fate.deleted() || gone(entry) -> "";
          case Content.Text said -> edit == null ? said.text() : edit.text();
          case Content.File file -> file.name();
          case Content.Joined _,
              Content.Left _,
              Content.Erased _,
              Content.Damaged _,
              Content.Edited _,
              Content.Deleted _,
              Content.Reacted _,
              Content.Pinned _,
              Content.RoomSet _,
              Content.Done _,
              Content.Gone _ ->
              "";
        };
    return new Row.Quote(number, entry.author(), text);
  }
}
