// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.store.ChangeCapture;
import chat.server.store.Paged;
import chat.server.store.StoreCall;
import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import chat.storage.ChatStore;
import chat.storage.Digest;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unusable;
import chat.storage.StreamState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a copy level with a store that goes on changing.
 *
 * <p>{@link #everything} goes through all there is and copies what the copy lacks: what it has of a
 * stream must be the beginning of that stream (its rolling digest says so), cells and blobs are
 * compared one by one. So an interrupted copy goes on where it was, and on the way back only what
 * is new travels. {@link #follow} copies what was touched since, again and again until little is
 * left; the last time nobody writes, and {@link #compare} then proves heads and digests equal.
 *
 * <p>Used by one thread.
 */
final class StoreReplicator {
  private static final CellKey FIRST_CELL = new CellKey("", "");
  private static final UUID FIRST_BLOB = new UUID(0, 0);
  private static final int PART_ROWS = 1_000;
  private static final long PART_BYTES = 1 << 20;

  /** A piece at the end of a growing blob may have been cut back and written anew. */
  private static final long REWRITTEN = 1 << 18;

  /** From where rows are read. */
  @FunctionalInterface
  interface Source {
    <T> T read(StoreCall<T> call) throws StorageException, InterruptedException;
  }

  /** The operator wants the copy to end. */
  static final class Cancelled extends StorageException {
    Cancelled() {
      super("cancelled");
    }
  }

  private final CopyTarget target;
  private final ChangeCapture tap;
  private final CopyProgress progress;
  private final Map<UUID, Long> staged = new HashMap<>();
  private final Set<Long> unproven = new HashSet<>();
  private final Set<Long> proven = new HashSet<>();

  StoreReplicator(CopyTarget target, ChangeCapture tap, CopyProgress progress) {
    this.target = target;
    this.tap = tap;
    this.progress = progress;
  }

  /** Counts what {@link #everything} will have to copy; changes nothing. */
  void plan(Source source) throws StorageException, InterruptedException {
    long entries = 0;
    Paged<Long, Long> streams = streams(source);
    for (Long stream = streams.next(); stream != null; stream = streams.next()) {
      long number = stream;
      entries += source.read((store, generation) -> store.stream(number)).head();
      entries -= target.stream(number).head();
    }
    long bytes = 0;
    Paged<BlobState, UUID> there = blobsOf(source);
    Paged<BlobState, UUID> here = blobsOfTarget();
    for (BlobState blob = there.next(); blob != null; blob = there.next()) {
      bytes += blob.equals(upTo(here, blob.id())) ? 0 : blob.length();
    }
    progress.plan(Math.max(0, entries), bytes);
  }

  /** Copies all that the copy lacks. */
  void everything(Source source) throws StorageException, InterruptedException {
    progress.phase("copying messages");
    // fault-point: migration-copy
    noStrangeStreams(source);
    Paged<Long, Long> streams = streams(source);
    for (Long stream = streams.next(); stream != null; stream = streams.next()) {
      prove(source, stream);
      tail(source, stream);
      unproven.add(stream);
    }
    progress.phase("copying settings");
    cells(source);
    progress.phase("copying files");
    blobs(source);
    // fault-point: migration-follow
    progress.phase("following what is new");
  }

  /**
   * Copies what was touched since the last time.
   *
   * @return how many things that were
   */
  int follow(Source source) throws StorageException, InterruptedException {
    ChangeCapture.Touched touched = tap.take();
    for (long stream : touched.streams) {
      tail(source, stream);
      unproven.add(stream);
    }
    if (!touched.erasures.isEmpty()) {
      target.restore(Part.ofEntries(List.of(), List.copyOf(touched.erasures)));
    }
    List<Cell> written = new ArrayList<>();
    List<CellKey> removed = new ArrayList<>();
    for (CellKey key : touched.cells) {
      source
          .read((store, generation) -> store.cell(key))
          .ifPresentOrElse(written::add, () -> removed.add(key));
    }
    if (!touched.cells.isEmpty()) {
      target.restore(Part.ofCells(written, removed));
      progress.cells(written.size());
    }
    if (!touched.drops.isEmpty()) {
      target.restore(Part.ofDrops(List.copyOf(touched.drops)));
      staged.keySet().removeAll(touched.drops);
    }
    for (UUID id : touched.blobs) {
      Optional<BlobState> there =
          source.read((store, generation) -> only(id, store.blobs(before(id), 1)));
      Optional<BlobState> here = only(id, target.blobs(before(id), 1));
      if (there.isEmpty()) {
        target.discard(id);
        staged.remove(id);
      } else if (here.isEmpty() || !here.get().committed()) {
        blob(source, there.get());
      }
    }
    checkCancelled();
    return touched.size();
  }

  /**
   * Proves the streams equal that are not proven yet; those that have grown since stay unproven.
   */
  void proveLevel(Source source) throws StorageException, InterruptedException {
    for (long stream : List.copyOf(unproven)) {
      StreamState there = source.read((store, generation) -> store.stream(stream));
      if (there.equals(target.stream(stream))) {
        unproven.remove(stream);
        proven.add(stream);
      }
    }
  }

  /**
   * Proves that the copy is level with the store, which nobody changes meanwhile.
   *
   * @throws StorageException.Damaged if it is not
   */
  void compare(Source source) throws StorageException, InterruptedException {
    proveLevel(source);
    if (!unproven.isEmpty()) {
      throw new Damaged("the copy differs from the store in the streams " + unproven);
    }
  }

  /** How many streams were proved equal. */
  int proven() {
    return proven.size();
  }

  private void checkCancelled() throws Cancelled {
    if (progress.isCancelled()) {
      throw new Cancelled();
    }
  }

  private static Paged<Long, Long> streams(Source source) {
    return new Paged<>(
        (after, limit) -> source.read((store, generation) -> store.streams(after, limit)),
        stream -> stream,
        Long.MIN_VALUE);
  }

  private static Paged<BlobState, UUID> blobsOf(Source source) {
    return new Paged<>(
        (after, limit) -> source.read((store, generation) -> store.blobs(after, limit)),
        BlobState::id,
        FIRST_BLOB);
  }

  private Paged<BlobState, UUID> blobsOfTarget() {
    return new Paged<>(target::blobs, BlobState::id, FIRST_BLOB);
  }

  private static @Nullable BlobState upTo(Paged<BlobState, UUID> blobs, UUID id)
      throws StorageException, InterruptedException {
    String name = id.toString();
    BlobState next = blobs.peek();
    while (next != null && next.id().toString().compareTo(name) < 0) {
      blobs.next();
      next = blobs.peek();
    }
    return next != null && next.id().equals(id) ? next : null;
  }

  private static Optional<BlobState> only(UUID id, List<BlobState> found) {
    return found.stream().filter(blob -> blob.id().equals(id)).findFirst();
  }

  /** The id that stands before this one in the order of their text form. */
  private static UUID before(UUID id) {
    long low = id.getLeastSignificantBits();
    return new UUID(id.getMostSignificantBits() - (low == 0 ? 1 : 0), low - 1);
  }

  private void noStrangeStreams(Source source) throws StorageException, InterruptedException {
    Paged<Long, Long> streams = new Paged<>(target::streams, stream -> stream, Long.MIN_VALUE);
    for (Long stream = streams.next(); stream != null; stream = streams.next()) {
      long number = stream;
      StreamState there = source.read((store, generation) -> store.stream(number));
      if (target.stream(number).head() > there.head()) {
        throw strange(number);
      }
    }
  }

  private static Unusable strange(long stream) {
    return new Unusable(
        "the target holds something else than this store (stream "
            + stream
            + "); choose an empty one");
  }

  /** What the copy has of a stream is its beginning; what was erased meanwhile is erased there. */
  private void prove(Source source, long stream) throws StorageException, InterruptedException {
    StreamState has = target.stream(stream);
    Digest digest = Digest.ZERO;
    long number = 0;
    while (number < has.head()) {
      List<Erasure> erased = new ArrayList<>();
      for (Row.Entry entry : page(source, stream, number, has.head() - number)) {
        digest = digest.with(entry.envelope());
        number = entry.number();
        if (entry.body() == null) {
          erased.add(new Erasure(stream, number));
        }
      }
      if (!erased.isEmpty()) {
        target.restore(Part.ofEntries(List.of(), erased));
      }
    }
    if (!digest.equals(has.digest())) {
      throw strange(stream);
    }
  }

  /** Up to the head of this moment: it may grow as fast as it is copied. */
  private void tail(Source source, long stream) throws StorageException, InterruptedException {
    long head = source.read((store, generation) -> store.stream(stream)).head();
    long number = target.stream(stream).head();
    while (number < head) {
      List<Row.Entry> part = part(source, stream, number, head);
      target.restore(Part.ofEntries(part, List.of()));
      progress.entries(part.size());
      number = part.getLast().number();
    }
  }

  private List<Row.Entry> part(Source source, long stream, long after, long last)
      throws StorageException, InterruptedException {
    List<Row.Entry> part = new ArrayList<>();
    long number = after;
    long bytes = 0;
    while (number < last && part.size() < PART_ROWS && bytes < PART_BYTES) {
      List<Row.Entry> page = page(source, stream, number, last - number);
      for (Row.Entry entry : page) {
        byte[] body = entry.body();
        bytes += body == null ? 0 : body.length + (long) Long.BYTES * entry.tokens().size();
      }
      part.addAll(page);
      number = page.getLast().number();
    }
    return part;
  }

  private List<Row.Entry> page(Source source, long stream, long after, long most)
      throws StorageException, InterruptedException {
    checkCancelled();
    int limit = (int) Math.min(ChatStore.MAX_ROWS, most);
    List<Row> rows = source.read((store, generation) -> store.after(stream, after, limit));
    if (rows.isEmpty()) {
      throw new Damaged("stream " + stream + " ends before its head; restore a backup");
    }
    List<Row.Entry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      switch (row) {
        case Row.Entry entry -> entries.add(entry);
        case Row.Damaged(long where, long number, String what) ->
            throw new Damaged(
                "entry %d of stream %d is damaged (%s); restore a backup"
                    .formatted(number, where, what));
      }
    }
    return entries;
  }

  private void cells(Source source) throws StorageException, InterruptedException {
    Paged<Cell, CellKey> there =
        new Paged<>(
            (after, limit) -> source.read((store, generation) -> store.cells(after, limit)),
            Cell::key,
            FIRST_CELL);
    Paged<Cell, CellKey> here = new Paged<>(target::cells, Cell::key, FIRST_CELL);
    List<Cell> different = new ArrayList<>();
    List<CellKey> gone = new ArrayList<>();
    while (there.peek() != null || here.peek() != null) {
      int order = compare(there.peek(), here.peek());
      Cell wanted = order <= 0 ? there.next() : null;
      Cell has = order >= 0 ? here.next() : null;
      if (wanted == null && has != null) {
        gone.add(has.key());
      } else if (wanted != null && !same(wanted, has)) {
        different.add(wanted);
      }
      if (different.size() + gone.size() >= PART_ROWS) {
        take(different, gone);
      }
      checkCancelled();
    }
    take(different, gone);
  }

  private void take(List<Cell> different, List<CellKey> gone) throws StorageException {
    if (!different.isEmpty() || !gone.isEmpty()) {
      target.restore(Part.ofCells(different, gone));
      progress.cells(different.size());
      different.clear();
      gone.clear();
    }
  }

  /** Which of two comes first; the end comes last. */
  private static int compare(@Nullable Cell a, @Nullable Cell b) {
    if (a == null || b == null) {
      return a == null ? 1 : -1;
    }
    int spaces = a.key().space().compareTo(b.key().space());
    return spaces != 0 ? spaces : a.key().key().compareTo(b.key().key());
  }

  private static boolean same(Cell a, @Nullable Cell b) {
    return b != null && a.version() == b.version() && Arrays.equals(a.value(), b.value());
  }

  /** Files that were dropped meanwhile must not come back with the copy. */
  private void blobs(Source source) throws StorageException, InterruptedException {
    Paged<BlobState, UUID> there = blobsOf(source);
    Paged<BlobState, UUID> here = blobsOfTarget();
    while (there.peek() != null || here.peek() != null) {
      int order = compare(there.peek(), here.peek());
      BlobState wanted = order <= 0 ? there.next() : null;
      BlobState has = order >= 0 ? here.next() : null;
      if (has != null && (wanted == null || (has.committed() && !has.equals(wanted)))) {
        remove(has);
      }
      if (wanted != null && !(wanted.committed() && wanted.equals(has))) {
        blob(source, wanted);
      }
    }
  }

  /** Which of two comes first; the end comes last. */
  private static int compare(@Nullable BlobState a, @Nullable BlobState b) {
    if (a == null || b == null) {
      return a == null ? 1 : -1;
    }
    return a.id().toString().compareTo(b.id().toString());
  }

  private void remove(BlobState blob) throws StorageException {
    if (blob.committed()) {
      target.restore(Part.ofDrops(List.of(blob.id())));
    } else {
      target.discard(blob.id());
    }
  }

  private void blob(Source source, BlobState blob) throws StorageException, InterruptedException {
    long done = staged.getOrDefault(blob.id(), 0L);
    long offset = Math.max(0, Math.min(done, blob.length()) - REWRITTEN);
    target.stage(blob.id(), offset, new byte[0]);
    while (offset < blob.length()) {
      checkCancelled();
      long from = offset;
      int length = (int) Math.min(ChatStore.MAX_PIECE, blob.length() - from);
      byte[] piece = source.read((store, generation) -> store.blob(blob.id(), from, length));
      if (piece.length == 0) {
        break; // cut back or dropped since it was listed; it was touched, and comes again
      }
      target.stage(blob.id(), offset, piece);
      offset += piece.length;
      progress.bytes(piece.length);
    }
    if (blob.committed() && offset == blob.length()) {
      target.restore(Part.ofBlobs(List.of(new BlobCommit(blob.id(), blob.length()))));
      staged.remove(blob.id());
    } else {
      staged.put(blob.id(), offset);
    }
  }
}
