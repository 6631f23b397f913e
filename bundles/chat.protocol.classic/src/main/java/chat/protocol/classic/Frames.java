// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is sent to the original client, in frames of exactly 1,024 bytes.
 *
 * <pre>
 *   101 102 103 104 201 202                code SEP blanks
 *   105 800 303 304 801 295-297 901-905    code blanks SEP body
 *   290 401                                not filled up: the client compares all of the header
 *   292 293                                code own blanks CRLF friend SEP rows
 *   301 501 601 701                        ... CRLF leading zeros of the length SEP body
 * </pre>
 */
final class Frames {
  static final int SIZE = 1_024;

  private static final String SEPARATOR = "\n\n";
  private static final String LINE = "\r\n";
  private static final int CODE = 3;

  /** Digits of the number of characters in a frame. */
  private static final int DIGITS = 4;

  private Frames() {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] filled(String before, char with, String after) {
    byte[] first = utf8(before);
    byte[] last = utf8(after);
    byte[] frame = new byte[SIZE];
    Arrays.fill(frame, (byte) with);
    System.arraycopy(first, 0, frame, 0, first.length);
    System.arraycopy(last, 0, frame, SIZE - last.length, last.length);
    return frame;
  }

  /** A frame of which the client compares the whole header. */
  static byte[] exact(String code) {
    return filled(code + SEPARATOR, ' ', "");
  }

  /** A frame of which the client looks at the code and at the body, if at all. */
  static byte[] of(String code, String body) {
    return filled(code, ' ', SEPARATOR + FieldText.cut(body, SIZE - CODE - SEPARATOR.length()));
  }

  static byte[] of(String code) {
    return of(code, "");
  }

  /** 301: a text in as many frames as it needs; each ends its line. */
  static List<byte[]> text(String sender, String text) {
    String name = FieldText.name(sender);
    int room =
        SIZE - CODE - FieldText.bytes(name) - LINE.length() - DIGITS - SEPARATOR.length() - 1;
    return FieldText.parts(lines(text), room).stream()
        .map(part -> measured("301" + name + LINE, part.endsWith("\n") ? part : part + "\n"))
        .toList();
  }

  /** Without line feeds at the end; each frame has one. */
  private static String lines(String text) {
    return FieldText.text(text).stripTrailing();
  }

  /** 601. */
  static byte[] emoji(String sender, String word) {
    return measured("601" + FieldText.name(sender) + LINE, word);
  }

  private static byte[] measured(String header, String body) {
    return filled(header, '0', body.codePointCount(0, body.length()) + SEPARATOR + body);
  }

  /** 701, without the content, which the client does not read. */
  static byte[] file(String sender, String name, long size) {
    String header = "701" + FieldText.name(sender) + LINE + FieldText.file(name) + LINE;
    return filled(header, '0', Math.max(0, size) + SEPARATOR);
  }

  /** 303: a private text in as many frames as it needs. */
  static List<byte[]> privateText(String sender, String text) {
    String name = FieldText.name(sender);
    int room = SIZE - CODE - SEPARATOR.length() - FieldText.bytes(name) - LINE.length() - 1;
    return FieldText.parts(lines(text), room).stream()
        .map(part -> of("303", name + LINE + (part.endsWith("\n") ? part : part + "\n")))
        .toList();
  }

  /** 295. */
  static byte[] friends(Collection<String> names) {
    return of("295", String.join(LINE, fitting(names)));
  }

  /** 801. */
  static byte[] files(Collection<String> names) {
    return of("801", fitting(names).stream().map(name -> name + LINE).collect(joining()));
  }

  /** As many as there is room for, whole ones only. */
  private static List<String> fitting(Collection<String> names) {
    List<String> fitting = new ArrayList<>();
    int room = SIZE - CODE - SEPARATOR.length();
    for (String name : names) {
      room -= FieldText.bytes(name) + LINE.length();
      if (room < 0) {
        break;
      }
      fitting.add(name);
    }
    return fitting;
  }

  /** Those people whose names have room in a 401 beside this one, in their order. */
  static Map<Long, String> listed(Map<Long, String> people, String own) {
    Map<Long, String> listed = new LinkedHashMap<>();
    int room = SIZE - CODE - SEPARATOR.length() - FieldText.bytes(own);
    for (Map.Entry<Long, String> each : people.entrySet()) {
      String name = FieldText.name(each.getValue());
      room -= FieldText.bytes(name) + LINE.length();
      if (room < 0) {
        break;
      }
      listed.put(each.getKey(), name);
    }
    return listed;
  }

  /** 401. */
  static byte[] online(Collection<String> names) {
    return utf8("401" + SEPARATOR + String.join(LINE, names));
  }

  /** 501: at most five rows, the newest first, shortened evenly so that all have room. */
  static byte[] history(List<Row> newestFirst) {
    List<Row> rows = newestFirst.stream().limit(5).toList();
    String header = "501" + LINE;
    int fixed =
        rows.stream().mapToInt(row -> FieldText.bytes(written(row, ""))).sum()
            + header.length()
            + DIGITS
            + SEPARATOR.length();
    int most = share(rows.stream().map(Row::cell).toList(), SIZE - fixed);
    StringBuilder body = new StringBuilder();
    rows.forEach(row -> body.append(written(row, FieldText.shortened(row.cell(), most))));
    return measured(header, body.toString());
  }

  private static String written(Row row, String text) {
    return row.sender() + "\t" + row.time() + "\t" + text + "\n\t" + LINE;
  }

  /** The most bytes that each text may have for all of them to have room. */
  private static int share(List<String> texts, int room) {
    int left = room;
    int most = room;
    List<Integer> sizes = texts.stream().map(FieldText::bytes).sorted().toList();
    for (int i = 0; i < sizes.size(); i++) {
      int even = left / (sizes.size() - i);
      if (sizes.get(i) > even) {
        return even;
      }
      left -= sizes.get(i);
    }
    return most;
  }

  /** 292, with as many of the newest rows as have room, or 293 if there are none. */
  static byte[] privateHistory(String own, String friend, List<Row> newestFirst) {
    String name = FieldText.name(own);
    String middle = LINE + FieldText.name(friend) + SEPARATOR;
    int room = SIZE - CODE - FieldText.bytes(name) - FieldText.bytes(middle);
    List<String> rows = new ArrayList<>();
    for (Row row : newestFirst) {
      String head = row.sender() + "\t" + row.time() + "\t";
      int end = "\n".length() + LINE.length();
      int most = room - FieldText.bytes(head) - end;
      if (most < 1 || (!rows.isEmpty() && FieldText.bytes(row.cell()) > most)) {
        break;
      }
      String written = head + FieldText.shortened(row.cell(), most) + "\n";
      room -= FieldText.bytes(written) + LINE.length();
      rows.addFirst(written);
    }
    return filled((rows.isEmpty() ? "293" : "292") + name, ' ', middle + String.join(LINE, rows));
  }

  /** Whether a file is one that the client can take: it reads once, and wants text. */
  static boolean carries(String file, byte[] content) {
    return carries(file, content.length) && Utf8.isValid(content);
  }

  static boolean carries(String file, long size) {
    return CODE + FieldText.bytes(file) + SEPARATOR.length() + size <= SIZE;
  }

  /** 290. */
  static byte[] download(String file, byte[] content) {
    byte[] header = utf8("290" + file + SEPARATOR);
    byte[] frame = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, frame, header.length, content.length);
    return frame;
  }
}
