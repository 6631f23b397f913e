// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.util.Arrays;
import java.util.Optional;

/** The four emoji that the original client has words for. */
enum Emoji {
  HAPPY("[emoji-happy]", "😀"),
  HAPPY_WITH_HALO("[emoji-HappyWithHalo]", "😇"),
  CAKE("[emoji-cake]", "🎂"),
  HOTPOT("[emoji-hotpot]", "🍲");

  private final String word;
  private final String character;

  Emoji(String word, String character) {
    this.word = word;
    this.character = character;
  }

  /** As everybody else shows it. */
  static Optional<String> character(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word.strip()))
        .map(each -> each.character)
        .findFirst();
  }

  /** As the original client writes it, if a text is one of them and nothing else. */
  static Optional<String> word(String text) {
    return Arrays.stream(values())
        .filter(each -> each.character.equals(text.strip()))
        .map(each -> each.word)
        .findFirst();
  }
}
