// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void theFirstOfTheWordsIsInSight() {
    assertEquals(
        new Excerpt("", "Hello", " world"), Excerpt.of("Hello\nworld", "world from:Anna hello"));
    assertEquals(new Excerpt("会议改到", "下午", "三点"), Excerpt.of("会议改到下午三点", "下午"));
    Excerpt far = Excerpt.of("a rather long beginning before the needle comes", "\"needle\"");
    assertEquals("needle", far.match());
    assertEquals("…fore the ", far.before());
  }

  @Test
  void aTextWithoutTheWordsIsShownFromItsBeginning() {
    assertEquals(new Excerpt("site-plan.png", "", ""), Excerpt.of("site-plan.png", "has:file"));
  }
}
