// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.client.text.WebLink;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text as it is shown: its few marks are taken out and have become styles. A text without marks
 * is shown as it is, and so is every mark behind a backslash, or that is not closed on its line.
 *
 * <pre>
 *   **bold**   *italic* or _italic_   ~~struck out~~   `code`
 *   &gt; a quoted line          - a line of a list
 *   ``` alone on a line begins a block of code, and another one ends it
 * </pre>
 *
 * @param text what is shown
 * @param runs the styled parts, ascending, none inside another
 */
public record Markup(String text, List<Run> runs) {

  /** How a part is shown. */
  public enum Style {
    BOLD,
    ITALIC,
    STRIKE,
    CODE,
    QUOTE
  }

  /** A part of the shown text with its styles. */
  public record Run(int start, int end, Set<Style> styles) {}

  /** Reads a text. One of which its marks would leave nothing to see is shown as it is. */
  public static Markup of(String text) {
    Markup read = new Reader(text).read();
    return read.text().isBlank() ? new Markup(text, List.of()) : read;
  }

  private record Mark(String sign, Style style) {}

  /** Longer ones first, so that a pair of stars is not taken for two single ones. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark("**", Style.BOLD),
          new Mark("~~", Style.STRIKE),
          new Mark("*", Style.ITALIC),
          new Mark("_", Style.ITALIC));

  private static final Pattern FENCE = Pattern.compile("```\\w*");

  /** How far behind a mark its end is looked for: a long line stays cheap. */
  private static final int FARTHEST = 2_000;

  private static final class Reader {
    private final String source;
    private final Map<Integer, WebLink> links;
    private final StringBuilder shown = new StringBuilder();
    private final List<Run> runs = new ArrayList<>();
    private boolean noMoreFences;

    Reader(String source) {
      this.source = source;
      this.links =
          WebLink.in(source).stream()
              .collect(Collectors.toMap(WebLink::start, Function.identity()));
    }

    Markup read() {
      for (int from = 0; from <= source.length(); ) {
        int end = endOfLine(from);
        int fence = FENCE.matcher(source.substring(from, end)).matches() ? fence(end + 1) : -1;
        if (fence >= 0) {
          show(Math.min(end + 1, fence), fence, EnumSet.of(Style.CODE));
          end = endOfLine(fence + 1);
        } else {
          line(from, end);
        }
        from = end + 1;
        if (from <= source.length()) {
          shown.append('\n');
        }
      }
      return new Markup(shown.toString(), List.copyOf(runs));
    }

    private int endOfLine(int from) {
      int end = source.indexOf('\n', from);
      return end < 0 ? source.length() : end;
    }

    /** Where the line before the closing fence ends; -1 if no line is one. */
    private int fence(int from) {
      for (int at = from; at < source.length() && !noMoreFences; at = endOfLine(at) + 1) {
        if (source.substring(at, endOfLine(at)).equals("```")) {
          return at - 1;
        }
      }
      noMoreFences = true;
      return -1;
    }

    private void line(int from, int end) {
      if (source.startsWith("> ", from)) {
        shown.append("│ ");
        inline(from + 2, end, EnumSet.of(Style.QUOTE));
      } else if (source.startsWith("- ", from) || source.startsWith("* ", from)) {
        shown.append("• ");
        inline(from + 2, end, EnumSet.noneOf(Style.class));
      } else {
        inline(from, end, EnumSet.noneOf(Style.class));
      }
    }

    /** A part of a line. Each style is opened once at most, which bounds the depth. */
    private void inline(int from, int end, EnumSet<Style> styles) {
      int plain = from;
      int at = from;
      while (at < end) {
        WebLink link = links.get(at);
        if (link != null) {
          at = Math.min(link.end(), end);
          continue;
        }
        int past = marked(plain, at, end, styles);
        if (past > at) {
          plain = past;
          at = past;
        } else {
          at++;
        }
      }
      show(plain, end, styles);
    }

    /** Shows what is before a mark and what is in it; gives the place behind it, or {@code at}. */
    private int marked(int plain, int at, int end, EnumSet<Style> styles) {
      if (at > 0 && source.charAt(at - 1) == '\\') {
        return at;
      }
      if (source.charAt(at) == '`') {
        int close = source.indexOf('`', at + 1);
        if (close > at + 1 && close < end) {
          show(plain, at, styles);
          show(at + 1, close, with(styles, Style.CODE));
          return close + 1;
        }
        return at;
      }
      for (Mark mark : MARKS) {
        int inside = at + mark.sign().length();
        if (source.startsWith(mark.sign(), at)
            && !styles.contains(mark.style())
            && opens(at, inside, end)) {
          int close = close(mark.sign(), inside, Math.min(end, inside + FARTHEST));
          if (close > 0) {
            show(plain, at, styles);
            inline(inside, close, with(styles, mark.style()));
            return close + mark.sign().length();
          }
        }
      }
      return at;
    }

    private boolean opens(int at, int inside, int end) {
      return inside < end
          && (at == 0 || !isWord(source.codePointBefore(at)))
          && !Character.isWhitespace(source.codePointAt(inside));
    }

    private int close(String sign, int from, int end) {
      for (int at = source.indexOf(sign, from + 1);
          at > 0 && at + sign.length() <= end;
          at = source.indexOf(sign, at + 1)) {
        int past = at + sign.length();
        boolean alone = sign.length() > 1 || !twice(sign, at);
        if (alone
            && !Character.isWhitespace(source.codePointBefore(at))
            && (past == source.length() || !isWord(source.codePointAt(past)))) {
          return at;
        }
      }
      return -1;
    }

    private boolean twice(String sign, int at) {
      return source.startsWith(sign, at + 1) || source.startsWith(sign, at - 1);
    }

    /** Words are not written apart in every script: there a mark may stand between any two. */
    private static boolean isWord(int codePoint) {
      return Character.isLetterOrDigit(codePoint)
          && !Character.isIdeographic(codePoint)
          && Character.UnicodeScript.of(codePoint) != Character.UnicodeScript.HIRAGANA
          && Character.UnicodeScript.of(codePoint) != Character.UnicodeScript.KATAKANA;
    }

    private static EnumSet<Style> with(EnumSet<Style> styles, Style more) {
      EnumSet<Style> all = EnumSet.copyOf(styles);
      all.add(more);
      return all;
    }

    private void show(int from, int end, EnumSet<Style> styles) {
      if (from < end) {
        int start = shown.length();
        shown.append(source, from, end);
        if (!styles.isEmpty()) {
          runs.add(new Run(start, shown.length(), Set.copyOf(styles)));
        }
      }
    }
  }
}
