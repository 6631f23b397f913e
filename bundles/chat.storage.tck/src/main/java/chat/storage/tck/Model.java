// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.EntryPresent;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Outcome.Repeated;
import chat.storage.StreamTime;
import chat.storage.tck.fixture.Expect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contract once more, as simple as it can be said: what a store must hold after each change.
 */
final class Model {

  record Kept(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {}

  record Value(long version, byte[] bytes) {}

  record Id(long author, UUID id) {}

  final Map<Long, List<Kept>> streams = new HashMap<>();
  final Map<Id, Envelope> ids = new HashMap<>();
  final Map<String, TreeMap<String, Value>> spaces = new HashMap<>();
  final Map<UUID, byte[]> staged = new HashMap<>();
  final Map<UUID, byte[]> committed = new HashMap<>();

  Outcome apply(Change change, long now) {
    NewEntry entry = change.entry();
    if (entry != null) {
      Envelope known = ids.get(new Id(entry.author(), entry.id()));
      if (known != null) {
        boolean same =
            known.stream() == entry.stream()
                && known.kind() == entry.kind()
                && known.hash() == entry.hash()
                && known.about() == entry.about();
        return same ? new Repeated(known.number(), known.time()) : new Refused(Reason.ID_TAKEN, -1);
      }
    }
    for (int i = 0; i < change.conditions().size(); i++) {
      if (!holds(change.conditions().get(i))) {
        return new Refused(Reason.CONDITION, i);
      }
    }
    if (entry != null && (entry.about() < 0 || entry.about() > stream(entry.stream()).size())) {
      return new Refused(Reason.ABOUT_UNKNOWN, -1);
    }
    for (BlobCommit blob : change.blobs()) {
      byte[] kept = change.drops().contains(blob.blob()) ? null : committed.get(blob.blob());
      byte[] bytes = kept == null ? staged.get(blob.blob()) : kept;
      if (bytes == null || bytes.length != blob.length()) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    Committed outcome = entry == null ? new Committed(0, now) : append(entry, now);
    change.cells().forEach(this::write);
    change.drops().forEach(committed::remove);
    for (BlobCommit blob : change.blobs()) {
      byte[] bytes = staged.remove(blob.blob());
      if (bytes != null) {
        committed.put(blob.blob(), bytes);
      }
    }
    change.erasures().forEach(this::erase);
    return outcome;
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case CellVersion(CellKey key, long version) -> version == version(key);
      case CellPresent(CellKey key) -> version(key) > 0;
      case EntryPresent(long stream, long author, UUID id) -> {
        Envelope known = ids.get(new Id(author, id));
        yield known != null && known.stream() == stream;
      }
    };
  }

  private long version(CellKey key) {
    Value value = space(key.space()).get(key.key());
    return value == null ? 0 : value.version();
  }

  TreeMap<String, Value> space(String space) {
    return spaces.computeIfAbsent(space, name -> new TreeMap<>());
  }

  List<Kept> stream(long stream) {
    return streams.computeIfAbsent(stream, number -> new ArrayList<>());
  }

  /** Those that are about one of a range, ascending. */
  List<Kept> about(long stream, long first, long last, long after) {
    return stream(stream).stream()
        .filter(kept -> kept.envelope().about() > 0)
        .filter(kept -> kept.envelope().about() >= first && kept.envelope().about() <= last)
        .filter(kept -> kept.envelope().number() > after)
        .toList();
  }

  /** Those that carry all of these tokens, descending. */
  List<Kept> search(long stream, List<Long> tokens, long before) {
    return stream(stream).reversed().stream()
        .filter(kept -> kept.envelope().number() < before)
        .filter(kept -> kept.tokens().containsAll(tokens))
        .toList();
  }

  long count(long stream, Set<Integer> kinds, long notBy, long after) {
    return stream(stream).stream()
        .filter(kept -> kept.body() != null)
        .filter(kept -> kinds.contains(kept.envelope().kind()))
        .filter(kept -> kept.envelope().author() != notBy)
        .filter(kept -> kept.envelope().number() > after)
        .count();
  }

  private Committed append(NewEntry entry, long now) {
    List<Kept> stream = stream(entry.stream());
    long time = stream.isEmpty() ? now : StreamTime.next(now, stream.getLast().envelope().time());
    Envelope envelope = Expect.envelope(entry, stream.size() + 1, time);
    stream.add(new Kept(envelope, entry.body(), entry.tokens()));
    ids.put(new Id(entry.author(), entry.id()), envelope);
    return new Committed(envelope.number(), time);
  }

  private void write(CellWrite write) {
    TreeMap<String, Value> space = space(write.key().space());
    if (write.value() == null) {
      space.remove(write.key().key());
    } else {
      space.put(write.key().key(), new Value(version(write.key()) + 1, write.value()));
    }
  }

  private void erase(Erasure erasure) {
    List<Kept> stream = stream(erasure.stream());
    if (erasure.number() >= 1 && erasure.number() <= stream.size()) {
      int index = (int) erasure.number() - 1;
      stream.set(index, new Kept(stream.get(index).envelope(), null, List.of()));
    }
  }
}
