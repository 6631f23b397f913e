// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void eachKindIsCountedAndEachRefusalHasItsPlaceAndReason() {
    Report report = new Report();
    report.answered(Kind.PEOPLE, "user ann", new Outcome.Imported());
    report.answered(Kind.PEOPLE, "user ben", new Outcome.Present());
    report.answered(Kind.TEXTS, "GROUP_CHAT_HISTORY 7", new Outcome.Refused("its author is gone"));
    report.broken(Kind.TEXTS, "GROUP_CHAT_HISTORY 8", "its time is none: soon");
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
    report.answered(Kind.FILES, "GROUP_FILE_HISTORY 1", new Outcome.Imported());
    assertEquals(
        "files                1 new       0 there already       0 refused\n", report.text());
  }

  @Test
  void aRefusedPersonShowsTheWayAndALineFeedInANameMakesNoLine() {
    Report report = new Report();
    report.answered(Kind.PEOPLE, "user a\nb", new Outcome.Refused("the name is none"));
    assertEquals(
        """
        people               0 new       0 there already       1 refused
        refused:
          user a\\nb: the name is none
        --as OLD=NEW imports a person under another name, and with it what they said.
        """,
        report.text());
  }
}
