// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is done to the server next. */
class ScheduleTest {
  private static List<Kind> first(int count, long seed, Kind... wanted) {
    Schedule schedule = new Schedule(List.of(wanted), new SplittableRandom(seed));
    return Stream.generate(schedule::next).limit(count).toList();
  }

  @Test
  void theSeedDecides() {
    List<Kind> kinds = first(60, 1, Kind.RANDOM, Kind.KILL, Kind.CUT);
    assertEquals(kinds, first(60, 1, Kind.RANDOM, Kind.KILL, Kind.CUT));
    assertNotEquals(kinds, first(60, 2, Kind.RANDOM, Kind.KILL, Kind.CUT));
  }

  @Test
  void eachKindHasItsTurn() {
    List<Kind> kinds = first(30, 7, Kind.SERVER, Kind.KILL, Kind.CUT);
    for (int i = 0; i < kinds.size(); i += 3) {
      assertEquals(Set.of(Kind.SERVER, Kind.KILL, Kind.CUT), Set.copyOf(kinds.subList(i, i + 3)));
    }
  }

  @Test
  void randomIsOneOfThoseThatNeedNoPreparation() {
    Set<Kind> kinds = EnumSet.copyOf(first(200, 7, Kind.RANDOM));
    assertTrue(Kind.ANY.containsAll(kinds), kinds.toString());
    assertEquals(Kind.ANY.size(), kinds.size());
  }
}
