// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.BlobState;
import chat.storage.StorageException.Damaged;
import chat.storage.support.KeyCodec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that vouch for committed blobs. */
record BlobRows(Link link) {

  /** The length of a committed blob; null if it is not committed. */
  @Nullable Long length(UUID blob) throws SQLException, Damaged {
    record Kept(long length, int checksum) {}
    Kept kept =
        link.first(
            "SELECT length, checksum FROM blob WHERE id = ?",
            row -> new Kept(row.getLong(1), row.getInt(2)),
            blob);
    if (kept == null) {
      return null;
    }
    if (kept.checksum() != checksum(blob, kept.length())) {
      throw new Damaged("the row of blob " + blob + " is damaged; restore a backup");
    }
    return kept.length();
  }

  /** The committed blobs with ids behind this one, in the order of their bytes. */
  List<BlobState> behind(UUID after, int limit) throws SQLException, Damaged {
    List<UUID> ids = new ArrayList<>();
    link.each(
        "SELECT id FROM blob WHERE id > ? ORDER BY id LIMIT ?",
        row -> ids.add(Codec.id(row.getBytes(1))),
        after,
        limit);
    List<BlobState> blobs = new ArrayList<>();
    for (UUID id : ids) {
      Long length = length(id);
      if (length != null) {
        blobs.add(new BlobState(id, length, true));
      }
    }
    return blobs;
  }

  /** Whether there is a row, even a damaged one. */
  boolean has(UUID blob) throws SQLException {
    return link.first("SELECT 1 FROM blob WHERE id = ?", row -> 1, blob) != null;
  }

  void add(UUID blob, long length) throws SQLException {
    link.update("DELETE FROM dropped WHERE id = ?", blob);
    link.update(
        "INSERT INTO blob (id, length, checksum) VALUES (?, ?, ?)",
        blob,
        length,
        checksum(blob, length));
  }

  /** The file goes when the transaction has ended well; until then the row says that it must. */
  void drop(UUID blob) throws SQLException {
    link.update("DELETE FROM blob WHERE id = ?", blob);
    link.update("INSERT OR IGNORE INTO dropped (id) VALUES (?)", blob);
  }

  /** The blobs whose files may still be there although they were dropped. */
  List<UUID> dropped() throws SQLException {
    List<UUID> dropped = new ArrayList<>();
    link.each("SELECT id FROM dropped", row -> dropped.add(Codec.id(row.getBytes(1))));
    return dropped;
  }

  void forgetDropped() throws SQLException {
    link.update("DELETE FROM dropped");
  }

  private static int checksum(UUID blob, long length) {
    return KeyCodec.checksum(blob.getMostSignificantBits(), blob.getLeastSignificantBits(), length);
  }
}
