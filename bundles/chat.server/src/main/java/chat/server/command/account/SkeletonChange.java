// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of the skeletons that an account keeps from others when it is called something else.
 *
 * @param given up
 * @param taken must be nobody else's
 */
record SkeletonChange(Set<String> given, Set<String> taken) {
  /**
   * @param others by which the account is known besides
   */
  static SkeletonChange of(Set<String> others, Set<String> before, Set<String> after) {
    Set<String> given = new HashSet<>(before);
    given.removeAll(after);
    given.removeAll(others);
    Set<String> taken = new HashSet<>(after);
    taken.removeAll(before);
    taken.removeAll(others);
    return new SkeletonChange(given, taken);
  }

  List<Condition> conditions(Seals seals) {
    return taken.stream()
        .<Condition>map(skeleton -> new CellVersion(seals.skeleton(skeleton), 0))
        .toList();
  }

  List<CellWrite> cells(Seals seals, long account) {
    List<CellWrite> cells = new ArrayList<>();
    given.forEach(skeleton -> cells.add(new CellWrite(seals.skeleton(skeleton), null)));
    taken.forEach(
        skeleton -> cells.add(seals.write(seals.skeleton(skeleton), Cells.bytes(account))));
    return cells;
  }
}
