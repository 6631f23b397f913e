// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.storage.CellKey;
import chat.storage.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Somebody who can write to the database file, knows its form, and has no key. */
record DatabaseAttacker(Path folder) {

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chat.db"));
  }

  private static byte[] units(String key) {
    return key.getBytes(StandardCharsets.UTF_16BE);
  }

  byte[] value(CellKey key) throws SQLException {
    try (Connection database = open();
        PreparedStatement read =
            database.prepareStatement("SELECT value FROM cell WHERE space = ? AND name = ?")) {
      read.setBytes(1, units(key.space()));
      read.setBytes(2, units(key.key()));
      try (ResultSet row = read.executeQuery()) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    }
  }

  /** Writes a cell with a checksum that fits. */
  void write(CellKey key, byte[] value) throws SQLException {
    CRC32C crc = new CRC32C();
    crc.update(checked(key, 1, value));
    try (Connection database = open();
        PreparedStatement write =
            database.prepareStatement("INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?, ?)")) {
      write.setBytes(1, units(key.space()));
      write.setBytes(2, units(key.key()));
      write.setLong(3, 1);
      write.setInt(4, (int) crc.getValue());
      write.setBytes(5, value);
      write.executeUpdate();
    }
  }

  private static byte[] checked(CellKey key, long version, byte[] value) {
    byte[] space = units(key.space());
    byte[] name = units(key.key());
    return ByteBuffer.allocate(16 + space.length + name.length + value.length)
        .putInt(space.length)
        .put(space)
        .putInt(name.length)
        .put(name)
        .putLong(version)
        .put(value)
        .array();
  }

  void remove(String space) throws SQLException {
    try (Connection database = open();
        PreparedStatement remove = database.prepareStatement("DELETE FROM cell WHERE space = ?")) {
      remove.setBytes(1, units(space));
      remove.executeUpdate();
    }
  }

  /** Changes the envelope of an entry and makes its checksum fit. */
  void change(long room, long number, UnaryOperator<Envelope> change) throws SQLException {
    try (Connection database = open();
        PreparedStatement read =
            database.prepareStatement(
                "SELECT id, kind, author, time, length, hash, about FROM entry"
                    + " WHERE stream = ? AND number = ?");
        PreparedStatement write =
            database.prepareStatement(
                "UPDATE entry SET number = ?, author = ?, time = ?, about = ?, checksum = ?"
                    + " WHERE stream = ? AND number = ?")) {
      read.setLong(1, room);
      read.setLong(2, number);
      Envelope after;
      try (ResultSet row = read.executeQuery()) {
        row.next();
        ByteBuffer id = ByteBuffer.wrap(row.getBytes(1));
        after =
            change.apply(
                new Envelope(
                    room,
                    number,
                    new UUID(id.getLong(), id.getLong()),
                    row.getInt(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getInt(5),
                    row.getLong(6),
                    row.getLong(7)));
      }
      write.setLong(1, after.number());
      write.setLong(2, after.author());
      write.setLong(3, after.time());
      write.setLong(4, after.about());
      write.setInt(5, after.checksum());
      write.setLong(6, room);
      write.setLong(7, number);
      write.executeUpdate();
    }
  }
}
