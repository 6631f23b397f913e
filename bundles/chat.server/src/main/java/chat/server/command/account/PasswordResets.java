// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.operations.AccountOperations;
import chat.protocol.Invitation;
import chat.server.base.Aes;
import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.room.Account;
import chat.server.store.Journal;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Codes with which a new password can be set, once. Only the hash of a code is kept; it is worth
 * nothing any more when it was used, when its time is over, or when the password was changed
 * otherwise.
 *
 * <p><b>Threads.</b> Operators', the timer's and those that look at passwords; calls wait for the
 * disk.
 */
public record PasswordResets(StoreAccess access, Seals seals, InstantSource clock) {
  private static final int CODE = 16;

  /**
   * What a code is good for.
   *
   * @param end UTC milliseconds after which it is worth nothing
   * @param password by which it is known whether the password was changed since
   */
  private record Grant(long account, long end, long password) {
    byte[] bytes() {
      return BinaryCodec.bytes(out -> {
        out.writeLong(account);
        out.writeLong(end);
        out.writeLong(password);
      });
    }

    static Grant of(byte[] bytes) throws IOException {
      return BinaryCodec.read(bytes, in -> new Grant(in.readLong(), in.readLong(), in.readLong()));
    }
  }

  /** A code that was found, and the cell that it uses up. */
  record Found(Grant grant, Cell cell) {
    long account() {
      return grant.account();
    }

    /** Whether it is still good for the account as it is now. */
    boolean isFor(Account now) {
      return grant.password() == mark(now);
    }
  }

  private static long mark(Account account) {
    byte[] hash = account.passwordHash().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Sha256.of(hash)).getLong();
  }

  /** Makes a code for an account. */
  String make(Account account) throws StorageException {
    String code = Invitation.code(Aes.random(CODE));
    long end = clock.millis() + Duration.ofHours(AccountOperations.RESET_HOURS).toMillis();
    byte[] grant = new Grant(account.id(), end, mark(account)).bytes();
    access.settle(Change.write(List.of(), seals.write(Cells.reset(hash(code)), grant)));
    return code;
  }

  private static byte[] hash(String code) {
    return Sha256.of(code.getBytes(StandardCharsets.UTF_8));
  }

  /** What a code is good for; empty if it is for nothing. */
  Optional<Found> find(String code) throws StorageException {
    Optional<Cell> cell = access.read((store, generation) -> store.cell(Cells.reset(hash(code))));
    return cell.flatMap(this::opened).filter(found -> clock.millis() < found.grant().end());
  }

  private Optional<Found> opened(Cell cell) {
    try {
      return Optional.of(new Found(Grant.of(seals.openCell(cell)), cell));
    } catch (IOException | SealException e) {
      seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
      return Optional.empty();
    }
  }

  /** Forgets those that are over. */
  public void sweep() throws StorageException {
    List<Cell> page =
        access.read(
            (store, generation) -> store.cells(CellKind.RESET.space(), "", ChatStore.MAX_ROWS));
    for (Cell cell : page) {
      if (opened(cell).filter(found -> clock.millis() < found.grant().end()).isEmpty()) {
        access
            .journal()
            .submit(Change.write(List.of(), new CellWrite(cell.key(), null)), Journal.IGNORED);
      }
    }
  }
}
