// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Limits;
import chat.server.base.text.AccountName;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Room;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is mentioned in a text. */
public record Mentions(Directory directory) {
  /** At signs of a text that are looked at: each costs a search on an event loop. */
  private static final int LOOKED_AT = 100;

  /** A name of {@link Limits#NAME} characters folds into at most so many. */
  private static final int FOLDED_NAME = 3 * Limits.NAME;

  /**
   * The members whose names stand behind one of the first {@value #LOOKED_AT} at signs: of several
   * that fit, the longest name.
   */
  List<Long> in(Room room, String text) {
    Set<Long> mentioned = new LinkedHashSet<>();
    int looked = 0;
    for (int at = text.indexOf('@');
        at >= 0 && looked < LOOKED_AT;
        at = text.indexOf('@', at + 1), looked++) {
      Long account = named(room, behind(text, at + 1));
      if (account != null) {
        mentioned.add(account);
      }
    }
    return List.copyOf(mentioned);
  }

  /** What may be a name: not more than the longest, and not beyond the line. */
  private static String behind(String text, int from) {
    int most = Math.min(text.length(), from + 2 * Limits.NAME);
    int line = text.indexOf('\n', from, most);
    return text.substring(from, line < 0 ? most : line);
  }

  /** Folded once for all that it may begin with: a fold costs more than a look at a name. */
  private @Nullable Long named(Room room, String behind) {
    String folded = AccountName.fold(behind);
    for (int to = Math.min(folded.length(), FOLDED_NAME); to > 0; to--) {
      Long account = member(room, folded.substring(0, to));
      if (account != null) {
        return account;
      }
    }
    return null;
  }

  private @Nullable Long member(Room room, String folded) {
    return directory
        .accounts()
        .named(folded)
        .map(Account::id)
        .filter(id -> room.member(id) != null)
        .orElse(null);
  }
}
