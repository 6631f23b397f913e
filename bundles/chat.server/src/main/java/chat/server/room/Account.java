// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.BinaryCodec;
import java.io.IOException;

/**
 * Somebody who can log in.
 *
 * @param id never used for anybody else
 * @param passwordHash in PHC string format
 * @param created UTC milliseconds
 */
public record Account(long id, String name, Role role, String passwordHash, long created) {
  private static final int FORM = 1;

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeLong(id);
      out.writeUTF(name);
      out.writeByte(role.ordinal());
      out.writeUTF(passwordHash);
      out.writeLong(created);
    });
  }

  static Account of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          if (in.readByte() != FORM) {
            throw new IOException("an account of an unknown form");
          }
          long id = in.readLong();
          String name = in.readUTF();
          Role role = BinaryCodec.choice(Role.values(), in.readByte());
          return new Account(id, name, role, in.readUTF(), in.readLong());
        });
  }
}
