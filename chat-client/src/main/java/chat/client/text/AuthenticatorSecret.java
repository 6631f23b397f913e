// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret that an authenticator and the server share, in the two forms that authenticators take:
 * typed, as Base32 (RFC 4648, section 6), and as a link that a QR code holds ({@code
 * otpauth://totp/...}, as Google Authenticator defined it and all others read it).
 *
 * <p>Any thread may use it.
 */
public final class AuthenticatorSecret {
  /**
   * As many bytes as a SHA-1 hash has (RFC 4226, section 4); a multiple of five needs no padding.
   */
  private static final int BYTES = 20;

  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final int GROUP = 4;

  private final byte[] bytes;

  private AuthenticatorSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One that nobody can guess. */
  public static AuthenticatorSecret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new AuthenticatorSecret(bytes);
  }

  static AuthenticatorSecret of(byte[] bytes) {
    return new AuthenticatorSecret(Arrays.copyOf(bytes, bytes.length));
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  /** For typing, in groups of four. */
  public String typed() {
    return base32().replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
  }

  private String base32() {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = buffer << Byte.SIZE | next & 0xff;
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(DIGITS.charAt(buffer >> bits & (DIGITS.length() - 1)));
      }
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(buffer << BITS - bits & (DIGITS.length() - 1)));
    }
    return text.toString();
  }

  /**
   * The link.
   *
   * @param server by which people tell this account from others in their authenticator
   */
  public String link(String server, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(encoded(server), encoded(account), base32(), encoded(server));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
