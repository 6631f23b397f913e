// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import static java.util.Map.entry;

import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What names look like (Unicode TR 39). Two names look alike if they have a skeleton in common.
 *
 * <p>A name has one skeleton as it is shown and one as it is folded: {@code Ian} looks like {@code
 * lan} as it is shown, {@code IAN} like {@code ian} as it is folded. Both are folded and made
 * skeletons of until nothing changes, since what looks like another letter may be one of another
 * case: {@code O0x}, {@code OOx} and {@code oox} are one.
 *
 * <p>The table behind it takes 0.1 s of processor time to read, so nothing touches this class
 * before a name is to be given.
 */
final class Skeletons {
  /** No name of those in Unicode's table takes more than three. */
  private static final int MOST_ROUNDS = 8;

  private static final SpoofChecker CONFUSABLES =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

  private static final Map<Character, String> COMPOSED =
      Map.ofEntries(
          entry('\u0150', "\u00d6"), // Ő like Ö
          entry('\u0151', "\u00f6"),
          entry('\u0629', "\u00f6"), // the Arabic teh marbuta like ö
          entry('\u0272', "\u0146"), // ɲ like ņ
          entry('\u0163', "\u01ab"), // ţ and ț like ƫ
          entry('\u021b', "\u01ab"),
          entry('\u0192', "f\u0326"), // ƒ like an f with a comma below
          entry('\u01a0', "O'"), // Ơ like O'
          entry('\u01a1', "o'"),
          entry('\u01f5', "\u0123"), // ǵ like ģ
          entry('\u0226', "\u00c5"), // Ȧ like Å
          entry('\u0227', "\u00e5"),
          entry('\u0419', "\u040d"), // Й like Ѝ
          entry('\u0439', "\u045d"),
          entry('\u0623', "\u0627\u0674"), // Arabic letters with a hamza, or with one beside them
          entry('\u0624', "\u0648\u0674"),
          entry('\u0626', "\u0649\u0674"),
          entry('\u0d10', "\u0d0e\u0d46"), // the Malayalam ai like e with its sign
          entry('\u1e43', "\uab51"), // ṃ
          entry('\u1ff6', "\u13ef")); // ῶ like a Cherokee letter

  private Skeletons() {}

  static Set<String> of(String shown) {
    return Set.copyOf(List.of(settled(once(shown)), settled(AccountName.fold(shown))));
  }

  /** The skeleton of the text as it is. */
  static String once(String text) {
    return CONFUSABLES.getSkeleton(composedReplaced(text));
  }

  /**
   * Unicode's table has composed characters too, but its algorithm takes them apart before it looks
   * there, and misses those whose marks look like others in this one place only.
   */
  private static String composedReplaced(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      String other = COMPOSED.get(c);
      replaced.append(other == null ? String.valueOf(c) : other);
    }
    return replaced.toString();
  }

  private static String settled(String text) {
    String now = text;
    for (int i = 0; i < MOST_ROUNDS; i++) {
      String next = AccountName.fold(once(now));
      if (next.equals(now)) {
        return now;
      }
      now = next;
    }
    return now;
  }
}
