// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for programs: JSON (RFC 8259), times in milliseconds. */
final class Json {
  private static final double MILLI = 1e6;

  private Json() {}

  static String of(Report report) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("fine", report.isFine());
    all.put("seed", report.seed());
    all.put("millis", report.time().toMillis());
    all.put("clients", report.clients());
    all.put("rate", report.rate());
    all.put("acknowledged", report.acknowledged());
    all.put("stored", report.stored());
    all.put("delivered", report.delivered());
    Map<String, Object> violations = new LinkedHashMap<>();
    for (Violation violation : Violation.values()) {
      violations.put(violation.name().toLowerCase(Locale.ROOT), report.count(violation));
    }
    all.put("faults", violations);
    all.put("examples", report.examples());
    all.put("gapMarkers", report.gapMarkers());
    all.put("refused", report.refused());
    all.put("connectionsClosed", report.closed());
    all.put("connectionsClosedUnexpectedly", report.closedUnexpectedly());
    all.put("filesSent", report.filesSent());
    all.put("filesChecked", report.filesChecked());
    all.put("pauses", summary(report.pauses()));
    all.put("fsync", summary(report.fsync()));
    all.put("disturbances", report.disturbances().stream().map(Json::kind).toList());
    report.serverCpu().ifPresent(cpu -> all.put("serverCpuMillis", cpu.toMillis()));
    all.put("ownCpuMillis", report.ownCpu().toMillis());
    return json(all) + "\n";
  }

  private static Map<String, Object> summary(LatencySummary spread) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("count", spread.count());
    all.put("p50", spread.median() / MILLI);
    all.put("p99", spread.p99() / MILLI);
    all.put("longest", spread.longest() / MILLI);
    return all;
  }

  private static Map<String, Object> kind(Report.OfKind kind) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kind", kind.kind().word());
    all.put("failed", kind.failed());
    all.put("took", summary(kind.took()));
    all.put("longestPause", kind.longestPause() / MILLI);
    all.put("longestBack", kind.longestBack() / MILLI);
    return all;
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> string(entry.getKey().toString()) + ":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Json::json).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> string(value.toString());
    };
  }

  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
          } else if (c < ' ') {
            json.append(String.format("\\u%04x", c));
          } else {
            json.append((char) c);
          }
        });
    return json.append('"').toString();
  }
}
