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
import java.time.InstantSource;

/** Tokens by which a device logs in again without a password; the store has their hashes alone. */
public record AccessTokens(Seals seals, InstantSource clock) {
  private static final int BYTES = 32;
  private static final int DEVICE = 100;

  /** A token that nobody can guess. */
  static byte[] fresh() {
    return Aes.random(BYTES);
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
