// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text looks like: where its links are, and whether it is nothing but a few emoji. */
public final class TextShapes {
  private static final int FEW = 5;
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"\\p{IsHan}，。！？、）]+");
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final Pattern EMOJI =
      Pattern.compile(
          "\\p{IsEmoji_Presentation}.*|\\p{IsEmoji}\\uFE0F.*|[0-9#*]\\uFE0F?\\u20E3",
          Pattern.DOTALL);

  private TextShapes() {}

  /** A part of a text that leads somewhere. */
  public record Link(int start, int end, String address) {}

  /** The links of a text; punctuation at the end of a sentence is not part of one. */
  public static List<Link> links(String text) {
    List<Link> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(text);
    while (matcher.find()) {
      int end = trimmed(text, matcher.start(), matcher.end());
      if (end > matcher.start() + "https://".length()) {
        links.add(new Link(matcher.start(), end, text.substring(matcher.start(), end)));
      }
    }
    return links;
  }

  /** Whether a text is one to five emoji and nothing else. */
  public static boolean onlyEmoji(String text) {
    int count = 0;
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      if (clusters.group().isBlank()) {
        continue;
      }
      if (++count > FEW || !EMOJI.matcher(clusters.group()).matches()) {
        return false;
      }
    }
    return count > 0;
  }

  private static int trimmed(String text, int start, int end) {
    int at = end;
    while (at > start && ".,;:!?'".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    String address = text.substring(start, at);
    long open = address.chars().filter(c -> c == '(').count();
    long closed = address.chars().filter(c -> c == ')').count();
    return address.endsWith(")") && closed > open ? at - 1 : at;
  }
}
