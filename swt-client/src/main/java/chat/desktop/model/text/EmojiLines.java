// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.ArrayList;
import java.util.List;

/** The lines of the emoji picker: headings, and under each its emoji, so many a line. */
public final class EmojiLines {

  /** A line. */
  public sealed interface Line {

    /** The key of a heading. */
    record Heading(String key) implements Line {}

    /** Some emoji side by side. */
    record Row(List<Emoji> emoji) implements Line {
      public Row {
        emoji = List.copyOf(emoji);
      }
    }
  }

  private EmojiLines() {}

  /** All emoji, those used last first. */
  public static List<Line> all(EmojiCatalog catalog, List<String> recent, int columns) {
    List<Line> lines = new ArrayList<>();
    List<Emoji> used = recent.stream().flatMap(text -> catalog.find(text).stream()).toList();
    if (!used.isEmpty()) {
      add(lines, "emoji.recent", used, columns);
    }
    for (int group : EmojiCatalog.GROUPS) {
      add(lines, "emoji.group." + group, catalog.group(group), columns);
    }
    return lines;
  }

  /** Those that were searched for. */
  public static List<Line> found(List<Emoji> emoji, int columns) {
    List<Line> lines = new ArrayList<>();
    add(lines, emoji.isEmpty() ? "emoji.none" : "emoji.found", emoji, columns);
    return lines;
  }

  private static void add(List<Line> lines, String key, List<Emoji> emoji, int columns) {
    lines.add(new Line.Heading(key));
    for (int i = 0; i < emoji.size(); i += columns) {
      lines.add(new Line.Row(emoji.subList(i, Math.min(emoji.size(), i + columns))));
    }
  }
}
