package chat.desktop.model;

import chat.protocol.Person;
import java.util.List;

/**
 * How a row stands to the one before it.
 *
 * @param newDay a line with the date comes first
 * @param head it is the first of its author's in a row, so the author is named
 */
public record Grouping(boolean newDay, boolean head) {
  private static final long TOGETHER_MILLIS = 5 * 60_000;

  /** Looks at a row and the one before it. */
  public static Grouping of(List<Row> rows, int index, Formats formats) {
    Row row = rows.get(index);
    if (index == 0) {
      return new Grouping(true, true);
    }
    Row before = rows.get(index - 1);
    boolean newDay = !formats.sameDay(before.time(), row.time());
    boolean follows =
        !newDay && together(before, row) && row.time() - before.time() < TOGETHER_MILLIS;
    return new Grouping(newDay, !follows);
  }

  private static boolean together(Row before, Row row) {
    if (before.mine() || row.mine()) {
      return before.mine() && row.mine();
    }
    Person one = before.author();
    Person other = row.author();
    return one != null && other != null && one.account() == other.account();
  }
}
