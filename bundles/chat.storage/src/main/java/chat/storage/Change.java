// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of the chat's state: it happens as a whole or not at all.
 *
 * @param conditions all must hold in the committing transaction, else the change is refused
 * @param entry what is appended to a stream, or null for a change of cells alone
 * @param cells written in order
 * @param blobs staged blobs that become immutable with this change
 * @param erasures entries whose bodies and tokens are erased with this change
 * @param drops committed blobs whose bytes are removed with this change, before it commits any: the
 *     id of one is as free as if it had never been used; one that is not committed stays what it is
 */
public record Change(
    List<Condition> conditions,
    @Nullable NewEntry entry,
    List<CellWrite> cells,
    List<BlobCommit> blobs,
    List<Erasure> erasures,
    List<UUID> drops) {

  public Change {
    conditions = List.copyOf(conditions);
    cells = List.copyOf(cells);
    blobs = List.copyOf(blobs);
    erasures = List.copyOf(erasures);
    drops = List.copyOf(drops);
  }

  /** A change that drops no blob. */
  public Change(
      List<Condition> conditions,
      @Nullable NewEntry entry,
      List<CellWrite> cells,
      List<BlobCommit> blobs,
      List<Erasure> erasures) {
    this(conditions, entry, cells, blobs, erasures, List.of());
  }

  /** A change that only appends. */
  public static Change append(NewEntry entry, Condition... conditions) {
    return new Change(List.of(conditions), entry, List.of(), List.of(), List.of());
  }

  /** A change that only writes cells. */
  public static Change write(List<Condition> conditions, CellWrite... cells) {
    return new Change(conditions, null, List.of(cells), List.of(), List.of());
  }

  /** The bytes this change keeps in memory while it waits. */
  public long weight() {
    long weight = 128;
    if (entry != null) {
      weight += entry.body().length + (long) Long.BYTES * entry.tokens().size();
    }
    for (CellWrite cell : cells) {
      weight += 64 + (cell.value() == null ? 0 : cell.value().length);
    }
    return weight;
  }

  /**
   * An entry that has no number yet.
   *
   * @param stream where it goes
   * @param id chosen at random by the author's client; unique together with the author
   * @param kind what it is; the store only compares it
   * @param author the account
   * @param length bytes of the clear body
   * @param hash keyed hash of the clear body, by which a repeat is told from another content
   * @param body the sealed body
   * @param about the number of the entry before it in the same stream that this one is about, or 0
   *     for none; else {@link Outcome.Reason#ABOUT_UNKNOWN}
   * @param tokens by which the entry is found; a store only compares them, and only within a
   *     stream. At most {@link ChatStore#MAX_TOKENS}, none twice, else an {@link
   *     IllegalArgumentException}
   */
  public record NewEntry(
      long stream,
      UUID id,
      int kind,
      long author,
      int length,
      long hash,
      byte[] body,
      long about,
      List<Long> tokens) {
    public NewEntry {
      Objects.requireNonNull(id);
      Objects.requireNonNull(body);
      tokens = List.copyOf(tokens);
      if (tokens.size() > ChatStore.MAX_TOKENS || new HashSet<>(tokens).size() < tokens.size()) {
        throw new IllegalArgumentException(
            "more than " + ChatStore.MAX_TOKENS + " tokens, or one of them twice");
      }
    }

    /** An entry that is about no other and that no search finds. */
    public NewEntry(
        long stream, UUID id, int kind, long author, int length, long hash, byte[] body) {
      this(stream, id, kind, author, length, hash, body, 0, List.of());
    }
  }

  /** Sets a cell, or removes it if the value is null. */
  public record CellWrite(CellKey key, byte @Nullable [] value) {}

  /**
   * Commits a staged blob; one that is committed already, in the same length, stays as it is.
   *
   * @param length must be the length that is staged, else {@link Outcome.Reason#BLOB_INCOMPLETE}
   */
  public record BlobCommit(UUID blob, long length) {}

  /** Erases body and tokens of an entry; erasing an erased or unknown one changes nothing. */
  public record Erasure(long stream, long number) {}

  /** What must hold for a change to happen. */
  public sealed interface Condition {}

  /** The cell has just this version; 0 means that there is no such cell. */
  public record CellVersion(CellKey key, long version) implements Condition {}

  /** The cell is there, in whatever version. */
  public record CellPresent(CellKey key) implements Condition {}

  /** The stream has an entry with this id of this author. */
  public record EntryPresent(long stream, long author, UUID id) implements Condition {}
}
