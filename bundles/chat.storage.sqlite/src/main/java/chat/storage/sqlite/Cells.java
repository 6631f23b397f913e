// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.StorageException.Damaged;
import chat.storage.support.KeyCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes cells on one connection; none is believed whose checksum does not fit. */
record Cells(Link link) {

  /** A cell as it lies in the file. */
  private record Kept(byte[] space, byte[] name, long version, int checksum, byte[] value) {

    static Kept of(ResultSet row) throws SQLException {
      return new Kept(bytes(row, 1), bytes(row, 2), row.getLong(3), row.getInt(4), bytes(row, 5));
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
      byte[] bytes = row.getBytes(column);
      return bytes == null ? new byte[0] : bytes;
    }

    Cell checked() throws Damaged {
      CellKey key = new CellKey(KeyCodec.key(space), KeyCodec.key(name));
      if (checksum != KeyCodec.checksum(space, name, version, value)) {
        throw new Damaged("cell " + key + " does not fit its checksum; restore a backup");
      }
      return new Cell(key, version, value);
    }
  }

  @Nullable Cell cell(CellKey key) throws SQLException, Damaged {
    Kept kept =
        link.first(
            "SELECT space, name, version, checksum, value FROM cell WHERE space = ? AND name = ?",
            Kept::of,
            KeyCodec.units(key.space()),
            KeyCodec.units(key.key()));
    if (kept == null) {
      return null;
    }
    Cell cell = kept.checked();
    if (!cell.key().equals(key)) {
      throw new Damaged("cell " + key + " is another one; restore a backup");
    }
    return cell;
  }

  List<Cell> cells(String space, String after, int limit) throws SQLException, Damaged {
    return checked(
        "WHERE space = ? AND name > ? ORDER BY name LIMIT ?",
        KeyCodec.units(space),
        KeyCodec.units(after),
        limit);
  }

  long count(String space) throws SQLException {
    Long count =
        link.first(
            "SELECT count(*) FROM cell WHERE space = ?",
            row -> row.getLong(1),
            KeyCodec.units(space));
    return count == null ? 0 : count;
  }

  /** The cells of all spaces behind a key, in the order of spaces and keys. */
  List<Cell> behind(CellKey after, int limit) throws SQLException, Damaged {
    return checked(
        "WHERE (space, name) > (?, ?) ORDER BY space, name LIMIT ?",
        KeyCodec.units(after.space()),
        KeyCodec.units(after.key()),
        limit);
  }

  private List<Cell> checked(String where, Object... arguments) throws SQLException, Damaged {
    List<Kept> rows = new ArrayList<>();
    link.each(
        "SELECT space, name, version, checksum, value FROM cell " + where,
        row -> rows.add(Kept.of(row)),
        arguments);
    List<Cell> cells = new ArrayList<>();
    for (Kept row : rows) {
      cells.add(row.checked());
    }
    return cells;
  }

  /** Removing does not look at what is there, so that a damaged cell can be got rid of. */
  void remove(CellKey key) throws SQLException {
    link.update(
        "DELETE FROM cell WHERE space = ? AND name = ?",
        KeyCodec.units(key.space()),
        KeyCodec.units(key.key()));
  }

  /** Replaces whatever is there, the version included. */
  void put(Cell cell) throws SQLException {
    byte[] space = KeyCodec.units(cell.key().space());
    byte[] name = KeyCodec.units(cell.key().key());
    link.update(
        "INSERT OR REPLACE INTO cell (space, name, version, checksum, value)"
            + " VALUES (?, ?, ?, ?, ?)",
        space,
        name,
        cell.version(),
        KeyCodec.checksum(space, name, cell.version(), cell.value()),
        cell.value());
  }
}
