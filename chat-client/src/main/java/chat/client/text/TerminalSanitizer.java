// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.util.stream.Collectors;

/**
 * Makes texts of others fit for a terminal: what could move the cursor, change colours, forge a
 * line or turn the direction of reading is shown as its code instead of being obeyed.
 */
public final class TerminalSanitizer {
  private TerminalSanitizer() {}

  /** On one line, tabs included. */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  /** Further lines are indented, so that none looks like the beginning of a message. */
  public static String lines(String text) {
    return text.lines().map(TerminalSanitizer::line).collect(Collectors.joining("\n    "));
  }

  private static void append(StringBuilder shown, int c) {
    if (dangerous(c)) {
      shown.append(String.format("\\u%04x", c));
    } else {
      shown.appendCodePoint(c);
    }
  }

  /** Whether a terminal would do something else than draw it. */
  static boolean dangerous(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t';
      case Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          true;
      case Character.FORMAT -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      default -> false;
    };
  }
}
