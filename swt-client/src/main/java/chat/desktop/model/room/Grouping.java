// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.desktop.model.text.Formats;
import chat.protocol.Person;
import java.util.List;

/**
 * How a row stands to the one before it.
 *
 * @param newDay a line with the date comes first
 * @param fresh a line that says that it and what follows is new comes first
 * @param head it is the first of its author's in a row, so the author is named
 */
public record Grouping(boolean newDay, boolean fresh, boolean head) {
  private static final long TOGETHER_MILLIS = 5 * 60_000;

  /**
   * Looks at a row and the ones before it.
   *
   * @param freshAfter the number behind which messages are new; -1 if none are
   */
  public static Grouping of(List<Row> rows, int index, Formats formats, long freshAfter) {
    Row row = rows.get(index);
    boolean fresh = freshAfter >= 0 && row.number() > freshAfter && !after(rows, index, freshAfter);
    if (index == 0) {
      return new Grouping(true, fresh, true);
    }
    Row before = rows.get(index - 1);
    boolean newDay = !formats.sameDay(before.time(), row.time());
    boolean follows =
        !newDay && !fresh && together(before, row) && row.time() - before.time() < TOGETHER_MILLIS;
    return new Grouping(newDay, fresh, !follows);
  }

  /** Whether the message before a row is behind a number too. */
  private static boolean after(List<Row> rows, int index, long number) {
    for (int i = index - 1; i >= 0; i--) {
      if (rows.get(i).number() > 0) {
        return rows.get(i).number() > number;
      }
    }
    return false;
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
