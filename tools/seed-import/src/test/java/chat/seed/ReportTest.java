// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void eachKindIsCountedAndEachRefusalHasItsPlaceAndReason() {
    Report report = new Report();
    report.answered("people", "user ann", new Outcome.Imported());
    report.answered("people", "user ben", new Outcome.Present());
    report.answered("texts", "GROUP_CHAT_HISTORY 7", new Outcome.Refused("its author is gone"));
    report.broken("texts", "GROUP_CHAT_HISTORY 8", "its time is none: soon");
    assertEquals(
        """
        people               1 new       1 there already       0 refused
        texts                0 new       0 there already       2 refused
        refused:
          GROUP_CHAT_HISTORY 7: its author is gone
          GROUP_CHAT_HISTORY 8: its time is none: soon
        """,
        report.text());
  }

  @Test
  void withoutRefusalsNoneAreListed() {
    Report report = new Report();
    report.answered("files", "GROUP_FILE_HISTORY 1", new Outcome.Imported());
    assertEquals(
        "files                1 new       0 there already       0 refused\n", report.text());
  }
}
