// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Aes;
import chat.server.base.BinaryCodec;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellWrite;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;

/** Tokens by which a device logs in again without a password; the store has their hashes alone. */
public record AccessTokens(Seals seals, InstantSource clock) {
  private static final int BYTES = 32;
  private static final int RANDOM = 24;
  private static final int DEVICE = 100;

  /** No kind of entry has this number. */
  private static final int DEVICE_MARK = -1;

  /**
   * A token that nobody can guess: 24 random bytes, and 8 by which the server knows later that it
   * made them for this account, also when the token is worth nothing any more.
   */
  byte[] fresh(long account) {
    byte[] random = Aes.random(RANDOM);
    return ByteBuffer.allocate(BYTES).put(random).putLong(mark(account, random)).array();
  }

  /** Whether this is a token that was made for an account, good or not any more. */
  boolean wasMadeFor(long account, byte[] token) {
    return token.length == BYTES
        && ByteBuffer.wrap(token).getLong(RANDOM) == mark(account, Arrays.copyOf(token, RANDOM));
  }

  private long mark(long account, byte[] random) {
    return seals.hashBefore(account, DEVICE_MARK, random);
  }

  /** Lets this token log in to an account from now on. */
  CellWrite cell(byte[] token, long account, String device) {
    CellKey key = Cells.session(Sha256.of(token));
    byte[] bytes =
        BinaryCodec.bytes(out -> {
          out.writeLong(account);
          out.writeLong(clock.millis());
          out.writeUTF(device.substring(0, Math.min(device.length(), DEVICE)));
        });
    return seals.write(key, bytes);
  }

  /** The account to which the token of this cell logs in. */
  long account(Cell cell) throws SealException {
    return Cells.number(seals.openCell(cell));
  }
}
