package chat.server;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;

/**
 * The one-time invitation that makes its bearer the owner of a new server. It is written to a file
 * for the owner's eyes only, and never to the log.
 */
final class OwnerInvitation {
  private static final int CODE = 16;

  private OwnerInvitation() {}

  /** Writes an invitation if nobody has an account and none is there. */
  static void offer(Path file, Accounts accounts, ChatStore store, long generation)
      throws StorageException, IOException {
    if (accounts.size() > 0) {
      Files.deleteIfExists(file);
      return;
    }
    if (Files.exists(file)) {
      return;
    }
    String code = HexFormat.of().formatHex(Aes.random(CODE));
    CellKey key = Cells.invitation(Sha256.of(code.getBytes(StandardCharsets.UTF_8)));
    store.commit(
        generation,
        List.of(
            Change.write(
                List.of(), new Change.CellWrite(key, new byte[] {(byte) Role.OWNER.ordinal()}))));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, code + "\n", StandardOpenOption.WRITE);
  }
}
