// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** Which disturbance is next: every one that is wanted once, in some order, then again. */
final class Schedule {
  private final List<Kind> wanted;
  private final SplittableRandom random;
  private final Deque<Kind> round = new ArrayDeque<>();

  /**
   * @param wanted not empty
   */
  Schedule(List<Kind> wanted, SplittableRandom random) {
    this.wanted = wanted;
    this.random = random;
  }

  Kind next() {
    if (round.isEmpty()) {
      List<Kind> rest = new ArrayList<>(wanted);
      while (!rest.isEmpty()) {
        round.add(rest.remove(random.nextInt(rest.size())));
      }
    }
    Kind next = round.remove();
    return next == Kind.RANDOM ? Kind.ANY.get(random.nextInt(Kind.ANY.size())) : next;
  }
}
