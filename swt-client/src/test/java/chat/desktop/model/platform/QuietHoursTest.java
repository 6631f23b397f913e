// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    "22:00-07:00, 21:59, false",
    "22:00-07:00, 22:00, true",
    "22:00-07:00, 00:00, true",
    "22:00-07:00, 06:59, true",
    "22:00-07:00, 07:00, false",
    "9:00 – 17:30, 12:00, true",
    "9:00 – 17:30, 17:30, false",
    "9:00 – 17:30, 08:59, false"
  })
  void theFirstMinuteIsQuietAndTheLastOneIsNot(String hours, LocalTime now, boolean quiet) {
    assertEquals(quiet, QuietHours.parse(hours).orElseThrow().contains(now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22:00", "22:00-", "22-7", "25:00-07:00", "08:00-08:00", "a-b-c"})
  void whatIsNoPartOfADayIsNotTaken(String text) {
    assertEquals(true, QuietHours.parse(text).isEmpty());
  }

  @Test
  void itIsKeptAsItIsRead() {
    QuietHours hours = QuietHours.parse(" 9:05 - 17:00 ").orElseThrow();
    assertEquals("09:05-17:00", hours.toString());
    assertEquals(hours, QuietHours.parse(hours.toString()).orElseThrow());
  }
}
