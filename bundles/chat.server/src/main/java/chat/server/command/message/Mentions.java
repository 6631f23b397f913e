// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Limits;
import chat.server.base.AccountName;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Room;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is mentioned in a text. */
public record Mentions(Directory directory) {
  /** At signs of a text that are looked at: each costs a search on an event loop. */
  private static final int LOOKED_AT = 100;

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
      Long account = named(room, text, at + 1);
      if (account != null) {
        mentioned.add(account);
      }
    }
    return List.copyOf(mentioned);
  }

  private @Nullable Long named(Room room, String text, int from) {
    int line = text.indexOf('\n', from);
    int most = Math.min(line < 0 ? text.length() : line, from + 2 * Limits.NAME);
    for (int to = most; to > from; to--) {
      Optional<Account> account =
          directory.accounts().named(AccountName.fold(text.substring(from, to)));
      if (account.isPresent() && room.member(account.get().id()) != null) {
        return account.get().id();
      }
    }
    return null;
  }
}
