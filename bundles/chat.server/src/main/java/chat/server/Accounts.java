package chat.server;

import chat.protocol.Person;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody who has an account, as the store has it. May be used from any thread. */
final class Accounts {
  private final ConcurrentMap<Long, Account> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Account> byName = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  void load(ChatStore store) throws StorageException {
    String after = "";
    for (List<Cell> page = page(store, after); !page.isEmpty(); page = page(store, after)) {
      for (Cell cell : page) {
        add(read(cell));
        after = cell.key().key();
      }
    }
  }

  private static List<Cell> page(ChatStore store, String after) throws StorageException {
    return store.cells(Cells.ACCOUNT, after, ChatStore.MAX_ROWS);
  }

  private static Account read(Cell cell) throws StorageException.Damaged {
    try {
      return Account.of(cell.value());
    } catch (IOException e) {
      throw new StorageException.Damaged("account " + cell.key().key() + " can't be read", e);
    }
  }

  void add(Account account) {
    byId.put(account.id(), account);
    byName.put(Names.fold(account.name()), account);
    lastId.accumulateAndGet(account.id(), Math::max);
  }

  /** An id that was never given to anybody. */
  long nextId() {
    return lastId.incrementAndGet();
  }

  Optional<Account> get(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Account> named(String folded) {
    return Optional.ofNullable(byName.get(folded));
  }

  /** Who an account is; an account that is not known has no name. */
  Person person(long id) {
    Account account = byId.get(id);
    return account == null ? new Person(id, "") : account.person();
  }

  int size() {
    return byId.size();
  }
}
