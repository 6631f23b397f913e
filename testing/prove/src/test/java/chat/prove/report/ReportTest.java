// SPDX-License-Identifier: Apache-2.0
package chat.prove.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.fault.Disturbance;
import chat.prove.fault.Kind;
import chat.prove.history.Violation;
import chat.prove.measure.LatencySummary;
import chat.prove.measure.Pauses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is told in the end. */
class ReportTest {
  private static final long MILLI = 1_000_000;

  private static AttackResult attack(String name, List<String> faults) {
    return new AttackResult(
        name,
        new AttackResult.Cost(2, 30, 5 << 10),
        Map.of("ping", LatencySummary.of(new long[] {MILLI, 3 * MILLI})),
        1,
        new AttackResult.LogIns(20, 19),
        new AttackResult.Heap(64 << 20, 32 << 20),
        new AttackResult.Verdict("nothing", faults));
  }

  private static Report report(Map<Violation, Long> violations, List<String> examples) {
    Pauses pauses = new Pauses();
    LongStream.of(0, 100, 900, 1_000, 1_500).forEach(each -> pauses.answered(each * MILLI));
    List<Disturbance> disturbances =
        List.of(
            new Disturbance(Kind.KILL, 50 * MILLI, 800 * MILLI, 900 * MILLI, ""),
            new Disturbance(Kind.STORAGE, 950 * MILLI, 960 * MILLI, 0, "it \"broke\""),
            new Disturbance(Kind.STORAGE, 1_000 * MILLI, 1_020 * MILLI, 0, ""));
    return new Report(
        7,
        Duration.ofMillis(1_500),
        3,
        200,
        1_234,
        1_240,
        3_720,
        0,
        2,
        3,
        0,
        1,
        1,
        violations,
        examples,
        pauses.all(),
        LatencySummary.NONE,
        Report.OfKind.all(disturbances, pauses, 1_400 * MILLI),
        Optional.of(Duration.ofSeconds(9)),
        Duration.ofSeconds(4),
        List.of(attack("", List.of()), attack("at-signs", List.of("p99 of a ping is 9 s"))));
  }

  @Test
  void disturbancesAreSummedUpByKind() {
    Report report = report(Map.of(), List.of());
    List<Report.OfKind> kinds = report.disturbances();
    assertEquals(
        List.of(Kind.STORAGE, Kind.KILL), kinds.stream().map(Report.OfKind::kind).toList());
    Report.OfKind storage = kinds.getFirst();
    assertEquals(1, storage.failed());
    assertEquals(2, storage.took().count());
    assertEquals(10.0 * MILLI, (double) storage.took().median(), MILLI / 100.0);
    assertEquals(20.0 * MILLI, (double) storage.took().p99(), MILLI / 100.0);
    assertEquals(20 * MILLI, storage.took().longest());
    assertEquals(400 * MILLI, storage.longestPause());
    assertEquals(0, storage.longestBack());
    assertEquals(
        new Report.OfKind(
            Kind.KILL,
            0,
            new LatencySummary(1, 750 * MILLI, 750 * MILLI, 750 * MILLI),
            800 * MILLI,
            900 * MILLI),
        kinds.getLast());
  }

  @Test
  void peopleReadATable() {
    String text = ReportText.of(report(Map.of(), List.of()));
    assertTrue(text.contains("acknowledged                 1,234\n"), text);
    assertTrue(text.contains("lost                             0\n"), text);
    assertTrue(text.contains("\nNothing is wrong"), text);
    assertFalse(text.contains("cut off"), text);
    assertTrue(text.lines().noneMatch(line -> line.endsWith(" ")), text);
    assertTrue(text.contains("\nat-signs                          2/30/5            1 3"), text);
  }

  @Test
  void whatIsWrongIsSaidLast() {
    String text =
        ReportText.of(
            report(Map.of(Violation.CUT_OFF, 2L), List.of("cut off: bob", "cut off: amy")));
    assertTrue(text.contains("cut off                          2\n"), text);
    assertTrue(text.endsWith("SOMETHING IS WRONG:\n  cut off: bob\n  cut off: amy\n"), text);
  }

  @Test
  void programsReadJson() {
    String json = JsonReport.of(report(Map.of(Violation.LOST, 1L), List.of("lost: \"x\"\n\\")));
    assertTrue(json.startsWith("{\"fine\":false,\"seed\":7,\"millis\":1500,"), json);
    assertTrue(json.contains("\"faults\":{\"lost\":1,\"doubled\":0,\"out_of_order\":0,"), json);
    assertTrue(json.contains("[\"lost: \\\"x\\\"\\n\\\\\"]"), json);
    assertTrue(json.contains("{\"name\":\"at-signs\",\"connections\":2,\"commands\":30,"), json);
    assertTrue(json.contains("\"faults\":[\"p99 of a ping is 9 s\"]}"), json);
    assertTrue(json.contains("{\"kind\":\"kill\",\"failed\":0,"), json);
    assertTrue(json.endsWith("}\n"), json);
  }
}
