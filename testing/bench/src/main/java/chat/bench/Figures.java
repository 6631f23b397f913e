// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What one run has measured.
 *
 * @param commit of the tree in which the server was built
 * @param ids how clients made them
 * @param fsync milliseconds, in the middle
 */
record Figures(String commit, String date, String ids, double fsync, List<Row> rows) {
  /**
   * What a text has cost the server.
   *
   * @param perText microseconds of processor time
   * @param perDelivery the same for each member that got a text
   * @param sleeps how often a thread went to sleep for a text
   * @param writes calls for a text that write to a file or a socket
   */
  record Cost(double perText, double perDelivery, double sleeps, double writes) {}

  /** Milliseconds, of which half and 99 of 100 took no more. */
  record Times(double p50, double p99) {}

  /**
   * One load on a room of some size.
   *
   * @param answer until the author is answered
   * @param last until the last member has it
   */
  record Row(int members, String load, double textsPerSecond, Cost cost, Times answer, Times last) {

    /** The same load on a room of the same size. */
    boolean isLike(Row other) {
      return members == other.members && load.equals(other.load);
    }
  }

  private static final String HEAD =
      "members  load           texts/s    us/text  us/delivery  sleeps  writes/text  answer p50/p99 ms"
          + "  last member p50/p99 ms";

  static String commit(Path home) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--dirty").start();
    String line = git.inputReader().readLine();
    return line == null ? "unknown" : line;
  }

  /**
   * A table for people.
   *
   * @param before an earlier run, with which processor times are compared
   */
  String table(@Nullable Figures before) {
    StringBuilder text = new StringBuilder();
    text.append(
        "commit %s, %s, %s ids, fsync %.2f ms%n%s%n".formatted(commit, date, ids, fsync, HEAD));
    for (Row row : rows) {
      text.append(
          "%7d  %-13s %8.0f %10.1f %12.3f %7.2f %12.2f %9.2f /%7.2f %12.2f /%7.2f"
              .formatted(
                  row.members(),
                  row.load(),
                  row.textsPerSecond(),
                  row.cost().perText(),
                  row.cost().perDelivery(),
                  row.cost().sleeps(),
                  row.cost().writes(),
                  row.answer().p50(),
                  row.answer().p99(),
                  row.last().p50(),
                  row.last().p99()));
      if (before != null) {
        before.rows().stream()
            .filter(row::isLike)
            .forEach(was ->
                text.append("  x %.2f".formatted(row.cost().perText() / was.cost().perText())));
      }
      text.append('\n');
    }
    return text.toString();
  }

  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("commit", commit);
      json.writeStringProperty("date", date);
      json.writeStringProperty("ids", ids);
      json.writeStringProperty(
          "machine",
          "%s, %d processors, Java %s"
              .formatted(
                  System.getProperty("os.arch"),
                  Runtime.getRuntime().availableProcessors(),
                  Runtime.version()));
      json.writeNumberProperty("fsync", fsync);
      json.writeArrayPropertyStart("rows");
      for (Row row : rows) {
        json.writeStartObject();
        json.writeNumberProperty("members", row.members());
        json.writeStringProperty("load", row.load());
        json.writeNumberProperty("textsPerSecond", row.textsPerSecond());
        json.writeNumberProperty("cpuPerText", row.cost().perText());
        json.writeNumberProperty("cpuPerDelivery", row.cost().perDelivery());
        json.writeNumberProperty("sleepsPerText", row.cost().sleeps());
        json.writeNumberProperty("writesPerText", row.cost().writes());
        json.writeNumberProperty("answer", row.answer().p50());
        json.writeNumberProperty("answer99", row.answer().p99());
        json.writeNumberProperty("last", row.last().p50());
        json.writeNumberProperty("last99", row.last().p99());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  /** Reads what {@link #json} wrote. */
  static Figures read(Path file) throws IOException {
    Map<String, String> all = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    Map<String, String> fields = all;
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      String name = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> name = json.currentName();
          case START_OBJECT -> fields = name.isEmpty() ? all : new HashMap<>();
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
              fields.put(name, json.getString());
          case END_OBJECT -> {
            if (fields != all) {
              rows.add(row(fields));
              fields = all;
            }
          }
          default -> {}
        }
      }
    }
    return new Figures(
        all.getOrDefault("commit", ""),
        all.getOrDefault("date", ""),
        all.getOrDefault("ids", ""),
        number(all, "fsync"),
        rows);
  }

  private static Row row(Map<String, String> fields) {
    return new Row(
        (int) number(fields, "members"),
        fields.getOrDefault("load", ""),
        number(fields, "textsPerSecond"),
        new Cost(
            number(fields, "cpuPerText"),
            number(fields, "cpuPerDelivery"),
            number(fields, "sleepsPerText"),
            number(fields, "writesPerText")),
        new Times(number(fields, "answer"), number(fields, "answer99")),
        new Times(number(fields, "last"), number(fields, "last99")));
  }

  private static double number(Map<String, String> fields, String name) {
    return Double.parseDouble(fields.getOrDefault(name, "0"));
  }
}
