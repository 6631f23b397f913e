// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealsTest {
  private static final SecretKey MASTER = new SecretKeySpec(new byte[32], "AES");
  private static final byte[] CLEAR =
      "the treasure is under the old oak".getBytes(StandardCharsets.UTF_8);
  private static final UUID ID = UUID.nameUUIDFromBytes(new byte[] {1});
  private static final CellKey MEMBER = Cells.member(2, 7);

  @TempDir Path folder;

  private ChatStore store;

  @BeforeEach
  void open() throws Exception {
    store = new MemoryChatStore(new MemoryDisk(), InstantSource.system());
    store.activate(UUID.randomUUID(), 1);
  }

  private Seals seals() throws Exception {
    return seals(MASTER);
  }

  private Seals seals(SecretKey master) throws Exception {
    return new Seals(new MasterKey(master, folder, changed -> {}), store, 1);
  }

  private static byte[] seal(Seals seals) {
    return seals.sealBody(1, ID, 1, 7, 0, CLEAR);
  }

  @Test
  void whatIsSealedOpensAgainAlsoAfterARestart() throws Exception {
    byte[] sealed = seal(seals());
    assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("treasure"));
    assertArrayEquals(CLEAR, seals().openBody(1, ID, 1, 7, 0, sealed));
  }

  @Test
  void aSealIsBoundToItsPlace() throws Exception {
    Seals seals = seals();
    byte[] sealed = seal(seals);
    assertThrows(SealException.class, () -> seals.openBody(2, ID, 1, 7, 0, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, UUID.randomUUID(), 1, 7, 0, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, ID, 2, 7, 0, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, ID, 1, 8, 0, sealed));
    assertThrows(SealException.class, () -> seals.openBody(1, ID, 1, 7, 3, sealed));
    byte[] cell = seals.sealCell(MEMBER, CLEAR);
    assertArrayEquals(CLEAR, seals.openCell(new Cell(MEMBER, 1, cell)));
    for (CellKey other :
        List.of(Cells.member(2, 8), Cells.member(3, 7), Cells.ban(2, 7), Cells.room(2))) {
      assertThrows(SealException.class, () -> seals.openCell(new Cell(other, 1, cell)));
    }
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    Seals seals = seals();
    byte[] sealed = seal(seals);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(
          SealException.class, () -> seals.openBody(1, ID, 1, 7, 0, flipped), "bit " + bit);
    }
  }

  @Test
  void anotherMasterKeyIsRefusedWithAReason() throws Exception {
    seals();
    byte[] other = new byte[32];
    other[0] = 1;
    SealException refused =
        assertThrows(SealException.class, () -> seals(new SecretKeySpec(other, "AES")));
    assertEquals(
        "the master key does not fit this store: use the key file that was made with it",
        refused.getMessage());
  }

  @Test
  void whatSomebodyElseMayHaveWrittenIsRefused() throws Exception {
    Seals seals = seals();
    byte[] clear = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    assertThrows(SealException.class, () -> seals.openCell(new Cell(MEMBER, 1, clear)));
    assertThrows(SealException.class, () -> seals.openCell(new Cell(MEMBER, 1, new byte[0])));
    byte[] before = seals.ring().seal(CLEAR, "member\0x".getBytes(StandardCharsets.UTF_8));
    assertThrows(SealException.class, () -> seals.openCell(new Cell(MEMBER, 1, before)));
  }

  @Test
  void withoutItsKeysAStoreIsNotTakenForAnEarlierOne() throws Exception {
    Seals seals = seals();
    store.commit(
        1,
        List.of(
            Change.write(List.of(), seals.write(MEMBER, CLEAR)),
            Change.write(List.of(), new Change.CellWrite(Cells.RING, null))));
    assertThrows(SealException.class, this::seals);
  }

  @Test
  void whereverAChangeOfTheMasterKeyIsCutOffOneOfTheTwoOpensTheRing() throws Exception {
    byte[] sealed = seal(seals());
    MasterKey master = new MasterKey(MASTER, folder, changed -> {});
    SecretKey never = master.begin(); // cut off before the store was told
    assertArrayEquals(CLEAR, seals().openBody(1, ID, 1, 7, 0, sealed));
    assertTrue(Files.notExists(folder.resolve("master.key.next")));
    assertThrows(SealException.class, () -> seals(never));

    SecretKey next = master.begin(); // cut off before the file was renamed
    KeyRing.Renewal renewal = new Seals(master, store, 1).ring().renewed(next);
    List<SecretKey> changed = new ArrayList<>();
    store.commit(1, List.of(renewal.change()));
    assertThrows(SealException.class, () -> seals(MASTER));
    Files.writeString(
        folder.resolve("master.key.next"), HexFormat.of().formatHex(next.getEncoded()) + "\n");
    Seals after = new Seals(new MasterKey(MASTER, folder, changed::add), store, 1);
    assertArrayEquals(CLEAR, after.openBody(1, ID, 1, 7, 0, sealed));
    assertEquals(List.of(next), changed);
    assertArrayEquals(CLEAR, seals(next).openBody(1, ID, 1, 7, 0, sealed));
    assertThrows(SealException.class, () -> seals(MASTER));
  }

  @Test
  void onceEverythingIsSealedAnewTheKeyOfBeforeIsGoodForNothing() throws Exception {
    Seals seals = seals();
    Cell before = new Cell(MEMBER, 1, seals.sealCell(MEMBER, CLEAR));
    assertFalse(seals.isDue(before));
    commit(seals.ring().renewed());
    assertTrue(seals.isDue(before));
    assertArrayEquals(CLEAR, seals.openCell(before));
    commit(seals.ring().settled(seals.ring().target()));
    assertThrows(SealException.class, () -> seals.openCell(before));
  }

  private void commit(KeyRing.Renewal renewal) throws Exception {
    store.commit(1, List.of(renewal.change()));
    renewal.committed();
  }

  @Test
  void theSameTextIsSealedAndHashedDifferently() throws Exception {
    Seals seals = seals();
    assertNotEquals(
        new String(seal(seals), StandardCharsets.ISO_8859_1),
        new String(seal(seals), StandardCharsets.ISO_8859_1));
    assertEquals(seals.hash(1, 1, 7, ID, CLEAR), seals().hash(1, 1, 7, ID, CLEAR));
    assertNotEquals(seals.hash(1, 1, 7, ID, CLEAR), seals.hash(2, 1, 7, ID, CLEAR));
    assertNotEquals(seals.hash(1, 1, 7, ID, CLEAR), seals.hash(1, 1, 8, ID, CLEAR));
    assertNotEquals(seals.hash(1, 1, 7, ID, CLEAR), seals.hash(1, 1, 7, UUID.randomUUID(), CLEAR));
  }

  @Test
  void theExactLengthIsNotSeen() throws Exception {
    Seals seals = seals();
    Set<Integer> lengths = new LinkedHashSet<>();
    for (int length = 0; length <= 2_000; length++) {
      byte[] clear = new byte[length];
      byte[] sealed = seals.sealBody(1, ID, 1, 7, 0, clear);
      lengths.add(sealed.length);
      assertArrayEquals(clear, seals.openBody(1, ID, 1, 7, 0, sealed));
    }
    assertTrue(lengths.size() <= 40, lengths::toString);
    assertTrue(Seals.padded(16_384) < 16_384 * 9 / 8 + 1);
  }

  @Test
  void theOrderOfTokensIsNotThatOfTheWords() throws Exception {
    Seals seals = seals();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      words.add("word" + i);
    }
    List<Long> tokens = seals.tokens(1, words);
    assertEquals(tokens.stream().sorted().toList(), tokens);
    assertEquals(tokens, seals.tokens(1, words.reversed()));
    assertEquals(100, Set.copyOf(tokens).size());
  }
}
