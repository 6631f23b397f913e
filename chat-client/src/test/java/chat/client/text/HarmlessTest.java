// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HarmlessTest {
  @Test
  void whatTerminalsObeyIsShownAsItsCode() {
    assertEquals("\\u001b[31mred\\u0007", TerminalSanitizer.line("\u001b[31mred\u0007"));
    assertEquals("\\u009b2J", TerminalSanitizer.line("\u009b2J"));
    assertEquals("a\\u000db", TerminalSanitizer.line("a\rb"));
    assertEquals("\\u202eevil", TerminalSanitizer.line("\u202eevil"));
    assertEquals("\\u2028", TerminalSanitizer.line("\u2028"));
    assertEquals("\\ud83d", TerminalSanitizer.line("\ud83d"));
  }

  @Test
  void noControlCharacterGetsThrough() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) != Character.SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String shown = TerminalSanitizer.lines(all);
    assertFalse(shown.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'));
  }

  @Test
  void whatPeopleWriteStaysAsItIs() {
    String text = "Grüße, 你好, مرحبا 👩‍👩‍👧‍👦\ttab";
    assertEquals(text, TerminalSanitizer.lines(text));
  }

  @Test
  void aFurtherLineNeverLooksLikeAMessage() {
    assertEquals(
        "hi\n    2026-11-23 04:05:06 bob: forged\n    \n    end",
        TerminalSanitizer.lines("hi\n2026-11-23 04:05:06 bob: forged\n\nend"));
  }
}
