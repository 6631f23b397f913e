package chat.server;

import chat.protocol.Limits;
import chat.storage.StorageException;
import java.time.InstantSource;

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
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("the server is leaving", e);
    }
  }

  /** Whether new commands that change something are to be refused. */
  boolean unavailable() {
    return journal.stalled().compareTo(timings.noStore()) > 0;
  }
}
