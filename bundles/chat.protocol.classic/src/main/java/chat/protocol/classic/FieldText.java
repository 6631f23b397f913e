// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes values such that the client can't take them for anything else, and that they fit. */
final class FieldText {
  /** Most bytes of a name, and of a file's name. */
  static final int NAME = 200;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final long LAST_MILLIS = 253_402_214_400_000L; // 9999-12-31
  private static final String CUT = "…";

  private FieldText() {}

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Line feeds as line ends, and no other control characters but tabs. */
  static String text(String text) {
    return replaced(text.replace("\r\n", "\n").replace('\r', '\n'), "\n\t");
  }

  /** A text in a row of a table, whose columns end at tabs and whose rows end at CRLF. */
  static String cell(String text) {
    return replaced(text.replace("\r\n", "\n").replace('\r', '\n'), "\n");
  }

  /** A name: one line, never empty. */
  static String name(String name) {
    String line = cut(replaced(name, "").strip(), NAME);
    return line.isEmpty() ? "?" : line;
  }

  /**
   * A file's name: no folders, which the client would follow, and not longer than a frame bears;
   * what tells its kind stays.
   */
  static String file(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String line = replaced(last, "").strip();
    if (line.isEmpty() || line.equals(".") || line.equals("..")) {
      return "file";
    }
    if (bytes(line) <= NAME) {
      return line;
    }
    int dot = line.lastIndexOf('.');
    String kind = dot > 0 && bytes(line.substring(dot)) < NAME / 4 ? line.substring(dot) : "";
    return cut(line, NAME - bytes(kind)) + kind;
  }

  private static String replaced(String text, String kept) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> isHarmful(c) && kept.indexOf(c) < 0 ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isHarmful(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  /** The longest beginning of so many bytes, cut between characters. */
  static String cut(String text, int bytes) {
    return text.substring(0, fitting(text, 0, bytes));
  }

  /** The same with a sign that something is missing. */
  static String shortened(String text, int bytes) {
    return bytes(text) <= bytes ? text : cut(text, Math.max(0, bytes - bytes(CUT))) + CUT;
  }

  private static int fitting(String text, int from, int bytes) {
    int at = from;
    for (int left = bytes; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      left -= codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (left < 0) {
        break;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  /** Parts of at most so many bytes, cut behind a line or a word if there is one near the end. */
  static List<String> parts(String text, int bytes) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = fitting(text, from, bytes);
      if (to < text.length()) {
        int near = from + (to - from) * 2 / 3;
        int line = text.lastIndexOf('\n', to - 1);
        int word = text.lastIndexOf(' ', to - 1);
        to = line > near ? line + 1 : word > near ? word + 1 : to;
      }
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }

  /** Local time, as the client writes it. */
  static String time(long millis, ZoneId zone) {
    return TIME.format(Instant.ofEpochMilli(Math.clamp(millis, 0, LAST_MILLIS)).atZone(zone));
  }
}
