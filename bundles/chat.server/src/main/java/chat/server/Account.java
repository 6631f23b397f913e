package chat.server;

import chat.protocol.Person;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Somebody who can log in.
 *
 * @param id never used for anybody else
 * @param passwordHash in PHC string format
 * @param created UTC milliseconds
 */
record Account(long id, String name, Role role, String passwordHash, long created) {
  private static final int FORM = 1;

  Person person() {
    return new Person(id, name);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(id);
      out.writeUTF(name);
      out.writeByte(role.ordinal());
      out.writeUTF(passwordHash);
      out.writeLong(created);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Account of(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORM) {
        throw new IOException("an account of an unknown form");
      }
      long id = in.readLong();
      String name = in.readUTF();
      Role role = Role.values()[in.readByte()];
      return new Account(id, name, role, in.readUTF(), in.readLong());
    }
  }
}
