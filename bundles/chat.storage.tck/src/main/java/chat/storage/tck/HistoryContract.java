// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import org.junit.jupiter.api.Test;

/**
 * Random histories against a model: one that is always the same and one that is new each time. A
 * failure names its seed; {@code -Dchat.storage.tck.seed=...} runs that one again.
 */
interface HistoryContract extends StoreContract {
  int STEPS = 120;

  @Test
  default void aKnownHistory(Subject subject) throws Exception {
    run(subject, 1);
  }

  @Test
  default void aNewHistory(Subject subject) throws Exception {
    run(subject, Long.getLong("chat.storage.tck.seed", System.nanoTime()));
  }

  private static void run(Subject subject, long seed) throws Exception {
    try {
      new RandomHistory(subject, seed).run(STEPS);
    } catch (AssertionError | Exception e) {
      throw new AssertionError("history with seed " + seed + " failed: " + e.getMessage(), e);
    }
  }
}
