// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Person;
import chat.server.Room.Known;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody who has an account, as the store has it. May be used from any thread. */
final class Accounts {
  private static final Known<Self> FRESH = new Known<>(Self.FRESH, 0);

  private final ConcurrentMap<Long, Account> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Account> byName = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Known<Self>> selves = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Long> seen = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  void load(ChatStore store, Seals seals) throws StorageException, SealException {
    Pages.each(store, Cells.ACCOUNT, cell -> add(Account.of(cell.value())));
    Pages.each(
        store,
        Cells.PROFILE,
        cell -> {
          Self self = Self.of(seals.openCell(cell.key(), cell.value()));
          selves.put(Cells.id(cell.key().key()), new Known<>(self, cell.version()));
        });
    Pages.each(
        store,
        Cells.SEEN,
        cell -> seen.put(Cells.id(cell.key().key()), Cells.number(cell.value())));
  }

  void add(Account account) {
    byId.put(account.id(), account);
    byName.put(Names.fold(account.name()), account);
    lastId.accumulateAndGet(account.id(), Math::max);
  }

  /** An account is no more. */
  void remove(Account account) {
    byId.remove(account.id());
    byName.remove(Names.fold(account.name()));
    selves.remove(account.id());
    seen.remove(account.id());
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

  /** What somebody says of themselves, with the version of its cell. */
  Known<Self> self(long id) {
    return selves.getOrDefault(id, FRESH);
  }

  void self(long id, Known<Self> self) {
    selves.put(id, self);
  }

  /** When somebody was here last, in UTC milliseconds; 0 if that is not known. */
  long seen(long id) {
    return seen.getOrDefault(id, 0L);
  }

  void seen(long id, long time) {
    seen.put(id, time);
  }

  /** Who an account is; an account that is not known has no name. */
  Person person(long id) {
    Account account = byId.get(id);
    if (account == null) {
      return new Person(id, "");
    }
    Self self = self(id).value();
    return new Person(id, account.name(), self.display(), self.picture());
  }

  int size() {
    return byId.size();
  }
}
