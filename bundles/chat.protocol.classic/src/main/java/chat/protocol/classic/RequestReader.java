// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Finds requests in a stream of bytes: several in one read, or one in several. Never moves the
 * position of a buffer.
 *
 * @param own the name of who is logged in, as it was typed
 * @param isIn whether somebody is logged in
 */
record RequestReader(String own, boolean isIn) {
  /** More than the longest header there is, a file name of 255 characters. */
  static final int HEADER = 1_500;

  /** More characters than any text that is taken. */
  static final int TEXT = 16 << 10;

  private static final int NAMES = 2_000;
  private static final String LINE = "\r\n";
  private static final int DIGITS = 15;

  /** What stands at the front of a buffer. */
  sealed interface Found {
    /**
     * @param end the position behind it
     */
    record Whole(Request request, int end) implements Found {}

    /** Whole if nothing more comes soon: the client does not say how long it is. */
    record Perhaps(Request request, int end) implements Found {}

    /** Not whole yet. */
    record Half() implements Found {}

    /** A text whose length is known, and of which not all is there: it is waited for. */
    record Begun() implements Found {}

    /**
     * Nothing that may be said now, and what was announced with it, which begins at {@code end}.
     *
     * @param characters of a text
     * @param size of a file, in bytes
     */
    record Refused(String why, long characters, long size, int end) implements Found {}

    /** A text of so many characters, which begins at {@code end}. */
    record TooLong(long characters, int end) implements Found {}

    /** Nothing that the client says, and where it ends is not known. */
    record Bad(String why) implements Found {}
  }

  private static final Found HALF = new Found.Half();
  private static final Found BEGUN = new Found.Begun();

  private static Found bad(String why) {
    return new Found.Bad(why);
  }

  Found read(ByteBuffer bytes) {
    int from = bytes.position();
    if (!bytes.hasRemaining()) {
      return HALF;
    }
    if (bytes.get(from) < '0' || bytes.get(from) > '9') {
      return bad("no request begins like this");
    }
    int end = Utf8.separator(bytes, from, Math.min(bytes.limit(), from + HEADER));
    if (end < 0) {
      return bytes.remaining() < HEADER ? HALF : bad("a header without an end");
    }
    try {
      return read(Utf8.decode(bytes, from, end), bytes, end + 2);
    } catch (CharacterCodingException e) {
      return bad("no valid UTF-8");
    }
  }

  private Found read(String header, ByteBuffer bytes, int body) throws CharacterCodingException {
    char code = header.charAt(0);
    String[] fields = header.substring(1).split(LINE, -1);
    boolean atTheDoor = code == '1' || code == '2';
    if (atTheDoor && isIn) {
      return bad("logged in already");
    }
    if (!atTheDoor && !isIn) {
      return early(code, fields, body);
    }
    return switch (code) {
      case '1' ->
          fields.length == 2
              ? new Found.Whole(new Request.LogIn(fields[0], fields[1]), body)
              : bad("a log-in is a name and a password");
      case '2' ->
          fields.length == 2
              ? new Found.Whole(new Request.Register(fields[0], fields[1]), body)
              : bad("a registration is a name and a password");
      case '3', '6' ->
          fields.length == 2
              ? said(fields[0], code == '6', fields[1], bytes, body)
              : bad("a text has a receiver and a length");
      case '4' -> alone(header, new Request.Online(), body);
      case '5' ->
          header.length() > 1
              ? new Found.Whole(new Request.History(header.substring(1)), body)
              : ownName(new Request.History(own), bytes, body);
      case '7' -> fields.length >= 3 ? file(fields, body) : bad("a file has a name and a size");
      case '8' -> alone(header, new Request.Files(), body);
      case '0' ->
          header.length() > 1
              ? bad("no request begins like this")
              : ownName(new Request.Friends(own), bytes, body);
      default -> nine(header, fields, bytes, body);
    };
  }

  /** What is said before log-in; what it announces is no request either. */
  private static Found early(char code, String[] fields, int body) {
    long length = fields.length > 1 ? number(fields[fields.length - 1]).orElse(0) : 0;
    return switch (code) {
      case '3', '6' -> new Found.Refused("log in first", length, 0, body);
      case '7' -> new Found.Refused("log in first", 0, length, body);
      default -> bad("log in first");
    };
  }

  private static Found alone(String header, Request request, int body) {
    return header.length() == 1 ? new Found.Whole(request, body) : bad("a header that is too long");
  }

  private Found said(String receiver, boolean emoji, String length, ByteBuffer bytes, int body)
      throws CharacterCodingException {
    OptionalLong characters = number(length);
    if (characters.isEmpty()) {
      return bad("the length is no number");
    }
    if (characters.getAsLong() > TEXT) {
      return new Found.TooLong(characters.getAsLong(), body);
    }
    int end = Utf8.end(bytes, body, characters.getAsLong());
    if (end < 0) {
      return BEGUN;
    }
    if (end < bytes.limit() && (bytes.get(end) < '0' || bytes.get(end) > '9')) {
      return bad("a text that is longer than its length");
    }
    return new Found.Whole(new Request.Say(receiver, emoji, Utf8.decode(bytes, body, end)), end);
  }

  private static Found file(String[] fields, int body) {
    int last = fields.length - 1;
    OptionalLong size = number(fields[last]);
    String name = String.join(LINE, Arrays.copyOfRange(fields, 1, last));
    return size.isPresent()
        ? new Found.Whole(new Request.SendFile(fields[0], name, size.getAsLong()), body)
        : bad("the size is no number");
  }

  private static OptionalLong number(String digits) {
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return plain ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }

  /** The client's own name follows, without its length; or nothing, in its first version. */
  private Found ownName(Request request, ByteBuffer bytes, int body) {
    byte[] name = own.getBytes(StandardCharsets.UTF_8);
    int there = Math.min(name.length, bytes.limit() - body);
    byte[] begun = new byte[there];
    bytes.get(body, begun);
    if (!Arrays.equals(begun, Arrays.copyOf(name, there))) {
      return bad("not the own name");
    }
    if (there == name.length) {
      return new Found.Whole(request, body + there);
    }
    return there == 0 ? new Found.Perhaps(request, body) : HALF;
  }

  private static Found nine(String header, String[] fields, ByteBuffer bytes, int body)
      throws CharacterCodingException {
    if (header.startsWith("98")) {
      return fields.length == 2
          ? new Found.Whole(new Request.PrivateHistory(fields[0].substring(1), fields[1]), body)
          : bad("a private history is of two names");
    }
    if (!header.equals("9") && !header.equals("99")) {
      return bad("no request begins like this");
    }
    if (bytes.limit() - body > NAMES) {
      return bad("names that are too long");
    }
    String names;
    try {
      names = Utf8.decode(bytes, body, bytes.limit());
    } catch (CharacterCodingException e) {
      // The rest of a character may still be on its way.
      return Utf8.endsWithin(bytes, body) ? HALF : bad("no valid UTF-8");
    }
    int line = names.indexOf(LINE);
    if (line < 0) {
      return HALF;
    }
    String own = names.substring(0, line);
    String other = names.substring(line + LINE.length());
    return new Found.Perhaps(
        header.equals("9") ? new Request.Befriend(own, other) : new Request.Download(own, other),
        bytes.limit());
  }
}
