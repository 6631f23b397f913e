// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

/**
 * Makes fit for a terminal what others had a part in: messages of servers, databases and files.
 * What would move the cursor, change colours, hide text or turn its direction is shown as its code,
 * as JSON writes it, so that JSON stays what it is. Line ends stay.
 */
public final class TerminalText {
  private TerminalText() {}

  /** The same, obeyed by no terminal. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    if (!isObeyed(c)) {
      shown.appendCodePoint(c);
      return;
    }
    for (char unit : Character.toChars(c)) {
      shown.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean isObeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          true;
      case Character.FORMAT -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
      default -> false;
    };
  }
}
