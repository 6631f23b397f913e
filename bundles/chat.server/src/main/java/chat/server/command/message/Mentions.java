// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Limits;
import chat.server.base.AccountName;
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

  /** Names that may have to be folded for one text, where that is more than lower case. */
  private static final int FOLDED = 1_000;

  /** A name of {@link Limits#NAME} characters folds into at most so many. */
  private static final int FOLDED_NAME = 3 * Limits.NAME;

  /**
   * The members whose names stand behind one of the first at signs: of several that fit, the
   * longest name.
   */
  List<Long> in(Room room, String text) {
    Set<Long> mentioned = new LinkedHashSet<>();
    int looked = 0;
    int folded = 0;
    for (int at = text.indexOf('@');
        at >= 0 && looked < LOOKED_AT && folded < FOLDED;
        at = text.indexOf('@', at + 1), looked++) {
      String behind = behind(text, at + 1);
      boolean plain = behind.chars().allMatch(c -> c < 0x80);
      folded += plain ? 0 : behind.length();
      Long account = plain ? plain(room, behind) : named(room, behind);
      if (account != null) {
        mentioned.add(account);
      }
    }
    return List.copyOf(mentioned);
  }

  /** What may be a name: not more than the longest, and not beyond the line. */
  private static String behind(String text, int from) {
    int line = text.indexOf('\n', from);
    return text.substring(
        from,
        Math.min(line < 0 ? text.length() : line, Math.min(text.length(), from + 2 * Limits.NAME)));
  }

  private @Nullable Long plain(Room room, String behind) {
    String folded = AccountName.fold(behind);
    for (int to = Math.min(folded.length(), Limits.NAME); to > 0; to--) {
      Long account = member(room, folded.substring(0, to));
      if (account != null) {
        return account;
      }
    }
    return null;
  }

  private @Nullable Long named(Room room, String behind) {
    Long longest = null;
    for (int to = 1; to <= behind.length(); to++) {
      String folded = AccountName.fold(behind.substring(0, to));
      if (folded.length() > FOLDED_NAME) {
        break; // and so are all that are longer
      }
      Long account = member(room, folded);
      longest = account == null ? longest : account;
    }
    return longest;
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
