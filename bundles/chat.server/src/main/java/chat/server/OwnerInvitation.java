// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.server.base.DurableFile;
import chat.server.base.Seals;
import chat.server.command.account.InvitationGrant;
import chat.server.command.account.Invitations;
import chat.server.room.Accounts;
import chat.server.room.Role;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The one-time invitation that makes its bearer the owner of a new server. It is written to a file
 * for the owner's eyes only, and never to the log.
 */
final class OwnerInvitation {
  private OwnerInvitation() {}

  /** Writes an invitation if nobody has an account and none is there. */
  static void offer(Path file, Accounts accounts, Seals seals, ChatStore store, long generation)
      throws StorageException, IOException {
    if (accounts.size() > 0) {
      Files.deleteIfExists(file);
      return;
    }
    // An empty one is what a power cut left: its code is known to nobody.
    if (Files.exists(file) && Files.size(file) > 0) {
      return;
    }
    String code = Invitations.newCode();
    byte[] terms = new InvitationGrant(Role.OWNER, 1, Long.MAX_VALUE).bytes();
    store.commit(
        generation, List.of(Change.write(List.of(), seals.write(Invitations.key(code), terms))));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    DurableFile.write(file, code + "\n");
  }
}
