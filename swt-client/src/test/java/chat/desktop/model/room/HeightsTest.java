// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeightsTest {

  @Test
  void agreesWithAPlainListWhateverHappens() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Heights heights = new Heights();
      List<Integer> plain = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        change(random, heights, plain);
        check(heights, plain, "seed " + seed + ", step " + step);
      }
    }
  }

  private static void change(Random random, Heights heights, List<Integer> plain) {
    int value = 1 + random.nextInt(90);
    int at = plain.isEmpty() ? 0 : random.nextInt(plain.size());
    switch (plain.isEmpty() ? 0 : random.nextInt(5)) {
      case 0, 1 -> {
        heights.add(value);
        plain.add(value);
      }
      case 2 -> {
        heights.set(at, value);
        plain.set(at, value);
      }
      case 3 -> {
        heights.remove(at, 1);
        plain.remove(at);
      }
      default -> {
        heights.insert(at, 3, value);
        plain.addAll(at, List.of(value, value, value));
      }
    }
  }

  private static void check(Heights heights, List<Integer> plain, String when) {
    assertEquals(plain.size(), heights.size(), when);
    long top = 0;
    for (int i = 0; i < plain.size(); i++) {
      assertEquals(top, heights.top(i), when);
      assertEquals(i, heights.at(top), when);
      assertEquals(i, heights.at(top + plain.get(i) - 1), when);
      top += plain.get(i);
    }
    assertEquals(top, heights.total(), when);
  }

  @Test
  void whatLiesOutsideIsTheNearestRow() {
    Heights heights = new Heights();
    assertEquals(-1, heights.at(0));
    heights.add(10);
    heights.add(10);
    assertEquals(0, heights.at(-5));
    assertEquals(1, heights.at(500));
  }
}
