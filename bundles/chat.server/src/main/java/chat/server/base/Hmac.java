// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. Providers are looked up and the key is prepared once.
 *
 * <p><b>Threads.</b> May be used from any thread: each use works on a copy.
 */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;
  private final Mac prepared;

  private Hmac(SecretKey key) {
    this.key = key;
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java platform", e);
    }
  }

  static Hmac of(byte[] key) {
    return new Hmac(new SecretKeySpec(key, ALGORITHM));
  }

  SecretKey key() {
    return key;
  }

  /** One that a single thread may use for many hashes; each begins it anew. */
  Mac begin() {
    try {
      return (Mac) prepared.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HMAC can be copied", e);
    }
  }

  /** The first 8 bytes. */
  long hash(byte[]... parts) {
    Mac mac = begin();
    for (byte[] part : parts) {
      mac.update(part);
    }
    return first(mac);
  }

  /** The first 8 bytes of what was fed into it. */
  static long first(Mac mac) {
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }
}
