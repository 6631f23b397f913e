// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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
  void aProfileThatWasAskedForByNameIsNotExchangedForAnother() throws IOException {
    Path wanted = base.resolve("anna");
    try (ProfileLock first = ProfileLock.take(wanted, false)) {
      assertTrue(first.lock().isValid());
      IOException refused = assertThrows(IOException.class, () -> ProfileLock.take(wanted, false));
      assertTrue(refused.getMessage().contains("--profile"), refused.getMessage());
    }
  }
}
