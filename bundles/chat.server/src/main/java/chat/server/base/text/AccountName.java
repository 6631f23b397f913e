// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import chat.protocol.Limits;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules for account names: NFKC, 1 to 32 code points, no control or format characters, no
 * spaces at the ends; unique after case folding and by confusable skeleton (Unicode TR 39).
 *
 * @param shown as people see it
 * @param folded for looking up
 * @param skeleton the same for names that look the same
 */
public record AccountName(String shown, String folded, String skeleton) {
  private static final SpoofChecker CONFUSABLES =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

  /** Empty if it is no valid name. */
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
    String folded = fold(shown);
    return Optional.of(new AccountName(shown, folded, CONFUSABLES.getSkeleton(folded)));
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
