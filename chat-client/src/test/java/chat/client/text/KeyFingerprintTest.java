// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFingerprintTest {
  @Test
  void colonsSpacesAndCapitalsAreTakenAway() {
    Optional<String> plain = Optional.of("ab".repeat(32));
    assertEquals(plain, KeyFingerprint.parse("ab".repeat(32)));
    assertEquals(plain, KeyFingerprint.parse("AB:".repeat(31) + "AB"));
    assertEquals(plain, KeyFingerprint.parse("Ab ".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "g"})
  void whatIsNoFingerprintIsNone(String text) {
    assertEquals(Optional.empty(), KeyFingerprint.parse(text));
    assertEquals(Optional.empty(), KeyFingerprint.parse(text + "z".repeat(64 - text.length())));
  }
}
