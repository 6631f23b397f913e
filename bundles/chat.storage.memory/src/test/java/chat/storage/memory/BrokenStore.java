package chat.storage.memory;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
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
import chat.storage.tck.StoreFixture;
import chat.storage.tck.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
}
