// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.lang.UCharacter;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private static String byTheBook(String text) {
    return UCharacter.foldCase(Normalizer.normalize(text, Normalizer.Form.NFKC), true);
  }

  @Test
  void asciiIsFoldedAsEverythingElse() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c <= 0x7f; c++) {
      assertEquals(byTheBook("" + c), Tokens.fold("" + c), "character " + (int) c);
      all.append(c);
    }
    assertEquals(byTheBook(all.toString()), Tokens.fold(all.toString()));
  }

  @Test
  void wherePartsAreNotAsciiTheWholeIsFolded() {
    Random random = new Random(4);
    String characters = "aAzZ0 .I\u0130\u0131\u00df\u017f\u212a\uff21\u0301\ufb01";
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertEquals(byTheBook(text.toString()), Tokens.fold(text.toString()));
    }
  }
}
