// SPDX-License-Identifier: Apache-2.0
package chat.admin.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.OperationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCheckTest {
  private static final String JAR_DIGEST =
      "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

  private static final String OPENSSL_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEALliXN65Q2J493AGVSuj/aap2rkSduNUAMeqNlw7GHqI=
      -----END PUBLIC KEY-----
      """;

  private static final String OPENSSL_SIGNATURE =
      """
      +AOL/wvPI1tvyqh4poAspDj7h0C2JYIKeL6G++OL6IPPXDT78TuF7lFoucNd2wygNkc0fUDn36Ir
      OW5tCm1kDg==
      """;

  @TempDir Path folder;
  private Path jar;
  private Path sums;
  private Path keys;
  private ReleaseCheck check;

  @BeforeEach
  void release() throws IOException {
    jar = Files.createDirectories(folder.resolve("release/system/12")).resolve("chat.server.jar");
    Files.writeString(jar, "foo");
    sums = folder.resolve("release/SHA256SUMS");
    keys = folder.resolve("release.pub");
    check = new ReleaseCheck(keys, folder.resolve("previous"));
  }

  private void listed(String digest) throws IOException {
    Files.writeString(
        sums, "0".repeat(64) + "  bin/chatroom\n" + digest + "  system/12/chat.server.jar\n");
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(OperationException.class, () -> check.check(jar, jar)).getMessage());
  }

  @Test
  void whatFitsTheListOrHasNoneIsTakenAndItsDigestTold() throws Exception {
    assertEquals(JAR_DIGEST, check.check(jar, jar));
    listed(JAR_DIGEST);
    assertEquals(JAR_DIGEST, check.check(jar, jar));
  }

  @Test
  void anotherFileThanTheListedOneIsRefused() throws IOException {
    listed("1".repeat(64));
    assertTrue(refusal().contains(JAR_DIGEST), refusal());
    listed(JAR_DIGEST);
    Path copy = Files.writeString(folder.resolve("copy"), "changed meanwhile");
    assertThrows(OperationException.class, () -> check.check(jar, copy));
  }

  @Test
  void whereAKeyIsConfiguredOnlyASignedListCounts() throws Exception {
    KeyPair maker = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(keys, pem(other.getPublic()) + pem(maker.getPublic()));
    assertTrue(refusal().contains("without SHA256SUMS"), refusal());
    listed(JAR_DIGEST);
    assertTrue(refusal().contains("is not signed"), refusal());
    Files.writeString(folder.resolve("release/SHA256SUMS.sig"), "rubbish");
    assertTrue(refusal().contains("is not signed by a key"), refusal());
    sign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    assertTrue(refusal().contains("is not signed by a key"), refusal());
    sign(maker);
    assertEquals(JAR_DIGEST, check.check(jar, jar));
    Files.writeString(sums, Files.readString(sums) + "\n");
    assertTrue(refusal().contains("is not signed by a key"), refusal());
    Files.writeString(sums, "0".repeat(64) + "  bin/chatroom\n");
    sign(maker);
    assertTrue(refusal().contains("does not stand in"), refusal());
  }

  @Test
  void aKeyFileWithoutAKeyTakesNothing() throws IOException {
    Files.writeString(keys, "");
    listed(JAR_DIGEST);
    Files.writeString(folder.resolve("release/SHA256SUMS.sig"), "AAAA");
    assertTrue(refusal().contains(keys.toString()), refusal());
  }

  @Test
  void theWayBackNeedsNoList() throws Exception {
    Files.writeString(keys, "");
    Path before = Files.createDirectories(folder.resolve("previous/release-1/system/12"));
    Path old = Files.copy(jar, before.resolve("chat.server.jar"));
    assertEquals(JAR_DIGEST, check.check(old, old));
  }

  /** Made by: openssl pkeyutl -sign -rawin -inkey release.key -in SHA256SUMS | base64. */
  @Test
  void aSignatureMadeByOpensslAsTheManualSaysFits() throws Exception {
    Files.writeString(keys, OPENSSL_KEY);
    Files.writeString(sums, JAR_DIGEST + "  system/12/chat.server.jar\n");
    Files.writeString(folder.resolve("release/SHA256SUMS.sig"), OPENSSL_SIGNATURE);
    assertEquals(JAR_DIGEST, check.check(jar, jar));
  }

  private void sign(KeyPair pair) throws GeneralSecurityException, IOException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(Files.readAllBytes(sums));
    Files.writeString(
        folder.resolve("release/SHA256SUMS.sig"),
        Base64.getMimeEncoder().encodeToString(signer.sign()) + "\n");
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + new String(Base64.getMimeEncoder().encode(key.getEncoded()), StandardCharsets.US_ASCII)
        + "\n-----END PUBLIC KEY-----\n";
  }
}
