// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import com.ibm.icu.text.SpoofChecker;
import java.util.List;
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

  private Skeletons() {}

  static Set<String> of(String shown) {
    return Set.copyOf(List.of(settled(once(shown)), settled(AccountName.fold(shown))));
  }

  /** The skeleton of the text as it is. */
  static String once(String text) {
    return CONFUSABLES.getSkeleton(text);
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
