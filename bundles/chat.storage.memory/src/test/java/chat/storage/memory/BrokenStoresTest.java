// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract is worth something only if it finds the stores that break it. */
final class BrokenStoresTest {

  static Stream<Class<?>> brokenStores() {
    return Arrays.stream(BrokenStore.class.getDeclaredClasses())
        .filter(BrokenStore.class::isAssignableFrom);
  }

  @ParameterizedTest
  @MethodSource("brokenStores")
  void aBrokenStoreIsFound(Class<?> store) {
    TestExecutionSummary summary = run(store);

    assertTrue(summary.getTestsFailedCount() > 0, store + " broke its promise unnoticed");
    assertTrue(
        summary.getTestsSucceededCount() > 0, store + " is so broken that it proves nothing");
  }

  @Test
  void thereAreEnoughOfThem() {
    assertEquals(32, brokenStores().count());
  }

  @Test
  void aGoodStorePasses() {
    TestExecutionSummary summary = run(MemoryChatStoreTest.class);

    assertEquals(List.of(), summary.getFailures());
    assertTrue(summary.getTestsSucceededCount() > 100);
    assertEquals(summary.getTestsFoundCount(), summary.getTestsSucceededCount(), "none skipped");
  }

  private static TestExecutionSummary run(Class<?> test) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build(),
            listener);
    return listener.getSummary();
  }
}
