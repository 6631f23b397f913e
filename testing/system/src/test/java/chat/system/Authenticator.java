// SPDX-License-Identifier: Apache-2.0
package chat.system;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What people have on their phones: made by RFC 6238 alone, not by what the server does. */
public record Authenticator(String secret) {

  public byte[] bytes() {
    return secret.getBytes(StandardCharsets.US_ASCII);
  }

  /** What is shown at a time. */
  public String shows(Instant now) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(bytes(), "HmacSHA1"));
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
    int offset = hash[19] & 15;
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | (hash[offset + i] & 0xff);
    }
    return String.format(Locale.ROOT, "%06d", (number & Integer.MAX_VALUE) % 1_000_000);
  }
}
