// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.storage.Change.NewEntry;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Row;
import java.util.List;

/** What the tests of the contract say more than once. */
final class Expect {
  private Expect() {}

  /** The row is this entry at this number, body and all. */
  static Envelope entry(NewEntry expected, long number, Row row) {
    Row.Entry entry = assertInstanceOf(Row.Entry.class, row);
    assertEquals(envelope(expected, number, entry.envelope().time()), entry.envelope());
    assertArrayEquals(expected.body(), entry.body(), "body of number " + number);
    assertEquals(expected.tokens(), entry.tokens(), "tokens of number " + number);
    return entry.envelope();
  }

  static Envelope envelope(NewEntry entry, long number, long time) {
    return new Envelope(
        entry.stream(),
        number,
        entry.id(),
        entry.kind(),
        entry.author(),
        time,
        entry.length(),
        entry.hash(),
        entry.about());
  }

  static List<Long> numbers(List<Row> rows) {
    return rows.stream().map(Row::number).toList();
  }

  static void refused(Reason reason, Outcome outcome) {
    assertEquals(new Refused(reason, -1), outcome);
  }

  static void conditionFailed(int index, Outcome outcome) {
    assertEquals(new Refused(Reason.CONDITION, index), outcome);
  }
}
