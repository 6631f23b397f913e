// SPDX-License-Identifier: Apache-2.0
package chat.prove.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long nobody was answered. */
class PausesTest {
  private final Pauses pauses = new Pauses();

  @Test
  void aSummaryNamesWhatIsInTheMiddleAndAtTheEnd() {
    assertEquals(LatencySummary.NONE, LatencySummary.of(new long[0]));
    assertEquals(new LatencySummary(1, 5, 5, 5), LatencySummary.of(new long[] {5}));
    assertEquals(
        new LatencySummary(200, 100, 198, 200),
        LatencySummary.of(LongStream.rangeClosed(1, 200).toArray()));
  }

  @Test
  void percentilesHaveThreeDigitsWhateverTheScale() {
    for (long unit : new long[] {1_000, 1_000_000, 1_000_000_000}) {
      LatencySummary summary =
          LatencySummary.of(LongStream.rangeClosed(1, 1_000).map(each -> each * unit).toArray());
      assertEquals(500.0 * unit, (double) summary.median(), 0.5 * unit);
      assertEquals(990.0 * unit, (double) summary.p99(), (double) unit);
      assertEquals(1_000 * unit, summary.longest());
    }
  }

  @Test
  void pausesAreTheTimesBetweenAnswers() {
    LongStream.of(10, 20, 50, 55).forEach(pauses::answered);
    assertEquals(new LatencySummary(3, 10, 30, 30), pauses.all());
    assertEquals(4, pauses.answers());
    assertEquals(30, pauses.longest());
  }

  @Test
  void aStretchOfTimeCountsOnlyWhatIsInIt() {
    LongStream.of(10, 20, 50, 55).forEach(pauses::answered);
    assertEquals(30, pauses.longest(15, 55));
    assertEquals(25, pauses.longest(25, 60));
    assertEquals(15, pauses.longest(30, 45));
    assertEquals(45, pauses.longest(55, 100));
    assertEquals(100, pauses.longest(100, 200));
  }

  @Test
  void manyAnswersAreKept() {
    LongStream.range(0, 5_000).forEach(pauses::answered);
    assertEquals(new LatencySummary(4_999, 1, 1, 1), pauses.all());
  }
}
