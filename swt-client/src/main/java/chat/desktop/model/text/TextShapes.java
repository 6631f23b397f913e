// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a text looks like: whether it is nothing but a few emoji. */
public final class TextShapes {
  private static final int FEW = 5;

  /** Longer than any five emoji: a long text need not be taken apart. */
  private static final int LONGEST = 300;

  private static final Pattern EMOJI =
      Pattern.compile(
          "\\p{IsEmoji_Presentation}.*|\\p{IsEmoji}\\uFE0F.*|[0-9#*]\\uFE0F?\\u20E3",
          Pattern.DOTALL);

  private TextShapes() {}

  /** Whether a text is one to five emoji and nothing else. */
  public static boolean onlyEmoji(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    int count = 0;
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    int start = 0;
    for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
      String cluster = text.substring(start, end);
      start = end;
      if (cluster.isBlank()) {
        continue;
      }
      if (++count > FEW || !EMOJI.matcher(cluster).matches()) {
        return false;
      }
    }
    return count > 0;
  }
}
