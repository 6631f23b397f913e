// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class UiExecutorTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<Integer> done = new ArrayList<>();
  private long now;
  private final UiExecutor executor = new UiExecutor(turns::add, () -> now);

  @Test
  void manyTasksTakeOneTurn() {
    for (int i = 0; i < 1000; i++) {
      int task = i;
      executor.execute(() -> done.add(task));
    }
    assertEquals(1, turns.size());
    turns.remove().run();
    assertEquals(1000, done.size());
    assertEquals(0, turns.size());
  }

  @Test
  void aTurnEndsAfterEightMillisecondsAndTheRestComesInOrder() {
    for (int i = 0; i < 20; i++) {
      int task = i;
      executor.execute(() -> {
        done.add(task);
        now += 1_000_000;
      });
    }
    turns.remove().run();
    assertEquals(8, done.size());
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
    assertEquals(java.util.stream.IntStream.range(0, 20).boxed().toList(), done);
  }

  @Test
  void aFaultDoesNotStopWhatComesAfter() {
    executor.execute(() -> {
      throw new IllegalStateException();
    });
    executor.execute(() -> done.add(1));
    assertThrows(IllegalStateException.class, () -> turns.remove().run());
    turns.remove().run();
    assertEquals(List.of(1), done);
  }
}
