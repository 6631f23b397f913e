// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.time.Duration;

/** Copies of the store, for people. */
final class CopyText {
  private static final long MEGABYTE = 1 << 20;

  private CopyText() {}

  static String of(CopyReport report) {
    Json copy = report.json();
    return switch (report.state()) {
      case IDLE ->
          copy.text("note").isEmpty() ? "idle: no copy was made yet" : "idle: " + copy.text("note");
      case RUNNING -> "running: " + subject(copy) + ", " + progress(copy);
      case DONE -> "done: " + subject(copy) + ": " + copied(copy);
      case FAILED -> "failed: " + subject(copy) + ": " + copy.text("why");
      case CANCELLED -> "cancelled: " + subject(copy);
    };
  }

  private static String subject(Json copy) {
    Json of = copy.object("of");
    return switch (of.text("kind")) {
      case "migration" -> "migration from " + of.text("from") + " to " + of.text("to");
      case "backup" -> "backup in " + of.text("file");
      default -> "restoration of " + of.text("file") + " to " + of.text("store");
    };
  }

  private static String copied(Json copy) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d messages and events, %,d cells, %,d MB of files"
            .formatted(
                copy.count("entries"), copy.count("cells"), copy.count("fileBytes") / MEGABYTE));
    copy.number("equalStreams")
        .ifPresent(
            streams -> text.append("; streams with equal heads and digests: ").append(streams));
    if (copy.has("backupTime")) {
      text.append("; as of ").append(copy.text("backupTime"));
    }
    copy.number("pauseMillis")
        .ifPresent(pause -> text.append("; nobody could write for ").append(pause).append(" ms"));
    return text.toString();
  }

  private static String progress(Json copy) {
    double seconds = Math.max(1, copy.count("millis")) / 1e3;
    double rate = copy.count("entries") / seconds;
    double bytesASecond = copy.count("fileBytes") / seconds;
    return "%s: %,d of %,d messages and events (%,.0f/s), %,d of %,d MB of files (%,.1f MB/s), %s"
        .formatted(
            copy.text("phase"),
            copy.count("entries"),
            copy.count("entriesPlanned"),
            rate,
            copy.count("fileBytes") / MEGABYTE,
            copy.count("fileBytesPlanned") / MEGABYTE,
            bytesASecond / MEGABYTE,
            left(copy, rate, bytesASecond));
  }

  private static String left(Json copy, double rate, double bytesASecond) {
    double seconds =
        left(copy.count("entriesPlanned") - copy.count("entries"), rate)
            + left(copy.count("fileBytesPlanned") - copy.count("fileBytes"), bytesASecond);
    if (!Double.isFinite(seconds)) {
      return "time left not known yet";
    }
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.isZero()
        ? "almost done"
        : "about %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static double left(long rest, double aSecond) {
    return rest <= 0 ? 0 : rest / aSecond;
  }

  /** What a migration would have to copy. */
  static String plan(Json plan) {
    return "from %s\nto %s\n%,d messages and events, %,d MB of files to copy"
        .formatted(
            plan.text("from"),
            plan.text("to"),
            plan.count("entries"),
            plan.count("fileBytes") / MEGABYTE);
  }
}
