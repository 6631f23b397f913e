// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import java.io.IOException;

/**
 * Somebody who can log in.
 *
 * @param id never used for anybody else
 * @param passwordHash in PHC string format
 * @param created UTC milliseconds
 * @param epoch counts how often all sessions were ended: a session is good in the epoch in which it
 *     began
 * @param suspended since when it can't log in, in UTC milliseconds; 0 if it can
 */
public record Account(
    long id, String name, Role role, String passwordHash, long created, int epoch, long suspended) {
  private static final int FORM = 1;

  /** Before this component the form is fixed. */
  private static final int ADDED = 5;

  /** Somebody new. */
  public Account(long id, String name, Role role, String passwordHash, long created) {
    this(id, name, role, passwordHash, created, 0, 0);
  }

  /** The same with another password. */
  public Account withPassword(String hash) {
    return new Account(id, name, role, hash, created, epoch, suspended);
  }

  /** The same without the sessions of before. */
  public Account withoutSessions() {
    return new Account(id, name, role, passwordHash, created, epoch + 1, suspended);
  }

  /** The same under another name. */
  public Account withName(String other) {
    return new Account(id, other, role, passwordHash, created, epoch, suspended);
  }

  public Account withRole(Role other) {
    return new Account(id, name, other, passwordHash, created, epoch, suspended);
  }

  /** The same, suspended since a time, or with 0 not suspended. */
  public Account suspendedSince(long time) {
    return new Account(id, name, role, passwordHash, created, epoch, time);
  }

  public boolean isSuspended() {
    return suspended != 0;
  }

  /** Whether it owns the server, and can log in to do so. */
  public boolean isOwner() {
    return role == Role.OWNER && !isSuspended();
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeLong(id);
      out.writeUTF(name);
      out.writeByte(role.ordinal());
      out.writeUTF(passwordHash);
      out.writeLong(created);
      AddedComponents.write(out, this, ADDED);
    });
  }

  public static Account of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          if (in.readByte() != FORM) {
            throw new IOException("an account of an unknown form");
          }
          long id = in.readLong();
          String name = in.readUTF();
          Role role = BinaryCodec.choice(Role.values(), in.readByte());
          return AddedComponents.read(
              in, Account.class, id, name, role, in.readUTF(), in.readLong());
        });
  }
}
