// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.List;

/**
 * An emoji and the words it can be found by; the first word is its name.
 *
 * @param group of the Unicode chart
 */
public record Emoji(int group, String text, List<String> english, List<String> chinese) {

  public Emoji {
    english = List.copyOf(english);
    chinese = List.copyOf(chinese);
  }

  /** Its name in a language. */
  public String name(Language language) {
    return switch (language) {
      case EN -> english.getFirst();
      case ZH -> chinese.getFirst();
    };
  }
}
