// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invitation to a server as people pass it on: {@code
 * chatroom://HOST:PORT/CODE?key=FINGERPRINT}. Who has it knows the server's key before the first
 * connection.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param fingerprint SHA-256 of the server's public key in 64 lower-case hex digits; empty if the
 *     server has none
 * @param code for {@link Command.Register}
 */
public record Invitation(String host, int port, String fingerprint, String code) {
  private static final int CODE_BYTES = 16;
  private static final Pattern LINK =
      Pattern.compile(
          "chatroom://(\\[[0-9a-f:.]+]|[^/:\\[\\]\\s?#@]+):(\\d{1,5})/([0-9a-f]{32})"
              + "(?:\\?key=([0-9a-f]{64}))?",
          Pattern.CASE_INSENSITIVE);

  /** Reads a link; empty if it is none. */
  public static Optional<Invitation> parse(String text) {
    Matcher link = LINK.matcher(text.strip());
    if (!link.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(link.group(2));
    if (port < 1 || port > 65_535) {
      return Optional.empty();
    }
    String key = link.group(4);
    return Optional.of(
        new Invitation(
            link.group(1).replaceAll("[\\[\\]]", ""),
            port,
            key == null ? "" : key.toLowerCase(Locale.ROOT),
            link.group(3).toLowerCase(Locale.ROOT)));
  }

  /** The code for these 16 random bytes. */
  public static String code(byte[] random) {
    if (random.length != CODE_BYTES) {
      throw new IllegalArgumentException("a code has " + CODE_BYTES + " bytes");
    }
    return HexFormat.of().formatHex(random);
  }

  /** The link. */
  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    String key = fingerprint.isEmpty() ? "" : "?key=" + fingerprint;
    return "chatroom://" + shown + ":" + port + "/" + code + key;
  }
}
