// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.BlobState;
import chat.storage.Envelope;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Fenced;
import chat.storage.support.KeyCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as rows of {@link #CHUNK} bytes; only the last one is shorter. Whoever changes a blob holds
 * the lock on its row of {@code blob} until the end of the transaction, so that no piece slips into
 * a blob while it becomes immutable.
 */
record Blobs(Link link) {
  static final int CHUNK = 64 << 10;

  private static final String SELECT = "SELECT id, length, committed, checksum FROM blob ";

  /** The row that vouches for a blob, as it lies in the table. */
  record Kept(UUID id, long length, boolean committed, int checksum) {

    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          row.getObject(1, UUID.class), row.getLong(2), row.getBoolean(3), row.getInt(4));
    }

    static Kept of(UUID id, long length, boolean committed) {
      return new Kept(id, length, committed, checksum(id, length, committed));
    }

    private static int checksum(UUID id, long length, boolean committed) {
      return KeyCodec.checksum(
          id.getMostSignificantBits(), id.getLeastSignificantBits(), length, committed ? 1 : 0);
    }

    Kept checked() throws Damaged {
      if (checksum != checksum(id, length, committed)) {
        throw new Damaged("the row of blob " + id + " is damaged; restore a backup");
      }
      return this;
    }
  }

  private record Chunk(long number, int checksum, byte[] bytes) {

    static Chunk of(UUID blob, long number, byte[] bytes) {
      return new Chunk(number, sum(blob, number, bytes), bytes);
    }

    /** Column by column, from this one on. */
    static @Nullable Chunk of(ResultSet row, int column) throws SQLException {
      byte[] bytes = row.getBytes(column + 2);
      return bytes == null ? null : new Chunk(row.getLong(column), row.getInt(column + 1), bytes);
    }

    byte[] checked(UUID blob, long length) throws Damaged {
      if (bytes.length != Math.min(CHUNK, length - number * CHUNK)
          || checksum != sum(blob, number, bytes)) {
        throw new Damaged("chunk " + number + " of blob " + blob + " is damaged; restore a backup");
      }
      return bytes;
    }
  }

  long length(UUID blob) throws SQLException, Damaged {
    Kept kept = link.first(SELECT + "WHERE id = ?", Kept::of, blob);
    return kept == null ? 0 : kept.checked().length();
  }

  List<BlobState> states(UUID after, int limit) throws SQLException, Damaged {
    List<BlobState> states = new ArrayList<>();
    for (Kept kept :
        link.list(SELECT + "WHERE id > ? ORDER BY id LIMIT ?", Kept::of, after, limit)) {
      kept.checked();
      states.add(new BlobState(kept.id(), kept.length(), kept.committed()));
    }
    return states;
  }

  /** Locks those of the blobs that are there. */
  Map<UUID, Kept> lock(Collection<UUID> blobs) throws SQLException {
    Map<UUID, Kept> found = new HashMap<>();
    link.list(
        SELECT + "WHERE id = ANY (?) ORDER BY id FOR UPDATE",
        row -> found.put(row.getObject(1, UUID.class), Kept.of(row)),
        link.ids(blobs));
    return found;
  }

  byte[] read(UUID blob, long offset, int length) throws SQLException, Damaged {
    record Found(Kept kept, @Nullable Chunk chunk) {}
    // One statement, so that a piece that is staged meanwhile is seen whole or not at all.
    List<Found> found =
        link.list(
            "SELECT b.id, b.length, b.committed, b.checksum, c.number, c.checksum, c.bytes"
                + " FROM blob b LEFT JOIN chunk c ON c.blob = b.id AND c.number BETWEEN ? AND ?"
                + " WHERE b.id = ? ORDER BY c.number",
            row -> new Found(Kept.of(row), Chunk.of(row, 5)),
            offset / CHUNK,
            (offset + length - (length > 0 ? 1 : 0)) / CHUNK,
            blob);
    if (found.isEmpty()) {
      return new byte[0];
    }
    long size = found.getFirst().kept().checked().length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long at = offset;
    long end = Math.clamp(size - offset, 0, length) + offset;
    for (Found each : found) {
      Chunk chunk = each.chunk();
      if (at < end && chunk != null && chunk.number() == at / CHUNK) {
        byte[] all = chunk.checked(blob, size);
        int from = (int) (at % CHUNK);
        int count = (int) Math.min(end - at, all.length - from);
        bytes.write(all, from, count);
        at += count;
      }
    }
    if (at < end) {
      throw new Damaged("bytes of blob " + blob + " are gone; restore a backup");
    }
    return bytes.toByteArray();
  }

  long stage(UUID blob, long offset, byte[] piece, long now) throws SQLException, Damaged, Fenced {
    Kept fresh = Kept.of(blob, 0, false);
    Kept kept =
        link.first(
            "INSERT INTO blob AS b (id, length, committed, touched, checksum)"
                + " VALUES (?, 0, false, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET touched = excluded.touched"
                + " RETURNING b.id, b.length, b.committed, b.checksum",
            Kept::of,
            blob,
            now,
            fresh.checksum());
    long length = kept == null ? 0 : kept.checked().length();
    if (kept != null && kept.committed()) {
      throw new Fenced("blob " + blob + " is committed");
    }
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException(
          "offset " + offset + " is not within the staged " + length + " bytes");
    }
    if (offset < length) {
      // What a client was told is cut off must not come back after a crash.
      link.execute("SET LOCAL synchronous_commit = on");
    }
    byte[] head = chunkUpTo(blob, offset, length);
    if (offset < length) {
      link.update("DELETE FROM chunk WHERE blob = ? AND number >= ?", blob, offset / CHUNK);
    }
    put(blob, offset / CHUNK, head, piece);
    Kept after = Kept.of(blob, offset + piece.length, false);
    link.update(
        "UPDATE blob SET length = ?, checksum = ? WHERE id = ?",
        after.length(),
        after.checksum(),
        blob);
    return after.length();
  }

  /** The bytes before an offset that share its chunk. */
  private byte[] chunkUpTo(UUID blob, long offset, long length) throws SQLException, Damaged {
    if (offset % CHUNK == 0) {
      return new byte[0];
    }
    Chunk chunk =
        link.first(
            "SELECT number, checksum, bytes FROM chunk WHERE blob = ? AND number = ?",
            row -> new Chunk(row.getLong(1), row.getInt(2), row.getBytes(3)),
            blob,
            offset / CHUNK);
    if (chunk == null) {
      throw new Damaged("bytes of blob " + blob + " are gone; send it again");
    }
    return Arrays.copyOf(chunk.checked(blob, length), (int) (offset % CHUNK));
  }

  /** Writes the head of a chunk and what follows on it. */
  private void put(UUID blob, long first, byte[] head, byte[] piece) throws SQLException {
    byte[] all = Arrays.copyOf(head, head.length + piece.length);
    System.arraycopy(piece, 0, all, head.length, piece.length);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int from = 0; from < all.length; from += CHUNK) {
      byte[] bytes = Arrays.copyOfRange(all, from, Math.min(from + CHUNK, all.length));
      Chunk chunk = Chunk.of(blob, first + from / CHUNK, bytes);
      rows.add(new Object[] {blob, chunk.number(), chunk.checksum(), chunk.bytes()});
    }
    link.updateEach(
        "INSERT INTO chunk (blob, number, checksum, bytes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (blob, number) DO UPDATE SET checksum = excluded.checksum,"
            + " bytes = excluded.bytes",
        rows);
  }

  void commit(Collection<Kept> committed) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Kept kept : committed) {
      rows.add(new Object[] {kept.checksum(), kept.id()});
    }
    link.updateEach("UPDATE blob SET committed = true, checksum = ? WHERE id = ?", rows);
  }

  /** Removes rows and bytes, whatever they are. */
  void drop(Collection<UUID> dropped) throws SQLException {
    if (!dropped.isEmpty()) {
      link.update("DELETE FROM chunk WHERE blob = ANY (?)", link.ids(dropped));
      link.update("DELETE FROM blob WHERE id = ANY (?)", link.ids(dropped));
    }
  }

  void discard(UUID blob) throws SQLException {
    link.execute("SET LOCAL synchronous_commit = on");
    remove("id = ?", blob);
  }

  /** Removes what nobody has staged to since then. */
  void sweep(long before) throws SQLException {
    remove("touched < ?", before);
  }

  private void remove(String which, Object argument) throws SQLException {
    link.update(
        "WITH gone AS (DELETE FROM blob WHERE NOT committed AND "
            + which
            + " RETURNING id)"
            + " DELETE FROM chunk USING gone WHERE chunk.blob = gone.id",
        argument);
  }

  /** The checksum of a chunk. */
  private static int sum(UUID blob, long number, byte[] bytes) {
    return Envelope.checksum(
        ByteBuffer.allocate(24 + bytes.length)
            .putLong(blob.getMostSignificantBits())
            .putLong(blob.getLeastSignificantBits())
            .putLong(number)
            .put(bytes)
            .array());
  }
}
