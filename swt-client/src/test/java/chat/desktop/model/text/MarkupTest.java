// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

  /** The shown text, with each run as {@code [STYLES:text]}. */
  private static String shown(String text) {
    Markup markup = Markup.of(text);
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (Markup.Run run : markup.runs()) {
      shown.append(markup.text(), at, run.start()).append('[');
      shown.append(run.styles().stream().sorted().map(Enum::name).collect(Collectors.joining("+")));
      shown.append(':').append(markup.text(), run.start(), run.end()).append(']');
      at = run.end();
    }
    return shown + markup.text().substring(at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "a **b c** d -> a [BOLD:b c] d",
        "*a* -> [ITALIC:a]",
        "_a_, b -> [ITALIC:a], b",
        "~~a~~ -> [STRIKE:a]",
        "`a*b*c` -> [CODE:a*b*c]",
        "**a _b_ c** -> [BOLD:a ][BOLD+ITALIC:b][BOLD: c]",
        "**~~*a*~~** -> [BOLD+ITALIC+STRIKE:a]",
        "这是**重要**的 -> 这是[BOLD:重要]的",
        "> a *b* -> │ [QUOTE:a ][ITALIC+QUOTE:b]",
        "- a -> • a",
        "* a *b* -> • a [ITALIC:b]"
      })
  void marksBecomeStyles(String text, String expected) {
    assertEquals(expected, shown(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "\n\n",
        "2 * 3 * 4",
        "2*3*4",
        "snake_case_name and a__b",
        "** a **",
        "**a",
        "a*",
        "*",
        "****",
        "``",
        "`a",
        "~a~",
        "\\*a*",
        "\\`a`",
        "-a",
        ">a",
        "```",
        "```\na",
        "```\n```",
        "```\n \n```\n",
        "` `",
        "*a\nb*",
        "https://example.org/a_b_c/_d_?x=*y*",
        "☺ :-) ¯\\_(ツ)_/¯"
      })
  void whatIsNoMarkStays(String text) {
    assertEquals(text, shown(text));
  }

  @Test
  void blocksOfCodeKeepEverything() {
    assertEquals("a\n[CODE:int *b* = 1;\n> c]\nd", shown("a\n```java\nint *b* = 1;\n> c\n```\nd"));
    assertEquals("a", shown("```\na\n```").replaceAll("\\[CODE:(.*)]", "$1"));
    assertEquals("\nb", shown("```\n```\nb"));
  }

  @Test
  void aMarkAroundALinkIsOne() {
    assertEquals(
        "[BOLD:see https://example.org/_a_ now]", shown("**see https://example.org/_a_ now**"));
  }

  @Test
  void anyTextIsReadAndItsRunsAreInOrder() {
    Random random = new Random(5);
    String letters = "*_~`> -ab\n漢http://x ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      Markup markup = Markup.of(text.toString());
      int at = 0;
      for (Markup.Run run : markup.runs()) {
        assertTrue(run.start() >= at && run.end() > run.start(), text::toString);
        at = run.end();
      }
      assertTrue(at <= markup.text().length(), text::toString);
      assertEquals(
          text.toString().replaceAll("[*_~`>│•\\- \n]", ""),
          markup.text().replaceAll("[*_~`>│•\\- \n]", ""));
    }
  }

  @Test
  void nobodyCanMakeItSlow() {
    for (String part : List.of("**a ", "*_~~", "`", "**_", "> ", "```\n", "```x\n", "_a*")) {
      String text = part.repeat(16_384 / part.length());
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Markup.of(text));
    }
  }
}
