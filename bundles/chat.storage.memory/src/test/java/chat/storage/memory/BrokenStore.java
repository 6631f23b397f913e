// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Retired;
import chat.storage.StreamState;
import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores that break one promise each. They carry the contract's tests like any store's test class,
 * but only {@link BrokenStoresTest} runs them, and wants each to fail.
 */
abstract class BrokenStore implements ChatStoreContract {

  /** The data of a broken store, with what the store needs to break its promise. */
  static class Data extends MemoryFixture {
    final TestClock clock;
    private final BrokenStore store;
    DiskImage beforeLastCommit = new DiskImage(disk);

    Data(BrokenStore store, TestClock clock) {
      super(clock);
      this.clock = clock;
      this.store = store;
    }

    @Override
    public ChatStore open() {
      return store.broken(super.open(), this);
    }

    @Override
    public void crash() {
      store.crash(this);
    }
  }

  abstract ChatStore broken(ChatStore good, Data data);

  void crash(Data data) {}

  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new Data(this, clock);
  }

  static final class AcknowledgesBeforeItIsDurable extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          data.beforeLastCommit = new DiskImage(data.disk);
          return good.commit(generation, changes);
        }
      };
    }

    @Override
    void crash(Data data) {
      data.beforeLastCommit.putBack(data.disk);
    }
  }

  static final class ForgetsIdsWhenReopened extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      data.disk.places.clear();
      return good;
    }
  }

  static final class GivesANumberTwice extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          return good.commit(generation, changes).stream().map(outcome -> twice(outcome)).toList();
        }

        private Outcome twice(Outcome outcome) {
          return outcome instanceof Committed(long number, long time) && number == 7
              ? new Committed(6, time)
              : outcome;
        }
      };
    }
  }

  static final class FreezesTheTimeOfAWrongClock extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        private long latest;

        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          return good.commit(generation, changes).stream().map(this::frozen).toList();
        }

        private Outcome frozen(Outcome outcome) {
          if (!(outcome instanceof Committed(long number, long time)) || number == 0) {
            return outcome;
          }
          latest = Math.max(latest, time);
          return new Committed(number, latest);
        }
      };
    }
  }

  static final class LeavesAGapAfterARefusal extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          List<Outcome> outcomes = new ArrayList<>();
          for (Change change : changes) {
            Outcome outcome = good.commit(generation, List.of(change)).getFirst();
            outcomes.add(outcome);
            if (outcome instanceof Refused && change.entry() != null) {
              MemoryDisk.Stream stream = data.disk.streams.get(change.entry().stream());
              if (stream != null) {
                stream.rows.add(null);
              }
            }
          }
          return outcomes;
        }
      };
    }
  }

  static final class LosesTheLastOfABatch extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          if (changes.size() < 3) {
            return good.commit(generation, changes);
          }
          List<Outcome> outcomes =
              new ArrayList<>(good.commit(generation, changes.subList(0, changes.size() - 1)));
          boolean entry = changes.getLast().entry() != null;
          long number = entry ? good.stream(changes.getLast().entry().stream()).head() + 1 : 0;
          outcomes.add(new Committed(number, data.clock.millis()));
          return outcomes;
        }
      };
    }
  }

  static final class TurnsHistoryRound extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> before(long stream, long number, int limit) throws StorageException {
          return good.before(stream, number, limit).reversed();
        }
      };
    }
  }

  static final class FailsTheNeighboursOfARefusal extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          DiskImage before = new DiskImage(data.disk);
          List<Outcome> outcomes = good.commit(generation, changes);
          if (outcomes.stream().noneMatch(Refused.class::isInstance)) {
            return outcomes;
          }
          before.putBack(data.disk);
          Outcome refused = new Refused(Reason.CONDITION, 0);
          return changes.stream().map(change -> refused).toList();
        }
      };
    }
  }

  static final class WritesAfterItWasRetired extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          if (data.disk.state != null && data.disk.state.mode() instanceof Retired) {
            return changes.stream().map(new Batch(data.disk, data.clock.millis())::apply).toList();
          }
          return good.commit(generation, changes);
        }
      };
    }
  }

  static final class WritesAfterAnotherTookOver extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        private long activated;

        @Override
        public void activate(UUID id, long generation) throws StorageException {
          good.activate(id, generation);
          activated = generation;
        }

        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          try {
            return good.commit(generation, changes);
          } catch (Fenced e) {
            if (generation != activated || data.disk.state.mode() instanceof Retired) {
              throw e;
            }
            return changes.stream().map(new Batch(data.disk, data.clock.millis())::apply).toList();
          }
        }
      };
    }
  }

  static final class ShowsAFlippedBitAsGood extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> after(long stream, long number, int limit) throws StorageException {
          return good.after(stream, number, limit).stream().map(row -> believed(row)).toList();
        }

        private Row believed(Row row) {
          MemoryDisk.KeptEntry kept =
              row instanceof Row.Damaged(long stream, long number, String what)
                  ? data.disk.row(new MemoryDisk.Place(stream, number))
                  : null;
          return kept == null ? row : new Row.Entry(kept.envelope(), kept.body(), kept.tokens());
        }
      };
    }
  }

  static final class LeavesOutWhatIsMissing extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> after(long stream, long number, int limit) throws StorageException {
          return good.after(stream, number, limit).stream()
              .filter(Row.Entry.class::isInstance)
              .toList();
        }
      };
    }
  }

  static final class KeepsErasedBodies extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          return good.commit(
              generation,
              changes.stream()
                  .map(change ->
                      new Change(
                          change.conditions(),
                          change.entry(),
                          change.cells(),
                          change.blobs(),
                          List.of(),
                          change.drops()))
                  .toList());
        }
      };
    }
  }

  static final class CountsCellVersionsFromZero extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public Optional<Cell> cell(CellKey key) throws StorageException {
          return good.cell(key).map(cell -> new Cell(cell.key(), cell.version() - 1, cell.value()));
        }
      };
    }
  }

  static final class KeepsNoDigest extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public StreamState stream(long stream) throws StorageException {
          StreamState state = good.stream(stream);
          return new StreamState(state.first(), state.head(), StreamState.EMPTY.digest());
        }
      };
    }
  }

  static final class RenumbersWhatItRestores extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public void restore(Part part) throws StorageException {
          good.restore(part);
          for (Row.Entry entry : part.entries()) {
            MemoryDisk.Stream stream = data.disk.streams.get(entry.envelope().stream());
            stream.time = data.clock.millis();
            stream.digest = stream.digest.with(entry.envelope());
          }
        }
      };
    }
  }

  static final class ListsNoStagedBlobs extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<BlobState> blobs(UUID after, int limit) throws StorageException {
          return good.blobs(after, limit).stream().filter(BlobState::committed).toList();
        }
      };
    }
  }

  static final class CountsRestoredCellsAnew extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public void restore(Part part) throws StorageException {
          List<Cell> cells =
              part.cells().stream().map(cell -> new Cell(cell.key(), 1, cell.value())).toList();
          good.restore(
              new Part(
                  part.entries(),
                  part.erasures(),
                  cells,
                  part.removals(),
                  part.drops(),
                  part.blobs()));
        }
      };
    }
  }

  static final class GivesAnUnfinishedCopyAsTheTruth extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          if (data.disk.state != null && data.disk.state.mode() instanceof Copying) {
            return changes.stream().map(new Batch(data.disk, data.clock.millis())::apply).toList();
          }
          return good.commit(generation, changes);
        }
      };
    }
  }

  /** Another change for each one that is committed. */
  private abstract static class Twisting extends ForwardingStore {
    Twisting(ChatStore good) {
      super(good);
    }

    @Nullable NewEntry twisted(NewEntry entry) throws StorageException {
      return entry;
    }

    List<UUID> twisted(List<UUID> drops) {
      return drops;
    }

    @Override
    public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
      List<Change> others = new ArrayList<>();
      for (Change change : changes) {
        NewEntry entry = change.entry();
        others.add(
            new Change(
                change.conditions(),
                entry == null ? null : twisted(entry),
                change.cells(),
                change.blobs(),
                change.erasures(),
                twisted(change.drops())));
      }
      return good.commit(generation, others);
    }

    static NewEntry with(NewEntry entry, long about, List<Long> tokens) {
      return new NewEntry(
          entry.stream(),
          entry.id(),
          entry.kind(),
          entry.author(),
          entry.length(),
          entry.hash(),
          entry.body(),
          about,
          tokens);
    }
  }

  static final class ForgetsWhatEntriesAreAbout extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new Twisting(good) {
        @Override
        NewEntry twisted(NewEntry entry) {
          return with(entry, 0, entry.tokens());
        }
      };
    }
  }

  static final class TakesAnotherAboutForARepeat extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new Twisting(good) {
        @Override
        NewEntry twisted(NewEntry entry) throws StorageException {
          return good.find(entry.author(), entry.id()).orElse(null)
                  instanceof Row.Entry(Envelope known, _, _)
              ? with(entry, known.about(), entry.tokens())
              : entry;
        }
      };
    }
  }

  static final class ThrowsAtAnEntryAboutNothing extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new Twisting(good) {
        @Override
        NewEntry twisted(NewEntry entry) throws StorageException {
          if (entry.about() > good.stream(entry.stream()).head() + 200) {
            throw new IllegalArgumentException("about " + entry.about());
          }
          return entry;
        }
      };
    }
  }

  static final class SortsByWhatEntriesAreAbout extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> about(long stream, long first, long last, long after, int limit)
            throws StorageException {
          return good.about(stream, first, last, after, limit).stream()
              .sorted(Comparator.comparingLong(row -> ((Row.Entry) row).envelope().about()))
              .toList();
        }
      };
    }
  }

  static final class FindsWhatCarriesAnyToken extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
            throws StorageException {
          Map<Long, Row> rows = new TreeMap<>(Comparator.reverseOrder());
          good.search(stream, tokens, before, limit).forEach(row -> rows.put(row.number(), row));
          for (long token : tokens) {
            good.search(stream, List.of(token), before, limit)
                .forEach(row -> rows.put(row.number(), row));
          }
          return rows.values().stream().limit(limit).toList();
        }
      };
    }
  }

  static final class SearchesTheOldestFirst extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
            throws StorageException {
          return good.search(stream, tokens, before, limit).reversed();
        }
      };
    }
  }

  static final class ComparesHalfATokenOnly extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new Twisting(good) {
        @Override
        NewEntry twisted(NewEntry entry) {
          return with(entry, entry.about(), halves(entry.tokens()));
        }

        private static List<Long> halves(Collection<Long> tokens) {
          return tokens.stream().map(token -> token & 0xffff_ffffL).distinct().toList();
        }

        @Override
        public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
            throws StorageException {
          return good.search(stream, halves(tokens), before, limit);
        }
      };
    }
  }

  static final class KeepsErasedTokens extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        private final Map<Long, Set<Long>> tokens = new HashMap<>();

        @Override
        public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
          List<Outcome> outcomes = good.commit(generation, changes);
          for (int i = 0; i < changes.size(); i++) {
            NewEntry entry = changes.get(i).entry();
            if (entry != null && outcomes.get(i) instanceof Committed(long number, _)) {
              tokens.computeIfAbsent(number, any -> new HashSet<>()).addAll(entry.tokens());
            }
          }
          return outcomes;
        }

        @Override
        public List<Row> search(long stream, Collection<Long> searched, long before, int limit)
            throws StorageException {
          return good.before(stream, before, limit).stream()
              .filter(row -> tokens.getOrDefault(row.number(), Set.of()).containsAll(searched))
              .toList();
        }
      };
    }
  }

  static final class ShowsAFlippedTokenAsGood extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      data.disk.streams.values().stream()
          .flatMap(stream -> stream.rows.stream())
          .filter(row -> row != null && !row.tokens().isEmpty())
          .forEach(row -> believe(data.disk.streams.get(row.envelope().stream()), row));
      return good;
    }

    private static void believe(MemoryDisk.Stream stream, MemoryDisk.KeptEntry row) {
      stream.rows.set(
          (int) row.envelope().number() - 1,
          MemoryDisk.KeptEntry.of(row.envelope(), row.body(), row.tokens()));
    }
  }

  static final class LeavesTheTokensOutOfACopy extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public void restore(Part part) throws StorageException {
          good.restore(
              new Part(
                  part.entries().stream()
                      .map(entry -> new Row.Entry(entry.envelope(), entry.body(), List.of()))
                      .toList(),
                  part.erasures(),
                  part.cells(),
                  part.removals(),
                  part.drops(),
                  part.blobs()));
        }
      };
    }
  }

  static final class CountsWhatIsErased extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
            throws StorageException {
          good.count(stream, kinds, notBy, after, limit);
          return (int)
              good.after(stream, after, MAX_ROWS).stream()
                  .map(row -> ((Row.Entry) row).envelope())
                  .filter(envelope -> kinds.contains(envelope.kind()))
                  .filter(envelope -> envelope.author() != notBy)
                  .limit(limit)
                  .count();
        }
      };
    }
  }

  static final class CountsPastTheLimit extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new ForwardingStore(good) {
        @Override
        public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
            throws StorageException {
          return good.count(stream, kinds, notBy, after, Math.max(limit, limit + 1));
        }
      };
    }
  }

  static final class KeepsDroppedBlobs extends BrokenStore {
    @Override
    ChatStore broken(ChatStore good, Data data) {
      return new Twisting(good) {
        @Override
        List<UUID> twisted(List<UUID> drops) {
          return List.of();
        }
      };
    }
  }
}
