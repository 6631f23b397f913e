// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealsTest {
  private static final SecretKey MASTER = new SecretKeySpec(new byte[32], "AES");
  private static final byte[] CLEAR =
      "the treasure is under the old oak".getBytes(StandardCharsets.UTF_8);
  private static final UUID ID = UUID.nameUUIDFromBytes(new byte[] {1});

  private ChatStore store;

  @BeforeEach
  void open() throws Exception {
    store = new MemoryChatStore(new MemoryDisk(), InstantSource.system());
    store.activate(UUID.randomUUID(), 1);
  }

  @Test
  void whatIsSealedOpensAgainAlsoAfterARestart() throws Exception {
    byte[] sealed = new Seals(MASTER, store, 1).sealBody(1, ID, 1, 7, CLEAR);
    assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("treasure"));
    assertArrayEquals(CLEAR, new Seals(MASTER, store, 1).openBody(1, ID, 1, 7, sealed));
  }

  @Test
  void aSealIsBoundToItsPlace() throws Exception {
    Seals seals = new Seals(MASTER, store, 1);
    byte[] sealed = seals.sealBody(1, ID, 1, 7, CLEAR);
    assertThrows(SealException.class, () -> seals.openBody(2, ID, 1, 7, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, UUID.randomUUID(), 1, 7, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, ID, 2, 7, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, ID, 1, 8, sealed));
    CellKey key = new CellKey("room", "a");
    byte[] cell = seals.sealCell(key, CLEAR);
    assertThrows(SealException.class, () -> seals.openCell(new CellKey("room", "b"), cell));
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    Seals seals = new Seals(MASTER, store, 1);
    byte[] sealed = seals.sealBody(1, ID, 1, 7, CLEAR);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(SealException.class, () -> seals.openBody(1, ID, 1, 7, flipped), "bit " + bit);
    }
  }

  @Test
  void anotherMasterKeyIsRefusedWithAReason() throws Exception {
    new Seals(MASTER, store, 1);
    byte[] other = new byte[32];
    other[0] = 1;
    SealException refused =
        assertThrows(
            SealException.class, () -> new Seals(new SecretKeySpec(other, "AES"), store, 1));
    assertEquals(
        "the master key does not fit this store: use the key file that was made with it",
        refused.getMessage());
  }

  @Test
  void theSameTextIsSealedDifferentlyAndHashedTheSame() throws Exception {
    Seals seals = new Seals(MASTER, store, 1);
    assertNotEquals(
        new String(seals.sealBody(1, ID, 1, 7, CLEAR), StandardCharsets.ISO_8859_1),
        new String(seals.sealBody(1, ID, 1, 7, CLEAR), StandardCharsets.ISO_8859_1));
    assertEquals(seals.hash(1, 1, CLEAR), new Seals(MASTER, store, 1).hash(1, 1, CLEAR));
    assertNotEquals(seals.hash(1, 1, CLEAR), seals.hash(2, 1, CLEAR));
  }
}
