// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everybody gets a turn, whoever has gone makes room, and one address can't fill the queue. */
class FairQueueTest {
  private final FairQueue<String> queue = new FairQueue<>(10, 6);
  private final List<String> done = new ArrayList<>();
  private final List<String> declined = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();

  private void add(String address, String task) {
    queue.add(
        address,
        new FairQueue.Task(
            () -> done.add(task), () -> gone.contains(task), () -> declined.add(task)));
  }

  private List<String> runAll() throws InterruptedException {
    while (queue.size() > 0) {
      queue.take().run();
    }
    return done;
  }

  @Test
  void oneOfEachAddressInARound() throws InterruptedException {
    add("a", "a1");
    add("a", "a2");
    add("a", "a3");
    add("b", "b1");
    add("c", "c1");
    add("c", "c2");
    assertEquals(List.of("a1", "b1", "c1", "a2", "c2", "a3"), runAll());
  }

  @Test
  void oneAddressHasItsShareOfTheRoom() throws InterruptedException {
    for (int i = 1; i <= 8; i++) {
      add("a", "a" + i);
    }
    assertEquals(List.of("a7", "a8"), declined);
    assertEquals(6, runAll().size());
  }

  @Test
  void whoeverHasGoneMakesRoom() throws InterruptedException {
    for (int i = 1; i <= 6; i++) {
      add("a", "a" + i);
    }
    gone.addAll(List.of("a1", "a2"));
    add("a", "a7");
    assertEquals(List.of(), declined);
    gone.add("a3"); // after it was counted
    add("a", "a8");
    queue.take().run();
    queue.take().run();
    assertEquals(List.of("a4", "a5"), done);
  }

  @Test
  void whenItIsFullANewcomerTakesAPlaceOfWhoHasMost() throws InterruptedException {
    for (int i = 1; i <= 6; i++) {
      add("a", "a" + i);
    }
    for (int i = 1; i <= 4; i++) {
      add("b", "b" + i);
    }
    add("c", "c1");
    assertEquals(List.of("a6"), declined);
    assertEquals(List.of("a1", "b1", "c1"), runAll().subList(0, 3));
  }
}
