// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.RoomSetting;
import chat.client.text.TerminalSanitizer;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.owasp.encoder.Encode;

/**
 * A page for reading, on a screen and on paper: without scripts, without anything from elsewhere.
 * Its templates are the resources beside this class.
 *
 * <p><b>Safe.</b> A template escapes whatever it shows by {@link #escaped}, which leaves no
 * character that HTML, a terminal or the direction of reading would obey; and the page forbids the
 * browser everything but its own style and pictures beside it.
 */
final class HtmlExportWriter implements ExportWriter {
  private static final Template START = template("page-start.html");
  private static final Template MESSAGE = template("message.html");
  private static final Template END = template("page-end.html");

  private final Writer out;
  private final ZoneId zone;
  private @Nullable LocalDate day;

  HtmlExportWriter(Writer out, ZoneId zone, RoomInfo info) throws IOException {
    this.out = out;
    this.zone = zone;
    String name = info.kind() == RoomKind.DIRECT ? info.peer().shown() : info.name();
    out.write(
        START.execute(
            Map.of(
                "title", name,
                "topic", info.settings().topic(),
                "labels", RoomSetting.labels(info.settings()).collect(Collectors.joining(", ")))));
  }

  private static Template template(String resource) {
    try (InputStream in = HtmlExportWriter.class.getResourceAsStream(resource)) {
      return Mustache.compiler()
          .withEscaper(HtmlExportWriter::escaped)
          .emptyStringIsFalse(true)
          .compile(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(Leaf leaf) throws IOException {
    Instant time = Instant.ofEpochMilli(leaf.message().entry().time());
    LocalDate date = LocalDate.ofInstant(time, zone);
    out.write(MESSAGE.execute(new HtmlMessage(leaf, zone, !date.equals(day))));
    day = date;
  }

  /** Fit for the inside of an element and of an attribute in quotes. */
  static String escaped(String text) {
    return Encode.forHtml(
        text.lines().map(TerminalSanitizer::line).collect(Collectors.joining("\n")));
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write(END.execute(Map.of()));
    }
  }
}
