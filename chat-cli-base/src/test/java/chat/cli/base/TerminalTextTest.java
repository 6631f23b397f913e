// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TerminalTextTest {

  @Test
  void whatATerminalObeysIsShownAsItsCode() {
    assertEquals("\\u001b]0;x\\u0007", TerminalText.of("\u001b]0;x\u0007"));
    assertEquals("\\u009b2J", TerminalText.of("\u009b2J"));
    assertEquals("a\\u000db", TerminalText.of("a\rb"));
    assertEquals("\\u202etxt", TerminalText.of("\u202etxt"));
    assertEquals("\\udbc0\\udc00", TerminalText.of("\udbc0\udc00"));
  }

  @Test
  void whatPeopleWriteStays() {
    String text = "Grüße, 你好 👩‍👩‍👧\n\tמחר";
    assertEquals(text, TerminalText.of(text));
  }
}
