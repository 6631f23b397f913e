// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import chat.protocol.Limits;
import com.ibm.icu.lang.UCharacter;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of an account: NFKC, 1 to 32 code points, no control or format characters, no spaces at
 * the ends; unique after case folding. That much holds for every name since the first build; {@link
 * NameRule} says what else holds for those that are given now.
 *
 * @param shown as people see it
 * @param folded for looking up
 */
public record AccountName(String shown, String folded) {

  /** Empty if it is nobody's name. */
  public static Optional<AccountName> of(String wanted) {
    if (wanted.length() > 4 * Limits.NAME) {
      return Optional.empty();
    }
    String shown = Normalizer.normalize(wanted, Normalizer.Form.NFKC);
    int length = shown.codePointCount(0, shown.length());
    if (length < 1
        || length > Limits.NAME
        || !shown.strip().equals(shown)
        || shown.codePoints().anyMatch(AccountName::forbidden)) {
      return Optional.empty();
    }
    return Optional.of(new AccountName(shown, fold(shown)));
  }

  /** What it looks like; see {@link NameRule}. */
  public Set<String> skeletons() {
    return Skeletons.of(shown);
  }

  /** The skeleton that earlier builds kept. */
  public String earlierSkeleton() {
    return Skeletons.once(folded);
  }

  /** The form under which a name is looked up. */
  public static String fold(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name.toLowerCase(Locale.ROOT);
    }
    return UCharacter.foldCase(Normalizer.normalize(name, Normalizer.Form.NFKC), true);
  }

  static boolean forbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
