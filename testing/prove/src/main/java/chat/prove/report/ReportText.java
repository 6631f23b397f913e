// SPDX-License-Identifier: Apache-2.0
package chat.prove.report;

import chat.prove.history.Violation;
import chat.prove.measure.LatencySummary;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class ReportText {
  /** What is shown with its count even if that is 0. */
  private static final List<Violation> PROMISED =
      List.of(Violation.LOST, Violation.DOUBLED, Violation.OUT_OF_ORDER, Violation.MISSING);

  private static final double MILLI = 1e6;

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  public static String of(Report report) {
    ReportText text = new ReportText();
    text.counts(report);
    text.times(report);
    if (!report.disturbances().isEmpty()) {
      text.disturbances(report);
    }
    if (!report.attacks().isEmpty()) {
      text.attacks(report);
    }
    text.verdict(report);
    return text.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private void count(String name, long count, String remark) {
    line("%-22s%,12d  %s", name, count, remark);
  }

  private void counts(Report report) {
    count("acknowledged", report.acknowledged(), "");
    count("stored", report.stored(), "entries since the beginning, joins and files included");
    count("delivered", report.delivered(), "entries to %,d listeners".formatted(report.clients()));
    PROMISED.forEach(violation -> count(violation.shown(), report.count(violation), ""));
    for (Violation violation : Violation.values()) {
      if (!PROMISED.contains(violation) && report.count(violation) > 0) {
        count(violation.shown(), report.count(violation), "");
      }
    }
    count("gap markers", report.gapMarkers(), "");
    count("told to try again", report.refused(), "");
    count(
        "connections closed",
        report.closed(),
        "%,d of them unexpectedly".formatted(report.closedUnexpectedly()));
    if (report.filesSent() > 0) {
      count(
          "files sent",
          report.filesSent(),
          "%,d fetched and compared, %,d differ"
              .formatted(report.filesChecked(), report.count(Violation.DIFFERING_FILE)));
    }
  }

  private void times(Report report) {
    line("");
    line("%-22s%12s%12s%12s", "milliseconds", "p50", "p99", "longest");
    times("between two answers", report.pauses());
    times("fsync of 4 KiB", report.fsync());
    line("");
    line(
        "%-22s%12s  in %s seconds, server and prove",
        "processor seconds",
        report.serverCpu().map(ReportText::seconds).orElse("?") + " + " + seconds(report.ownCpu()),
        seconds(report.time()));
  }

  private void times(String name, LatencySummary spread) {
    line(
        "%-22s%12.1f%12.1f%12.1f",
        name, spread.median() / MILLI, spread.p99() / MILLI, spread.longest() / MILLI);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
  }

  private void disturbances(Report report) {
    line("");
    line(
        "%-22s%12s%12s%12s%12s%16s%14s",
        "milliseconds", "count", "failed", "p50", "longest", "longest pause", "all back in");
    for (Report.OfKind kind : report.disturbances()) {
      line(
          "%-22s%12d%12d%12.0f%12.0f%16.0f%14s",
          kind.kind().word(),
          kind.took().count(),
          kind.failed(),
          kind.took().median() / MILLI,
          kind.took().longest() / MILLI,
          kind.longestPause() / MILLI,
          kind.longestBack() == 0 ? "-" : "%.0f".formatted(kind.longestBack() / MILLI));
    }
  }

  private void attacks(Report report) {
    line("");
    line(
        "%-17s%23s%15s%15s%15s%15s%8s%6s%6s",
        "beside others",
        "conn./commands/KB",
        "ping",
        "post",
        "history",
        "log-in",
        "right",
        "heap",
        "after");
    for (AttackResult attack : report.attacks()) {
      AttackResult.Cost cost = attack.cost();
      line(
          "%-17s%23s%15s%15s%15s%15s%8s%6d%6d  %s",
          attack.name().isEmpty() ? "no attack" : attack.name(),
          cost.connections() + "/" + cost.commands() + "/" + (cost.bytes() >> 10),
          percentiles(attack, "ping"),
          percentiles(attack, "post"),
          percentiles(attack, "history"),
          percentiles(attack, "log-in"),
          attack.logIns().right() + "/" + attack.logIns().tried(),
          attack.heap().during() >> 20,
          attack.heap().after() >> 20,
          attack.verdict().note());
    }
    line("Times: p50 and p99 of others' answers, in milliseconds; heap in MB.");
  }

  private static String percentiles(AttackResult attack, String asked) {
    LatencySummary times = attack.times().getOrDefault(asked, LatencySummary.NONE);
    return times.count() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.0f %.0f", times.median() / MILLI, times.p99() / MILLI);
  }

  private void verdict(Report report) {
    line("");
    if (report.isFine()) {
      line("Nothing is wrong: nothing lost, doubled, out of order or missing.");
    } else {
      line("SOMETHING IS WRONG:");
      report.examples().forEach(example -> line("  %s", example));
    }
  }
}
