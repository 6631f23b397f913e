// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthenticatorSecretTest {
  private static AuthenticatorSecret of(String text) {
    return AuthenticatorSecret.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The vectors of RFC 4648, section 10, without their padding. */
  @Test
  void itIsTypedAsBase32() {
    Map.of(
            "f", "MY",
            "fo", "MZXQ",
            "foo", "MZXW 6",
            "foob", "MZXW 6YQ",
            "fooba", "MZXW 6YTB",
            "foobar", "MZXW 6YTB OI")
        .forEach((text, typed) -> assertEquals(typed, of(text).typed()));
  }

  @Test
  void theLinkSaysWhoseItIs() {
    assertEquals(
        "otpauth://totp/chat.example.org:Zo%C3%AB%20B?secret=MZXW6YTB&issuer=chat.example.org",
        of("fooba").link("chat.example.org", "Zo\u00eb B"));
  }

  @Test
  void noTwoAreTheSame() {
    assertEquals(20, AuthenticatorSecret.random().bytes().length);
    assertNotEquals(AuthenticatorSecret.random().typed(), AuthenticatorSecret.random().typed());
  }
}
