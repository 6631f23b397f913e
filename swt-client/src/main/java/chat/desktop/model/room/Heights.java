// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import java.util.Arrays;

/**
 * The heights of many rows as a Fenwick tree: where a row begins, and which row lies at a height,
 * are both answered in logarithmic time, and so is a height that changes.
 */
public final class Heights {
  private int[] height = new int[64];
  private long[] tree = new long[65];
  private int size;

  public int size() {
    return size;
  }

  public int get(int index) {
    return height[index];
  }

  public long total() {
    return top(size);
  }

  public void add(int value) {
    if (size == height.length) {
      grow(size * 2);
    }
    height[size] = value;
    int node = size + 1;
    long sum = value;
    for (int child = node - 1; child > node - (node & -node); child -= child & -child) {
      sum += tree[child];
    }
    tree[node] = sum;
    size++;
  }

  public void removeLast() {
    size--;
  }

  public void set(int index, int value) {
    int delta = value - height[index];
    height[index] = value;
    for (int node = index + 1; node <= size; node += node & -node) {
      tree[node] += delta;
    }
  }

  /** Makes room for {@code count} rows of one height before {@code index}. */
  public void insert(int index, int count, int value) {
    int[] old = Arrays.copyOf(height, size);
    clear();
    for (int i = 0; i < index; i++) {
      add(old[i]);
    }
    for (int i = 0; i < count; i++) {
      add(value);
    }
    for (int i = index; i < old.length; i++) {
      add(old[i]);
    }
  }

  /** Takes {@code count} rows out. */
  public void remove(int index, int count) {
    int[] tail = Arrays.copyOfRange(height, index + count, size);
    while (size > index) {
      removeLast();
    }
    for (int value : tail) {
      add(value);
    }
  }

  public void clear() {
    size = 0;
  }

  /** Where a row begins: the sum of all heights before it. */
  public long top(int index) {
    long sum = 0;
    for (int node = index; node > 0; node -= node & -node) {
      sum += tree[node];
    }
    return sum;
  }

  /** The row at a height, the first or last one if it lies outside; -1 if there is none. */
  public int at(long y) {
    if (size == 0) {
      return -1;
    }
    int node = 0;
    long left = Math.max(0, y);
    for (int step = Integer.highestOneBit(size); step > 0; step >>= 1) {
      if (node + step <= size && tree[node + step] <= left) {
        node += step;
        left -= tree[node];
      }
    }
    return Math.min(node, size - 1);
  }

  private void grow(int capacity) {
    height = Arrays.copyOf(height, capacity);
    tree = Arrays.copyOf(tree, capacity + 1);
  }
}
