// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import chat.storage.Envelope;
import chat.storage.StorageException.Uncertain;
import chat.storage.plain.Index.Kept;
import chat.storage.plain.LogRecord.Append;
import chat.storage.plain.LogRecord.Drop;
import chat.storage.plain.LogRecord.End;
import chat.storage.plain.LogRecord.Keep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records that become durable together. The index has them at once, so that what follows in the
 * batch sees them; if writing fails, that index has to be thrown away.
 */
final class Batch {
  final Index index;
  private final Blobs blobs;
  private final List<LogRecord> records = new ArrayList<>();
  private final Set<Long> grown = new LinkedHashSet<>();
  private final Set<Envelope> erased = new HashSet<>();
  private final Set<UUID> dropped = new HashSet<>();
  private long at;

  Batch(Index index, Blobs blobs) {
    this.index = index;
    this.blobs = blobs;
    at = index.end;
  }

  void add(LogRecord record) {
    byte[] frame = Frame.of(record);
    index.apply(record, Frame.place(at, frame), true);
    at += frame.length;
    records.add(record);
  }

  void append(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {
    grown.add(envelope.stream());
    add(new Append(envelope, body, tokens));
  }

  /** Whether a blob is there in just this length, after these have been dropped. */
  boolean isWhole(BlobCommit commit, List<UUID> drops) throws IOException {
    Long committed = index.blobs.get(commit.blob().toString());
    return committed == null
        ? !dropped.contains(commit.blob())
            && blobs.exists(commit.blob())
            && blobs.length(commit.blob()) == commit.length()
        : !drops.contains(commit.blob()) && committed == commit.length();
  }

  /** The file goes when the record that says so is on disk. */
  void drop(UUID blob) throws IOException {
    if (index.blobs.containsKey(blob.toString())) {
      blobs.mark(blob);
      add(new Drop(blob));
      dropped.add(blob);
    }
  }

  void keep(BlobCommit commit) throws IOException {
    if (!index.blobs.containsKey(commit.blob().toString())) {
      blobs.sync(commit.blob());
      add(new Keep(commit.blob(), commit.length()));
    }
  }

  /** The entry may be in the log or in this very batch. */
  void erase(Erasure erasure) {
    Kept kept = index.entry(erasure.stream(), erasure.number());
    if (kept != null) {
      Envelope envelope = kept.envelope();
      erased.add(envelope);
      records.replaceAll(record ->
          record instanceof Append(Envelope known, _, _) && known.equals(envelope)
              ? new Append(envelope, null, List.of())
              : record);
    }
  }

  void write(Log log) throws IOException, Uncertain {
    if (records.isEmpty() && erased.isEmpty()) {
      return;
    }
    add(new End(grown.stream().map(index::streamEnd).toList()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    records.forEach(record -> bytes.writeBytes(Frame.of(record)));
    if (index.end == 0 || !erased.isEmpty()) {
      log.replace(index.end, erased, bytes.toByteArray());
    } else {
      log.append(index.end, bytes.toByteArray());
      index.end = at;
    }
    blobs.removeMarked(index.blobs::containsKey);
  }
}
