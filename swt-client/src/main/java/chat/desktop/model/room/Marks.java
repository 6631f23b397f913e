// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import org.jspecify.annotations.Nullable;

/**
 * The text that is marked with mouse or keys: from one place to another, over any number of rows.
 */
public final class Marks {

  /** A place in the text of a row. */
  public record Place(int row, int offset) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return row == other.row
          ? Integer.compare(offset, other.offset)
          : Integer.compare(row, other.row);
    }
  }

  private @Nullable Place from;
  private @Nullable Place to;

  public void clear() {
    from = null;
    to = null;
  }

  public void begin(Place place) {
    from = place;
    to = place;
  }

  public void extend(Place place) {
    if (from == null) {
      from = place;
    }
    to = place;
  }

  public boolean isEmpty() {
    return from == null || to == null || from.equals(to);
  }

  /** The first place; only to be asked if something is marked. */
  public Place start() {
    Place one = place(from);
    Place other = place(to);
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** The place behind the last one; only to be asked if something is marked. */
  public Place end() {
    Place one = place(from);
    Place other = place(to);
    return one.compareTo(other) > 0 ? one : other;
  }

  public void inserted(int index, int count) {
    from = shifted(from, index, count);
    to = shifted(to, index, count);
  }

  /** What was marked in a row that is gone is not marked any more. */
  public void removed(int index, int count) {
    if (isEmpty() || (start().row() < index + count && index <= end().row())) {
      clear();
    } else {
      inserted(index, -count);
    }
  }

  private static @Nullable Place shifted(@Nullable Place place, int index, int count) {
    return place == null || place.row() < index
        ? place
        : new Place(place.row() + count, place.offset());
  }

  private static Place place(@Nullable Place place) {
    if (place == null) {
      throw new IllegalStateException("nothing is marked");
    }
    return place;
  }
}
