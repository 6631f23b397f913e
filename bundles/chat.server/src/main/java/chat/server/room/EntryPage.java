// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Content;
import chat.protocol.Event;
import java.util.List;
import java.util.stream.Stream;

/** Entries for one answer, and what was said later about them; both ascending. */
public record EntryPage(List<Event.Entry> entries, List<Event.Entry> about) {
  public static final EntryPage NOTHING = new EntryPage(List.of(), List.of());

  /** About as many bytes as this takes in an answer. */
  public long weight() {
    return Stream.of(entries, about).flatMap(List::stream).mapToLong(EntryPage::weight).sum();
  }

  /** About as many bytes as an entry takes in an answer, rather more than fewer. */
  public static long weight(Event.Entry entry) {
    return 128
        + switch (entry.content()) {
          case Content.Text text -> 128 + 3L * text.text().length();
          case Content.Edited edited -> 128 + 3L * edited.text().length();
          case Content.File file -> 1024;
          default -> 0;
        };
  }
}
