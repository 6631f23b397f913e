// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import chat.protocol.Problem;
import chat.server.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** The rules for what people write. */
public final class Texts {

  private Texts() {}

  /** Line feeds as line ends. */
  public static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Whether a message can be taken. */
  public static void checkMessage(String text, int bytes) throws Refusal {
    if (text.isBlank()) {
      throw Refusal.invalid(Problem.TEXT_EMPTY, "there is nothing in it");
    }
    check(text, bytes);
  }

  /** The same for a text that may be empty. */
  public static void check(String text, int bytes) throws Refusal {
    if (text.getBytes(StandardCharsets.UTF_8).length > bytes) {
      throw Refusal.invalid(Problem.TOO_LARGE, "at most " + bytes + " bytes");
    }
    if (hasControls(text)) {
      throw Refusal.invalid(Problem.TEXT_INVALID, "control characters");
    }
  }

  /** Whether there are control characters in it that no text may hold. */
  public static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }

  /**
   * A line of people's words in its normal form: no control or format characters, no spaces at the
   * ends; null if it is none or too long.
   *
   * @param most code points
   */
  public static @Nullable String line(String wanted, int most) {
    if (wanted.length() > 4 * most) {
      return null;
    }
    String line = Normalizer.normalize(wanted, Normalizer.Form.NFC).strip();
    return line.codePointCount(0, line.length()) > most
            || line.codePoints().anyMatch(AccountName::forbidden)
        ? null
        : line;
  }

  /** Whether there is something in a text that a browser can open. */
  public static boolean hasLink(String text) {
    return text.contains("http://") || text.contains("https://");
  }
}
