package chat.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find. */
class LedgerTest {
  private final Ledger ledger = new Ledger();

  private static Event.Entry entry(long number) {
    return entry(number, id(number));
  }

  private static Event.Entry entry(long number, UUID id) {
    return new Event.Entry(1, number, id, new Person(1, "a"), 0, new Content.Text("x"));
  }

  private static UUID id(long n) {
    return new UUID(0, n);
  }

  private static List<Event.Entry> entries(long... numbers) {
    return LongStream.of(numbers).mapToObj(LedgerTest::entry).toList();
  }

  @Test
  void allIsWell() {
    ledger.acknowledged(id(2), 2);
    ledger.acknowledged(id(2), 2);
    ledger.stored(entries(1, 2, 3));
    ledger.delivered("bob", entries(2, 3));
    assertEquals(List.of(), ledger.faults());
  }

  @Test
  void aLossIsFound() {
    ledger.acknowledged(id(4), 4);
    ledger.stored(entries(1, 2, 3));
    assertEquals(1, ledger.faults().size());
  }

  @Test
  void aGapADoubleAndADisorderAreFound() {
    ledger.delivered("bob", entries(1, 3));
    ledger.delivered("carol", entries(1, 1));
    ledger.delivered("dave", entries(2, 3, 1));
    ledger.stored(List.of(entry(1), entry(2, id(1))));
    assertEquals(4, ledger.faults().size(), ledger.faults().toString());
  }

  @Test
  void twoNumbersForOneAndAMoveAreFound() {
    ledger.acknowledged(id(1), 1);
    ledger.acknowledged(id(1), 2);
    assertEquals(1, ledger.faults().size());
    ledger.stored(entries(1));
    assertEquals(2, ledger.faults().size());
  }
}
