// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.StorageException.Damaged;
import chat.storage.support.KeyCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads cells on one connection; none is believed whose checksum does not fit. */
record Cells(Link link) {
  private static final String SELECT = "SELECT space, name, version, checksum, value FROM cell ";

  /** A cell as it lies in the table. */
  record Kept(byte[] space, byte[] name, long version, int checksum, byte[] value) {

    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          row.getBytes(1), row.getBytes(2), row.getLong(3), row.getInt(4), row.getBytes(5));
    }

    static Kept of(Cell cell) {
      byte[] space = KeyCodec.units(cell.key().space());
      byte[] name = KeyCodec.units(cell.key().key());
      byte[] value = cell.value();
      int checksum = KeyCodec.checksum(space, name, cell.version(), value);
      return new Kept(space, name, cell.version(), checksum, value);
    }

    CellKey key() {
      return new CellKey(KeyCodec.key(space), KeyCodec.key(name));
    }

    Cell checked() throws Damaged {
      if (checksum != KeyCodec.checksum(space, name, version, value)) {
        throw new Damaged("cell " + key() + " does not fit its checksum; restore a backup");
      }
      return new Cell(key(), version, value);
    }
  }

  Optional<Cell> cell(CellKey key) throws SQLException, Damaged {
    Kept kept =
        link.first(
            SELECT + "WHERE space = ? AND name = ?",
            Kept::of,
            KeyCodec.units(key.space()),
            KeyCodec.units(key.key()));
    return kept == null ? Optional.empty() : Optional.of(kept.checked());
  }

  /** Those of the cells that are there. */
  Map<CellKey, Kept> kept(Collection<CellKey> keys) throws SQLException {
    Map<CellKey, Kept> found = new HashMap<>();
    link.list(
        SELECT + "JOIN unnest(?::bytea[], ?::bytea[]) AS k (space, name) USING (space, name)",
        row -> {
          Kept kept = Kept.of(row);
          return found.put(kept.key(), kept);
        },
        link.bytes(keys.stream().map(key -> KeyCodec.units(key.space())).toList()),
        link.bytes(keys.stream().map(key -> KeyCodec.units(key.key())).toList()));
    return found;
  }

  List<Cell> cells(String space, String after, int limit) throws SQLException, Damaged {
    return checked(
        link.list(
            SELECT + "WHERE space = ? AND name > ? ORDER BY name LIMIT ?",
            Kept::of,
            KeyCodec.units(space),
            KeyCodec.units(after),
            limit));
  }

  List<Cell> cells(CellKey after, int limit) throws SQLException, Damaged {
    return checked(
        link.list(
            SELECT + "WHERE (space, name) > (?, ?) ORDER BY space, name LIMIT ?",
            Kept::of,
            KeyCodec.units(after.space()),
            KeyCodec.units(after.key()),
            limit));
  }

  private static List<Cell> checked(List<Kept> rows) throws Damaged {
    List<Cell> cells = new ArrayList<>();
    for (Kept row : rows) {
      cells.add(row.checked());
    }
    return cells;
  }

  long count(String space) throws SQLException {
    Long count =
        link.first(
            "SELECT count(*) FROM cell WHERE space = ?",
            row -> row.getLong(1),
            KeyCodec.units(space));
    return count == null ? 0 : count;
  }
}
