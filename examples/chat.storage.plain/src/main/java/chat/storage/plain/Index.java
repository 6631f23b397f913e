// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.StorageException.Damaged;
import chat.storage.StoreState;
import chat.storage.plain.LogRecord.Append;
import chat.storage.plain.LogRecord.Drop;
import chat.storage.plain.LogRecord.End;
import chat.storage.plain.LogRecord.Identity;
import chat.storage.plain.LogRecord.Keep;
import chat.storage.plain.LogRecord.Put;
import chat.storage.plain.LogRecord.Remove;
import chat.storage.plain.LogRecord.StreamEnd;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the log says, in memory: all but the bodies, of which it knows where they stand. */
final class Index {
  @Nullable StoreState state;
  final TreeMap<Long, Stream> streams = new TreeMap<>();
  final Map<EntryId, Kept> entries = new HashMap<>();
  final TreeMap<CellKey, KeptCell> cells =
      new TreeMap<>(Comparator.comparing(CellKey::space).thenComparing(CellKey::key));
  final TreeMap<String, Long> blobs = new TreeMap<>();

  /** Where the last complete batch ends in the log. */
  long end;

  /** What makes an entry unique. */
  record EntryId(long author, UUID id) {}

  /** The bytes of a record in the log, behind the frame's length and checksum. */
  record Place(long offset, int length) {}

  /**
   * An entry; whether it is still what was written shows when its place is read.
   *
   * @param erased whether its body is gone
   */
  record Kept(Envelope envelope, List<Long> tokens, boolean erased, Place place) {}

  /** A cell, and whether its bytes fit their checksum. */
  record KeptCell(Cell cell, boolean sound) {

    Cell checked() throws Damaged {
      if (!sound) {
        throw new Damaged("cell " + cell.key() + " is damaged; restore a backup");
      }
      return cell;
    }
  }

  /** The entries of a stream by number, and what it ends with. */
  static final class Stream {
    final Map<Long, Kept> entries = new HashMap<>();
    long head;
    long time = Long.MIN_VALUE;
    Digest digest = Digest.ZERO;
  }

  void apply(LogRecord record, Place place, boolean sound) {
    switch (record) {
      case Identity(StoreState next) -> state = next;
      case Append(Envelope envelope, byte[] body, List<Long> tokens) ->
          append(new Kept(envelope, tokens, body == null, place));
      case Put(Cell cell) -> cells.put(cell.key(), new KeptCell(cell, sound));
      case Remove(CellKey key) -> cells.remove(key);
      case Keep(UUID blob, long length) -> blobs.put(blob.toString(), length);
      case Drop(UUID blob) -> blobs.remove(blob.toString());
      case End(List<StreamEnd> ends) -> ends.forEach(this::end);
    }
  }

  private void append(Kept kept) {
    Envelope envelope = kept.envelope();
    Stream stream = stream(envelope.stream());
    stream.entries.put(envelope.number(), kept);
    stream.head = envelope.number();
    stream.time = envelope.time();
    stream.digest = stream.digest.with(envelope);
    entries.put(new EntryId(envelope.author(), envelope.id()), kept);
  }

  private void end(StreamEnd end) {
    Stream stream = stream(end.stream());
    stream.head = end.head();
    stream.time = end.time();
    stream.digest = end.digest();
  }

  private Stream stream(long number) {
    return streams.computeIfAbsent(number, fresh -> new Stream());
  }

  StreamEnd streamEnd(long number) {
    Stream stream = streams.getOrDefault(number, new Stream());
    return new StreamEnd(number, stream.head, stream.time, stream.digest);
  }

  @Nullable Kept entry(long stream, long number) {
    Stream found = streams.get(stream);
    return found == null ? null : found.entries.get(number);
  }

  /** The version of a cell; 0 if it is not there. */
  long version(CellKey key) throws Damaged {
    KeptCell kept = cells.get(key);
    return kept == null ? 0 : kept.checked().version();
  }
}
