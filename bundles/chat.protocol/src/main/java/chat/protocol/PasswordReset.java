// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link by which a new password can be set once, as an operator passes it on: {@code
 * chatroom://HOST:PORT/reset/CODE?key=FINGERPRINT}.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param fingerprint SHA-256 of the server's public key in 64 lower-case hex digits; empty if the
 *     server has none
 * @param code for {@link Command.ResetPassword}
 */
public record PasswordReset(String host, int port, String fingerprint, String code) {
  private static final Pattern LINK =
      Pattern.compile("(chatroom://[^/\\s]+/)reset/(\\S+)", Pattern.CASE_INSENSITIVE);

  /** Reads a link; empty if it is none. */
  public static Optional<PasswordReset> parse(String text) {
    Matcher link = LINK.matcher(text.strip());
    return link.matches()
        ? Invitation.parse(link.group(1) + link.group(2))
            .map(way -> new PasswordReset(way.host(), way.port(), way.fingerprint(), way.code()))
        : Optional.empty();
  }

  /** The link. */
  @Override
  public String toString() {
    return new Invitation(host, port, fingerprint, "reset/" + code).toString();
  }
}
