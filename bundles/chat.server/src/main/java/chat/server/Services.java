package chat.server;

import chat.protocol.Limits;
import chat.storage.StorageException;
import java.time.InstantSource;
import java.util.UUID;

/** What sessions work with. Everything in here may be used from any thread. */
record Services(
    ServerConfig config,
    Timings timings,
    Limits limits,
    ActiveStore store,
    Journal journal,
    Readers readers,
    Seals seals,
    Accounts accounts,
    Passwords passwords,
    RateLimits rates,
    Rooms rooms,
    Entries entries,
    Presence presence,
    Formats formats,
    InstantSource clock) {

  /** A read of the store; only on a reader's thread. */
  <T> T read(StoreCall<T> call) throws StorageException {
    try {
      return store.read(timings.read(), call);
    } catch (InterruptedException e) {
      throw leaving(e);
    }
  }

  /** A change of what is staged of a blob; only on a reader's thread. */
  <T> T stage(UUID blob, StoreCall<T> call) throws StorageException {
    try {
      return store.stage(timings.read(), blob, call);
    } catch (InterruptedException e) {
      throw leaving(e);
    }
  }

  private static StorageException leaving(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StorageException.Unavailable("the server is leaving", e);
  }

  /** Whether new commands that change something are to be refused. */
  boolean unavailable() {
    return journal.stalled().compareTo(timings.noStore()) > 0;
  }
}
