// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.server.base.DurableFile;
import chat.server.command.account.Invitations;
import chat.server.room.Accounts;
import chat.storage.StorageException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The invitation that makes its bearer the owner of a server that nobody owns. It is written to a
 * file for the operator's eyes only, and never to the log; another one with each start of the
 * program, so that an old copy of the file is worth nothing.
 *
 * <p><b>Threads.</b> That of the start, the operators' and the journal's.
 */
record OwnerInvitation(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerInvitation.class);

  /** Offers one if nobody owns the server; else, and once somebody does, none is there. */
  void offer(Accounts accounts, Invitations invitations) throws StorageException, IOException {
    accounts.whenOwned(this::end);
    if (accounts.hasOwner()) {
      end();
    } else if (!isOfThisProcess() || !invitations.isGood(code())) {
      String code = Invitations.newCode();
      invitations.makeOwners(code, Long.MAX_VALUE);
      write(code);
    }
  }

  /** An operator made another one: if one is offered, it is that from now on. */
  void replaced(String code) throws IOException {
    if (Files.exists(file)) {
      write(code);
    }
  }

  /** An exchange of this bundle renews nothing. */
  private boolean isOfThisProcess() throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).toMillis()
            >= ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private String code() throws IOException {
    return Files.readString(file).strip();
  }

  private void write(String code) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    DurableFile.write(file, code + "\n");
  }

  private void end() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} can't be removed; its invitation is worth nothing any more", file);
    }
  }
}
