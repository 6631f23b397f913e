// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowListTest {
  private static final Person ANNA = new Person(2, "Anna");

  private final RowList rows = new RowList();

  private static Row message(long number) {
    Event.Entry entry = new Event.Entry(1, number, new UUID(1, number), ANNA, number, text());
    Content.File file = new Content.File("a", "text/plain", 1, new byte[32]);
    return number % 3 == 0
        ? new Row.Filed(entry, file, MessageState.NOTHING, false)
        : new Row.Said(entry, text(), MessageState.NOTHING, null, false);
  }

  private static Content.Text text() {
    return new Content.Text("a");
  }

  private static List<Row> messages(long from, int count) {
    List<Row> rows = new ArrayList<>();
    for (long number = from; number < from + count; number++) {
      rows.add(message(number));
    }
    return rows;
  }

  /** What the index says is what looking through all rows finds, whatever happened before. */
  @Test
  void theIndexIsRightAfterAnything() {
    Random random = new Random(4);
    long lowest = 100_000;
    long highest = lowest;
    for (int step = 0; step < 3_000; step++) {
      int count = 1 + random.nextInt(4);
      switch (random.nextInt(7)) {
        case 0 -> {
          rows.prepend(messages(lowest - count, count));
          lowest -= count;
        }
        case 1, 2 -> {
          rows.settle(messages(highest, count));
          highest += count;
        }
        case 3 -> rows.settle(List.of(new Row.Notice(Row.Notice.Kind.JOINED, ANNA, step, 0)));
        case 4 -> {
          if (rows.settled() > 20) {
            rows.removeFirst(count);
            // Older ones come back, as they do when somebody scrolls up.
            lowest = firstNumber();
          }
        }
        case 5 -> {
          if (rows.settled() > 0) {
            int at = random.nextInt(rows.settled());
            if (rows.get(at).number() > 0) {
              rows.set(at, message(rows.get(at).number()));
            }
          }
        }
        default -> removeNotice();
      }
      check(random);
    }
  }

  private long firstNumber() {
    return rows.all().stream().mapToLong(Row::number).filter(n -> n > 0).min().orElse(100_000);
  }

  private void removeNotice() {
    for (int i = rows.settled() - 1; i >= 0; i--) {
      if (rows.get(i) instanceof Row.Notice) {
        rows.remove(i);
        return;
      }
    }
  }

  private void check(Random random) {
    for (int i = 0; i < 5 && rows.settled() > 0; i++) {
      int at = random.nextInt(rows.settled());
      Row row = rows.get(at);
      if (row.number() > 0) {
        assertEquals(at, rows.indexOf(row.number()));
      }
      if (row instanceof Row.Filed filed) {
        assertEquals(at, rows.indexOf(filed.entry().id()));
      }
    }
    assertEquals(-1, rows.indexOf(1));
  }
}
