// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import chat.protocol.Limits;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** What can be a reaction: one emoji, skin, hair and family included. */
public final class Reactions {
  private Reactions() {}

  public static boolean valid(String emoji) {
    int length = emoji.codePointCount(0, emoji.length());
    return length >= 1
        && length <= Limits.REACTION
        && emoji.codePoints().allMatch(Reactions::belongs)
        && emoji.codePoints().anyMatch(Reactions::picture);
  }

  private static boolean belongs(int c) {
    return UCharacter.hasBinaryProperty(c, UProperty.EMOJI)
        || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_COMPONENT);
  }

  private static boolean picture(int c) {
    return UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC)
        || UCharacter.hasBinaryProperty(c, UProperty.REGIONAL_INDICATOR)
        || c == 0x20e3;
  }
}
