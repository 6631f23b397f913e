// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may have meant. */
final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** The rest of a sentence: what is near to what was typed; empty if nothing is. */
  static String of(String typed, Collection<String> known) {
    int near = Math.max(1, typed.replace("-", "").length() / 3);
    String meant =
        known.stream()
            .filter(word -> distance(word, typed) <= near || isBeginning(typed, word))
            .sorted(Comparator.comparingInt(word -> distance(word, typed)))
            .limit(MOST)
            .collect(Collectors.joining(" or "));
    return meant.isEmpty() ? "" : "; did you mean " + meant + "?";
  }

  private static boolean isBeginning(String typed, String word) {
    return typed.replace("-", "").length() >= 2 && word.startsWith(typed);
  }

  /** Letters to put in, take out, exchange, or swap with their neighbour (Damerau, Levenshtein). */
  static int distance(String word, String other) {
    String one = word.toLowerCase(Locale.ROOT);
    String two = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[one.length() + 1][two.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= two.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        cost[i][j] = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == two.charAt(j - 2)
            && one.charAt(i - 2) == two.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][two.length()];
  }
}
