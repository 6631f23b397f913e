// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.MessageState;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.Excerpt;
import chat.desktop.model.text.Markup;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Position;
import chat.protocol.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a search has found so far, the newest first, and whether there is more. */
public final class SearchResults {
  private static final int PAGE = 30;

  private final ChatModel model;
  private final Runnable changed;
  private final List<Hit> hits = new ArrayList<>();
  private String query = "";
  private List<Position> next = List.of();
  private boolean asking;
  private @Nullable Throwable failure;

  /** A message that was found. */
  public record Hit(Event.Entry entry, Room room, Excerpt excerpt) {}

  /**
   * @param changed told when an answer has come
   */
  public SearchResults(ChatModel model, Runnable changed) {
    this.model = model;
    this.changed = changed;
  }

  /** Looks for something else. */
  public void search(String words) {
    query = words.strip();
    hits.clear();
    next = List.of();
    failure = null;
    if (!query.isEmpty()) {
      ask();
    }
  }

  /** Goes on where the last answer ended. */
  public void more() {
    if (hasMore() && !asking) {
      ask();
    }
  }

  public String query() {
    return query;
  }

  public List<Hit> hits() {
    return Collections.unmodifiableList(hits);
  }

  public boolean hasMore() {
    return !next.isEmpty();
  }

  /** Whether an answer is still to come. */
  public boolean asking() {
    return asking;
  }

  /** Why there is no answer; null if there is one. */
  public @Nullable Throwable failure() {
    return failure;
  }

  private void ask() {
    String asked = query;
    asking = true;
    var unused =
        model
            .here(model.client().search(asked, next, PAGE))
            .whenComplete((found, problem) -> {
              if (asked.equals(query)) {
                asking = false;
                failure = problem;
                if (problem == null) {
                  take(found);
                  if (found.entries().isEmpty() && hasMore()) {
                    ask(); // the server looks for a moment at a time
                  }
                }
                changed.run();
              }
            });
  }

  private void take(Reply.Found found) {
    next = found.next();
    Map<List<Long>, TreeMap<Long, Event.Entry>> later =
        found.about().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> List.of(entry.room(), entry.content().about()),
                    Collectors.toMap(
                        Event.Entry::number, entry -> entry, (one, _) -> one, TreeMap::new)));
    for (Event.Entry entry : found.entries()) {
      Room room = model.room(entry.room());
      SortedMap<Long, Event.Entry> about =
          later.getOrDefault(List.of(entry.room(), entry.number()), new TreeMap<>());
      if (room != null) {
        hits.add(new Hit(entry, room, Excerpt.of(text(entry, MessageState.of(about)), query)));
      }
    }
  }

  private static String text(Event.Entry entry, MessageState fate) {
    var edit = fate.edit();
    return switch (entry.content()) {
      case Content.Text text -> Markup.of(edit == null ? text.text() : edit.text()).text();
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
  }
}
