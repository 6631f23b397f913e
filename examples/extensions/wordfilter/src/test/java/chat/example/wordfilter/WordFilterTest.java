// SPDX-License-Identifier: Apache-2.0
package chat.example.wordfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.extension.ProposedText;
import chat.extension.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordFilterTest {
  private final WordFilter filter =
      new WordFilter(List.of("# what nobody wants to read", "darn", "", "笨蛋", "-buy now", "a.b"));

  private Verdict check(String text) {
    return filter.check(new ProposedText(1, "Lobby", 2, "anna", text));
  }

  @Test
  void wordsAreHiddenInAnyCaseAndAlone() {
    assertEquals(new Verdict.Replace("**** it, ****!"), check("Darn it, DARN!"));
    assertEquals(new Verdict.Replace("你 ** 吗"), check("你 笨蛋 吗"));
    assertEquals(new Verdict.Allow(), check("darning socks"));
    assertEquals(new Verdict.Allow(), check("axb"));
    assertEquals(new Verdict.Replace("***"), check("a.b"));
  }

  @Test
  void someTextsAreRefused() {
    assertInstanceOf(Verdict.Refuse.class, check("Buy now and save"));
  }

  @Test
  void withoutWordsEverythingPasses() {
    assertEquals(
        new Verdict.Allow(),
        new WordFilter(List.of()).check(new ProposedText(1, "", 2, "anna", "darn")));
  }
}
