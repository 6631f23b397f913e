// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The four emoji that the original client has buttons for. It says and shows them as words; the
 * pictures are those on its buttons.
 */
enum Emoji {
  HAPPY("[emoji-happy]", "😜", "😀"),
  HAPPY_WITH_HALO("[emoji-HappyWithHalo]", "😇"),
  CAKE("[emoji-cake]", "🍰", "🎂"),
  HOTPOT("[emoji-hotpot]", "🥘", "🍲");

  private final String word;
  private final String picture;

  /** What earlier builds took for the picture; means the word where it stands alone. */
  private final List<String> others;

  Emoji(String word, String picture, String... others) {
    this.word = word;
    this.picture = picture;
    this.others = List.of(others);
  }

  /** As everybody else shows it: pictures for the words, wherever they stand in a text. */
  static String pictures(String text) {
    String shown = text;
    if (text.contains("[emoji-")) {
      for (Emoji each : values()) {
        shown = shown.replace(each.word, each.picture);
      }
    }
    return shown;
  }

  /** As the original client writes it: words for the pictures, wherever they stand in a text. */
  static String words(String text) {
    Optional<String> alone = word(text);
    String written = text;
    for (Emoji each : values()) {
      written = written.replace(each.picture, each.word);
    }
    return alone.orElse(written);
  }

  /** The word, if a text is one of the four and nothing else. */
  static Optional<String> word(String text) {
    String alone = text.strip();
    return Arrays.stream(values())
        .filter(each -> each.picture.equals(alone) || each.others.contains(alone))
        .map(each -> each.word)
        .findFirst();
  }
}
