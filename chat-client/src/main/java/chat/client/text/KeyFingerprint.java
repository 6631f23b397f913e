// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The SHA-256 of a server's public key, as people write it: with colons or spaces, or without. */
public final class KeyFingerprint {
  private static final int DIGITS = 64;

  private KeyFingerprint() {}

  /** Reads 64 hexadecimal digits; empty if they are none. */
  public static Optional<String> parse(String text) {
    String digits = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    return digits.length() == DIGITS && digits.chars().allMatch(HexFormat::isHexDigit)
        ? Optional.of(digits)
        : Optional.empty();
  }
}
