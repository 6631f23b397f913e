// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes keep their order, are bounded, and stand still while nobody takes what they bring. */
@Timeout(30)
class ReadersTest {
  private final Readers readers = new Readers(2);
  private final List<Integer> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    readers.close();
  }

  private static void await(Readers.Lane lane) throws InterruptedException {
    CountDownLatch last = new CountDownLatch(1);
    assertTrue(lane.submit(last::countDown));
    last.await();
  }

  @Test
  void tasksOfALaneRunInOrder() throws InterruptedException {
    Readers.Lane lane = readers.lane(1_000);
    for (int i = 0; i < 500; i++) {
      int number = i;
      assertTrue(lane.submit(() -> done.add(number)));
    }
    await(lane);
    for (int i = 0; i < 500; i++) {
      assertEquals(i, done.get(i));
    }
  }

  @Test
  void aShutLaneRunsNothingTakesSoMuchAndGoesOnWhenItIsOpened() throws InterruptedException {
    AtomicBoolean open = new AtomicBoolean(false);
    Readers.Lane lane = readers.lane(3, open::get, Object::new);
    for (int i = 0; i < 3; i++) {
      int number = i;
      assertTrue(lane.submit(() -> done.add(number)));
    }
    assertFalse(lane.submit(() -> done.add(3)), "more than a lane takes");
    assertFalse(lane.hasRoom());
    lane.resume();
    await(readers.lane(1)); // others go on meanwhile
    assertEquals(List.of(), done);
    open.set(true);
    lane.resume();
    while (!lane.hasRoom()) {
      Thread.onSpinWait();
    }
    await(lane);
    assertEquals(List.of(0, 1, 2), done);
  }

  @Test
  void aLaneThatIsShutInBetweenStopsBehindTheTaskThatRuns() throws InterruptedException {
    AtomicBoolean open = new AtomicBoolean(true);
    Readers.Lane lane = readers.lane(10, open::get, Object::new);
    CountDownLatch shut = new CountDownLatch(1);
    lane.submit(() -> {
      open.set(false);
      shut.countDown();
    });
    lane.submit(() -> done.add(1));
    shut.await();
    await(readers.lane(1));
    assertEquals(List.of(), done);
    open.set(true);
    lane.resume();
    await(lane);
    assertEquals(List.of(1), done);
  }

  /** One account's connections, each with reads to make, were all served before anybody else. */
  @Test
  void whoeverHasManyLanesDelaysOthersByOneRead() throws Exception {
    try (Readers one = new Readers(1)) {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(41);
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      one.lane(1, () -> true, () -> "greedy").submit(() -> awaitQuietly(go));
      for (int i = 0; i < 40; i++) {
        one.lane(1, () -> true, () -> "greedy").submit(() -> note("greedy", order, done));
      }
      one.lane(1, () -> true, () -> "modest").submit(() -> note("modest", order, done));
      go.countDown();
      assertTrue(done.await(20, TimeUnit.SECONDS));
      assertTrue(order.indexOf("modest") <= 1, order::toString);
    }
  }

  private static void note(String who, List<String> order, CountDownLatch done) {
    order.add(who);
    done.countDown();
  }

  private static void awaitQuietly(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
