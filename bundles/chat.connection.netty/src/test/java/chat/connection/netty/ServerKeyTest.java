// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that clients may have seen is never silently another one, and nobody else reads it. */
class ServerKeyTest {
  @TempDir Path folder;
  private Path file;
  private Path announced;

  @BeforeEach
  void files() {
    file = folder.resolve("tls/server.p12");
    announced = folder.resolve("tls/server.fingerprint");
  }

  private String refusal() {
    String message = assertThrows(IOException.class, () -> ServerKey.selfSigned(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    return message;
  }

  @Test
  void theFingerprintIsOnRecordBeforeAnybodySeesIt() throws Exception {
    assertEquals(ServerKey.selfSigned(file).fingerprint(), Files.readString(announced).strip());
  }

  @Test
  void anAnnouncedKeyThatIsEmptyDamagedOrGoneIsRefusedWithTheCommandThatMakesAnother()
      throws Exception {
    String known = ServerKey.selfSigned(file).fingerprint();
    byte[] right = Files.readAllBytes(file);
    Files.write(file, new byte[0]);
    assertTrue(refusal().contains("rm '" + file + "' '" + announced + "'"), refusal());
    assertTrue(refusal().contains(known), refusal());
    Files.write(file, new byte[right.length]);
    assertTrue(refusal().contains("rm '" + file + "' '" + announced + "'"), refusal());
    Files.delete(file);
    assertTrue(refusal().contains("rm '" + announced + "'"), refusal());
    Files.write(file, right);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertEquals(known, ServerKey.selfSigned(file).fingerprint());
  }

  @Test
  void anotherKeyThanTheAnnouncedOneIsRefused() throws Exception {
    String known = ServerKey.selfSigned(file).fingerprint();
    Path other = folder.resolve("other/server.p12");
    ServerKey.selfSigned(other);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal().contains(known), refusal());
    Files.delete(announced);
    assertFalse(ServerKey.selfSigned(file).fingerprint().equals(known));
  }

  @Test
  void anEmptyFileOfAFirstStartThatNeverAnnouncedItCountsAsMissing() throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertEquals(64, ServerKey.selfSigned(file).fingerprint().length());
  }

  @Test
  void aKeyThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws Exception {
    ServerKey.selfSigned(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(refusal().contains("chmod 600 '" + file + "'"), refusal());
    Path chain = Files.writeString(folder.resolve("chain.pem"), "public");
    Path key = Files.writeString(folder.resolve("key.pem"), "private");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    String message =
        assertThrows(IOException.class, () -> ServerKey.ofPem(chain, key)).getMessage();
    assertTrue(message.contains("chmod 600 '" + key + "'"), message);
  }
}
