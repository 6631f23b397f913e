// SPDX-License-Identifier: Apache-2.0
package chat.prove.report;

import chat.prove.history.Violation;
import chat.prove.measure.LatencySummary;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A report for programs: JSON (RFC 8259), times in milliseconds. */
public final class JsonReport {
  private static final double MILLI = 1e6;

  private JsonReport() {}

  public static String of(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeBooleanProperty("fine", report.isFine());
      json.writeNumberProperty("seed", report.seed());
      json.writeNumberProperty("millis", report.time().toMillis());
      json.writeNumberProperty("clients", report.clients());
      json.writeNumberProperty("rate", report.rate());
      json.writeNumberProperty("acknowledged", report.acknowledged());
      json.writeNumberProperty("stored", report.stored());
      json.writeNumberProperty("delivered", report.delivered());
      violations(json, report);
      json.writeNumberProperty("gapMarkers", report.gapMarkers());
      json.writeNumberProperty("refused", report.refused());
      json.writeNumberProperty("connectionsClosed", report.closed());
      json.writeNumberProperty("connectionsClosedUnexpectedly", report.closedUnexpectedly());
      json.writeNumberProperty("filesSent", report.filesSent());
      json.writeNumberProperty("filesChecked", report.filesChecked());
      summary(json, "pauses", report.pauses());
      summary(json, "fsync", report.fsync());
      json.writeArrayPropertyStart("attacks");
      report.attacks().forEach(attack -> attack(json, attack));
      json.writeEndArray();
      json.writeArrayPropertyStart("disturbances");
      report.disturbances().forEach(kind -> kind(json, kind));
      json.writeEndArray();
      report
          .serverCpu()
          .ifPresent(cpu -> json.writeNumberProperty("serverCpuMillis", cpu.toMillis()));
      json.writeNumberProperty("ownCpuMillis", report.ownCpu().toMillis());
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void violations(JsonGenerator json, Report report) {
    json.writeObjectPropertyStart("faults");
    for (Violation violation : Violation.values()) {
      json.writeNumberProperty(violation.name().toLowerCase(Locale.ROOT), report.count(violation));
    }
    json.writeEndObject();
    json.writeArrayPropertyStart("examples");
    report.examples().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void summary(JsonGenerator json, String name, LatencySummary summary) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", summary.count());
    json.writeNumberProperty("p50", summary.median() / MILLI);
    json.writeNumberProperty("p99", summary.p99() / MILLI);
    json.writeNumberProperty("longest", summary.longest() / MILLI);
    json.writeEndObject();
  }

  private static void attack(JsonGenerator json, AttackResult attack) {
    json.writeStartObject();
    json.writeStringProperty("name", attack.name());
    json.writeNumberProperty("connections", attack.cost().connections());
    json.writeNumberProperty("commands", attack.cost().commands());
    json.writeNumberProperty("bytes", attack.cost().bytes());
    json.writeObjectPropertyStart("times");
    attack.times().forEach((asked, times) -> summary(json, asked, times));
    json.writeEndObject();
    json.writeNumberProperty("refusals", attack.refusals());
    json.writeNumberProperty("logIns", attack.logIns().tried());
    json.writeNumberProperty("logInsRight", attack.logIns().right());
    json.writeNumberProperty("heapDuring", attack.heap().during());
    json.writeNumberProperty("heapAfter", attack.heap().after());
    json.writeStringProperty("note", attack.verdict().note());
    json.writeArrayPropertyStart("faults");
    attack.verdict().faults().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void kind(JsonGenerator json, Report.OfKind kind) {
    json.writeStartObject();
    json.writeStringProperty("kind", kind.kind().word());
    json.writeNumberProperty("failed", kind.failed());
    summary(json, "took", kind.took());
    json.writeNumberProperty("longestPause", kind.longestPause() / MILLI);
    json.writeNumberProperty("longestBack", kind.longestBack() / MILLI);
    json.writeEndObject();
  }
}
