// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void itIsTheSameOnTheOtherSide() {
    for (Health health :
        List.of(
            new Health.Ready(),
            new Health.Waiting("the store"),
            new Health.Failed("one thing\nand another"))) {
      assertEquals(health, Health.of(health.lines()));
    }
  }

  @Test
  void theFirstLineIsForPrograms() {
    assertEquals(List.of("ready"), new Health.Ready().lines());
    assertEquals(List.of("waiting", "the store"), new Health.Waiting("the store").lines());
    assertEquals(List.of("failed", "one", "two"), new Health.Failed("one\ntwo").lines());
  }

  @Test
  void whatIsNoHealthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Health.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Health.of(List.of("ready: yes")));
  }
}
