// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

/**
 * Which part of many rows is seen. The truth is a row and how much of it is hidden above the edge,
 * not a number of pixels: so nothing jumps when rows come before it or turn out to be higher than
 * they were thought to be. At the end it sticks there, until somebody scrolls up.
 */
public final class Viewport {
  private final Heights heights = new Heights();
  private int anchor;
  private int hidden;
  private int height;
  private boolean sticky = true;

  public Heights heights() {
    return heights;
  }

  /** Whether the newest row is in sight and stays there. */
  public boolean sticky() {
    return sticky;
  }

  /** Where the upper edge is. */
  public long top() {
    if (heights.size() == 0) {
      return 0;
    }
    long wanted = sticky ? Long.MAX_VALUE : heights.top(anchor) + hidden;
    return Math.clamp(wanted, 0, lowestTop());
  }

  /** The first row in sight; -1 if there is none. */
  public int first() {
    return heights.at(top());
  }

  public void height(int newHeight) {
    height = newHeight;
  }

  public void reset() {
    heights.clear();
    anchor = 0;
    hidden = 0;
    sticky = true;
  }

  public void stickToEnd() {
    sticky = true;
  }

  /** Stays where it is, also where that is the end. */
  public void hold() {
    scrollTo(top());
    sticky = false;
  }

  /** Brings a height to the upper edge. */
  public void scrollTo(long y) {
    long top = Math.clamp(y, 0, lowestTop());
    sticky = top >= lowestTop();
    anchor = Math.max(0, heights.at(top));
    hidden = (int) (top - heights.top(anchor));
  }

  public void scrollBy(long delta) {
    scrollTo(top() + delta);
  }

  public void inserted(int index, int count, int estimate) {
    if (index == heights.size()) {
      for (int i = 0; i < count; i++) {
        heights.add(estimate);
      }
    } else {
      heights.insert(index, count, estimate);
    }
    if (index <= anchor && heights.size() > count) {
      anchor += count;
    }
  }

  public void removed(int index, int count) {
    heights.remove(index, count);
    if (index < anchor) {
      anchor = Math.max(index, anchor - count);
    }
    anchor = Math.clamp(anchor, 0, Math.max(0, heights.size() - 1));
  }

  private long lowestTop() {
    return Math.max(0, heights.total() - height);
  }
}
