// SPDX-License-Identifier: Apache-2.0
package chat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CommandIdTest {
  /** The example of RFC 9562, appendix A.6. */
  @Test
  void isAUuidOfVersion7() {
    assertEquals(
        UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"),
        CommandId.at(1_645_557_742_000L, 0xCC3, 0x18C4DC0C0C07398FL));
  }

  @Test
  void carriesTheTimeAndIsNeverTheSame() {
    long before = System.currentTimeMillis();
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(CommandId.next());
    }
    long after = System.currentTimeMillis();
    assertEquals(10_000, ids.size());
    for (UUID id : ids) {
      assertEquals(7, id.version());
      assertEquals(2, id.variant());
      long time = id.getMostSignificantBits() >>> 16;
      assertTrue(before <= time && time <= after);
    }
  }
}
