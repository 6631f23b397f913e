// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "room, room, 0",
    "room, Room, 0",
    "room, rom, 1",
    "room, romo, 1",
    "list, lits, 1",
    "list, last, 1",
    "room, '', 4",
    "kitten, sitting, 3"
  })
  void theDistanceCountsSlipsOfTheFinger(String one, String other, int distance) {
    assertEquals(distance, Suggestions.distance(one, other));
    assertEquals(distance, Suggestions.distance(other, one));
  }

  @Test
  void theNearestComesFirst() {
    assertEquals(
        "; did you mean --seed or --seconds?",
        Suggestions.of("--se", List.of("--rate", "--seconds", "--seed")));
    assertEquals("", Suggestions.of("swap", List.of("send", "read", "room")));
  }
}
