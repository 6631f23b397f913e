// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.base.MasterKey;
import chat.server.base.Seals;
import chat.server.room.Role;
import chat.storage.Cell;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TermsTest {
  private static final InvitationGrant TERMS = new InvitationGrant(Role.MEMBER, 2, 1_000);

  private static Cell cell(InvitationGrant grant) {
    return new Cell(Invitations.key("code"), 7, grant.bytes());
  }

  @Test
  void whatIsKeptIsRead() throws IOException {
    assertEquals(TERMS, InvitationGrant.of(TERMS.bytes()));
  }

  @Test
  void theFirstFormIsGoodOnceAndForEver() throws IOException {
    InvitationGrant old = InvitationGrant.of(new byte[] {(byte) Role.OWNER.ordinal()});
    assertEquals(new InvitationGrant(Role.OWNER, 1, Long.MAX_VALUE), old);
    assertFalse(old.isOver(Long.MAX_VALUE - 1));
  }

  @Test
  void whatIsNoneIsRefused() {
    for (byte[] bytes : new byte[][] {{}, {9}, {-1}, {0, 0}}) {
      assertThrows(IOException.class, () -> InvitationGrant.of(bytes));
    }
  }

  @Test
  void theyEnd() {
    assertFalse(TERMS.isOver(999));
    assertTrue(TERMS.isOver(1_000));
    assertTrue(new InvitationGrant(Role.MEMBER, 0, 1_000).isOver(0));
  }

  @Test
  void eachUseCountsAndTheLastOneEndsThem(@TempDir Path folder) throws Exception {
    ChatStore store = new MemoryChatStore(new MemoryDisk(), InstantSource.system());
    store.activate(UUID.randomUUID(), 1);
    SecretKey key = new SecretKeySpec(new byte[32], "AES");
    Seals seals = new Seals(new MasterKey(key, folder, changed -> {}), store, 1);
    RegistrationGrant first = TERMS.admission(seals, cell(TERMS));
    assertEquals(List.of(new CellVersion(Invitations.key("code"), 7)), first.conditions());
    CellWrite written = first.cells().getFirst();
    byte[] left =
        seals.openCell(new Cell(written.key(), 8, Objects.requireNonNull(written.value())));
    assertEquals(new InvitationGrant(Role.MEMBER, 1, 1_000), InvitationGrant.of(left));
    InvitationGrant last = InvitationGrant.of(left);
    assertNull(last.admission(seals, cell(last)).cells().getFirst().value());
  }
}
