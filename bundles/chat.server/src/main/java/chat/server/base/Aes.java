// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front and a 128-bit tag behind.
 *
 * @param key 32 bytes
 */
public record Aes(SecretKey key) {
  static final int NONCE = 12;
  static final int TAG = 16;

  /** Bytes that sealing adds. */
  public static final int OVERHEAD = NONCE + TAG;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Those that nobody uses now, as many as there were users at a time; a look-up costs more. */
  private static final Queue<Cipher> CIPHERS = new ConcurrentLinkedQueue<>();

  public static Aes of(byte[] key) {
    return new Aes(new SecretKeySpec(key, "AES"));
  }

  /** A key for one purpose (HKDF with SHA-256, RFC 5869). */
  static Aes derived(SecretKey from, byte[] purpose) {
    try {
      return new Aes(
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES", HKDFParameterSpec.ofExtract().addIKM(from).thenExpand(purpose, 32)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is part of every Java platform", e);
    }
  }

  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  public byte[] seal(byte[] clear, byte[] bound) {
    byte[] nonce = random(NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, bound);
      byte[] sealed = Arrays.copyOf(nonce, OVERHEAD + clear.length);
      cipher.doFinal(clear, 0, clear.length, sealed, NONCE);
      CIPHERS.add(cipher);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }

  public byte[] open(byte[] sealed, byte[] bound) throws SealException {
    if (sealed.length < OVERHEAD) {
      throw new SealException("too short to be sealed");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), bound);
      byte[] clear = cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
      CIPHERS.add(cipher);
      return clear;
    } catch (GeneralSecurityException e) {
      throw new SealException("changed, or sealed under another key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
    Cipher idle = CIPHERS.poll();
    Cipher cipher = idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  public static byte[] mac(SecretKey key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java platform", e);
    }
  }
}
