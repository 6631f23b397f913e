// SPDX-License-Identifier: Apache-2.0
package chat.server.command.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** The vectors of RFC 6238, appendix B, of whose eight digits six are shown. */
  private static final Map<Long, String> VECTORS =
      Map.of(
          59L, "287082",
          1_111_111_109L, "081804",
          1_111_111_111L, "050471",
          1_234_567_890L, "005924",
          2_000_000_000L, "279037",
          20_000_000_000L, "353130");

  @Test
  void codesAreThoseOfTheStandard() {
    VECTORS.forEach((second, code) -> assertEquals(code, Totp.code(SECRET, second / 30)));
  }

  @Test
  void clocksMayBeOneStepApart() {
    String code = Totp.code(SECRET, 100);
    for (long step = 98; step <= 102; step++) {
      assertEquals(
          Math.abs(step - 100) <= 1 ? OptionalLong.of(100) : OptionalLong.empty(),
          Totp.step(SECRET, code, Instant.ofEpochSecond(step * 30), 0),
          "at step " + step);
    }
  }

  @Test
  void aCodeIsGoodOnce() {
    Instant now = Instant.ofEpochSecond(3_000);
    assertEquals(OptionalLong.of(100), Totp.step(SECRET, Totp.code(SECRET, 100), now, 99));
    assertEquals(OptionalLong.empty(), Totp.step(SECRET, Totp.code(SECRET, 100), now, 100));
    assertEquals(OptionalLong.empty(), Totp.step(SECRET, Totp.code(SECRET, 99), now, 100));
    assertEquals(OptionalLong.of(101), Totp.step(SECRET, Totp.code(SECRET, 101), now, 100));
  }
}
