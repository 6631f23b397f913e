// SPDX-License-Identifier: Apache-2.0
package chat.server.command.factor;

import chat.server.base.BinaryCodec;
import chat.server.base.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a log-in is checked against besides the password.
 *
 * @param secret which the authenticator has too
 * @param lastStep of the code that was used last, so that none is good twice (RFC 6238, 5.2)
 * @param recovery hashes of the recovery codes that are left; the codes are random, so a plain hash
 *     hides them
 */
record SecondFactor(byte[] secret, long lastStep, List<byte[]> recovery) {
  private static final int FORM = 1;

  SecondFactor {
    recovery = List.copyOf(recovery);
  }

  /** One for which these recovery codes are good. */
  static SecondFactor of(byte[] secret, long lastStep, List<String> codes) {
    return new SecondFactor(
        secret, lastStep, codes.stream().map(code -> hash(normal(code))).toList());
  }

  /** The same after a code was used; empty if the code is wrong. */
  Optional<SecondFactor> using(String code, Instant now) {
    String normal = normal(code);
    OptionalLong step = Totp.step(secret, normal, now, lastStep);
    if (step.isPresent()) {
      return Optional.of(new SecondFactor(secret, step.getAsLong(), recovery));
    }
    byte[] hash = hash(normal);
    List<byte[]> left = new ArrayList<>(recovery);
    return left.removeIf(known -> MessageDigest.isEqual(known, hash))
        ? Optional.of(new SecondFactor(secret, lastStep, left))
        : Optional.empty();
  }

  /** People type blanks and hyphens where they see groups. */
  static String normal(String code) {
    return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }

  private static byte[] hash(String code) {
    return Sha256.of(code.getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeByte(secret.length);
      out.write(secret);
      out.writeLong(lastStep);
      out.writeByte(recovery.size());
      for (byte[] hash : recovery) {
        out.write(hash);
      }
    });
  }

  static SecondFactor of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          if (in.readByte() != FORM) {
            throw new IOException("a second factor of an unknown form");
          }
          byte[] secret = in.readNBytes(in.readUnsignedByte());
          long lastStep = in.readLong();
          List<byte[]> recovery = new ArrayList<>();
          for (int left = in.readUnsignedByte(); left > 0; left--) {
            recovery.add(in.readNBytes(Sha256.BYTES));
          }
          return new SecondFactor(secret, lastStep, recovery);
        });
  }
}
