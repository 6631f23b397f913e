// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);

  /** Always the largest that is possible. */
  private static final RandomGenerator LARGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void theMostDoublesUpToItsEnd() {
    BackOff backOff = new BackOff(LARGEST, FIRST, MOST);
    assertEquals(
        List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L),
        Stream.generate(() -> backOff.next().toMillis()).limit(8).toList());
    backOff.reset();
    assertEquals(500, backOff.next().toMillis());
  }

  @Test
  void whatIsWaitedIsAnyPartOfIt() {
    List<Long> waits =
        Stream.generate(() -> 0)
            .limit(200)
            .map(n -> new BackOff(new Random(), FIRST, MOST).next().toMillis())
            .toList();
    assertTrue(waits.stream().allMatch(wait -> wait >= 0 && wait <= 500), waits::toString);
    assertTrue(waits.stream().anyMatch(wait -> wait < 150), waits::toString);
    assertTrue(waits.stream().anyMatch(wait -> wait > 350), waits::toString);
  }

  @Test
  void whatTheServerAskedForIsTheLeastAndNoFailure() {
    BackOff backOff = new BackOff(new Random(), FIRST, MOST);
    for (int i = 0; i < 100; i++) {
      long wait = backOff.asked(2_000).toMillis();
      assertTrue(wait >= 2_000 && wait <= 3_000, "" + wait);
    }
    assertTrue(backOff.next().toMillis() <= 500);
  }
}
