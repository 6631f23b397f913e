// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A line of a text around the first of some words. */
public record Excerpt(String before, String match, String after) {
  private static final int LEAD = 18;

  /** The whole text in one line if none of the words stands in it as it is. */
  public static Excerpt of(String text, String query) {
    String line = text.replaceAll("\\s+", " ").strip();
    String lower = line.toLowerCase(Locale.ROOT);
    int at = -1;
    int length = 0;
    for (String word : words(query)) {
      int found = lower.indexOf(word);
      if (found >= 0 && (at < 0 || found < at)) {
        at = found;
        length = word.length();
      }
    }
    if (at < 0 || lower.length() != line.length()) {
      return new Excerpt(line, "", "");
    }
    int from = at <= LEAD ? 0 : line.offsetByCodePoints(at, -Math.min(LEAD / 2, at / 2));
    String lead = from == 0 ? "" : "…";
    return new Excerpt(
        lead + line.substring(from, at),
        line.substring(at, at + length),
        line.substring(at + length));
  }

  /** What is looked for in texts, in lower case: not the words with a colon that narrow it down. */
  private static List<String> words(String query) {
    return Arrays.stream(query.toLowerCase(Locale.ROOT).split("[\\s\"]+"))
        .filter(word -> !word.isEmpty() && !word.matches("(from|in|before|after|has):.*"))
        .toList();
  }
}
