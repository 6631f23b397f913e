// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Seals;
import chat.server.room.Role;
import chat.storage.Cell;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What an invitation is good for.
 *
 * @param role of those who come by it
 * @param uses accounts that may still be made
 * @param end UTC milliseconds after which it is worth nothing
 */
public record InvitationGrant(Role role, int uses, long end) {
  private static final int BYTES = 1 + Integer.BYTES + Long.BYTES;

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).put((byte) role.ordinal()).putInt(uses).putLong(end).array();
  }

  /** Reads them; a role alone, as they were at first, is good once and has no end. */
  static InvitationGrant of(byte[] bytes) throws IOException {
    if (bytes.length != 1 && bytes.length != BYTES
        || bytes[0] < 0
        || bytes[0] >= Role.values().length) {
      throw new IOException("an invitation of an unknown form");
    }
    ByteBuffer terms = ByteBuffer.wrap(bytes);
    Role role = Role.values()[terms.get()];
    return bytes.length == 1
        ? new InvitationGrant(role, 1, Long.MAX_VALUE)
        : new InvitationGrant(role, terms.getInt(), terms.getLong());
  }

  boolean isOver(long now) {
    return uses < 1 || now >= end;
  }

  /** Uses the invitation once, if nobody has used it since it was read as this cell. */
  RegistrationGrant admission(Seals seals, Cell read) {
    CellWrite left =
        uses == 1
            ? new CellWrite(read.key(), null)
            : seals.write(read.key(), new InvitationGrant(role, uses - 1, end).bytes());
    return new RegistrationGrant(
        role, List.of(new CellVersion(read.key(), read.version())), List.of(left));
  }
}
