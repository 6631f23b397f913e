// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileLockTest {
  @TempDir Path base;

  @Test
  void theNextWindowGetsTheNextProfileAndAFreeOneIsTakenAgain() throws IOException {
    Path wanted = base.resolve("default");
    try (ProfileLock first = ProfileLock.take(wanted, true)) {
      assertEquals(wanted, first.folder());
      try (ProfileLock second = ProfileLock.take(wanted, true)) {
        assertEquals(base.resolve("default-2"), second.folder());
      }
    }
    try (ProfileLock again = ProfileLock.take(wanted, true)) {
      assertEquals(wanted, again.folder());
    }
  }

  @Test
  void nobodyElseReadsAProfileWhoeverMadeIt() throws IOException {
    Path folder = Files.createDirectory(base.resolve("open"));
    Path settings = Files.createFile(folder.resolve("desktop.properties"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
    try (ProfileLock taken = ProfileLock.take(folder, false)) {
      Settings.open(folder).server("chat.example.org");
      assertEquals("rwx------", mode(taken.folder()));
      assertEquals("rw-------", mode(settings));
      assertEquals("rw-------", mode(folder.resolve("window.lock")));
    }
    try (ProfileLock fresh = ProfileLock.take(base.resolve("new"), false)) {
      assertEquals("rwx------", mode(fresh.folder()));
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aProfileThatWasAskedForByNameIsNotExchangedForAnother() throws IOException {
    Path wanted = base.resolve("anna");
    try (ProfileLock first = ProfileLock.take(wanted, false)) {
      assertTrue(first.lock().isValid());
      IOException refused = assertThrows(IOException.class, () -> ProfileLock.take(wanted, false));
      assertTrue(refused.getMessage().contains("--profile"), refused.getMessage());
    }
  }
}
