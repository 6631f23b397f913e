// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Person;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.text.AccountName;
import chat.server.base.text.Lookalikes;
import chat.server.base.text.NameRule;
import chat.server.room.Room.Versioned;
import chat.server.store.CellLoader;
import chat.storage.Cell;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Everybody who has an account, as the store has it. May be used from any thread. */
public final class Accounts {
  private static final Versioned<ProfileData> FRESH = new Versioned<>(ProfileData.FRESH, 0);

  private final ConcurrentMap<Long, Account> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Account> byName = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Versioned<ProfileData>> selves = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Long> seen = new ConcurrentHashMap<>();
  private final AccountIds ids = new AccountIds();
  private final Lookalikes lookalikes = new Lookalikes(this::skeletons, byId::keySet);
  private volatile Runnable whenOwned = () -> {};

  List<CellLoader> loaders() {
    return List.of(
        ids.loader(),
        new CellLoader(
            CellKind.ACCOUNT,
            (cell, clear) -> add(Account.of(clear)),
            key -> get(Cells.id(key.key())).ifPresent(this::remove)),
        new CellLoader(
            CellKind.PROFILE,
            (cell, clear) -> load(cell, ProfileData.of(clear)),
            leftOut -> load(leftOut, ProfileData.FRESH),
            key -> selves.remove(Cells.id(key.key()))),
        new CellLoader(
            CellKind.SEEN,
            (cell, clear) -> seen.put(Cells.id(cell.key().key()), Cells.number(clear)),
            key -> seen.remove(Cells.id(key.key()))));
  }

  private void load(Cell cell, ProfileData profile) {
    selves.put(Cells.id(cell.key().key()), new Versioned<>(profile, cell.version()));
  }

  public void add(Account account) {
    replace(account);
    ids.given(account.id());
  }

  private void tellIfOwned(Account account) {
    if (account.isOwner()) {
      whenOwned.run();
    }
  }

  /** Tells from now on when somebody becomes an owner, on the journal's thread. */
  public void whenOwned(Runnable listener) {
    whenOwned = listener;
  }

  /** Whether anybody owns the server. */
  public boolean hasOwner() {
    return byId.values().stream().anyMatch(Account::isOwner);
  }

  /** An account is different now. Only on the journal's thread. */
  public void replace(Account changed) {
    renaming(
        changed.id(),
        () -> {
          Account before = byId.put(changed.id(), changed);
          String folded = AccountName.fold(changed.name());
          byName.put(folded, changed);
          if (before != null && !AccountName.fold(before.name()).equals(folded)) {
            byName.remove(AccountName.fold(before.name()));
          }
        });
    tellIfOwned(changed);
  }

  /** An account is no more. */
  public void remove(Account account) {
    renaming(
        account.id(),
        () -> {
          byId.remove(account.id());
          byName.remove(AccountName.fold(account.name()));
          selves.remove(account.id());
          seen.remove(account.id());
        });
  }

  /** Changes what an account is called, and what it looks like with it. */
  private void renaming(long id, Runnable change) {
    if (!lookalikes.isKept()) {
      change.run();
      lookalikes.added(id); // they may be looked up since just now
      return;
    }
    Set<String> before = skeletons(id);
    change.run();
    lookalikes.added(id);
    before.removeAll(skeletons(id));
    lookalikes.removed(before, id);
  }

  public Lookalikes lookalikes() {
    return lookalikes;
  }

  /** What an account looks like by all that it is called. */
  private Set<String> skeletons(long id) {
    Set<String> skeletons = new HashSet<>();
    get(id)
        .ifPresent(account -> {
          skeletons.addAll(NameRule.skeletons(account.name()));
          skeletons.addAll(profile(id).value().skeletons());
        });
    return skeletons;
  }

  /** Which ids were given to accounts. */
  public AccountIds ids() {
    return ids;
  }

  /** Everybody who has an account. */
  public Collection<Account> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /**
   * The first accounts in the order of their folded names, without sorting all.
   *
   * @param words what the folded names hold
   * @param after the folded name behind which they begin
   */
  public List<Account> first(String words, String after, int count) {
    PriorityQueue<Map.Entry<String, Account>> first =
        new PriorityQueue<>(Map.Entry.<String, Account>comparingByKey().reversed());
    for (Map.Entry<String, Account> each : byName.entrySet()) {
      String name = each.getKey();
      if (name.compareTo(after) > 0
          && (first.size() < count || name.compareTo(first.element().getKey()) < 0)
          && name.contains(words)) {
        first.add(Map.entry(name, each.getValue()));
        if (first.size() > count) {
          first.remove();
        }
      }
    }
    return first.stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
  }

  public Optional<Account> get(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Optional<Account> named(String folded) {
    return Optional.ofNullable(byName.get(folded));
  }

  /** What somebody says of themselves, with the version of its cell. */
  public Versioned<ProfileData> profile(long id) {
    return selves.getOrDefault(id, FRESH);
  }

  public void profile(long id, Versioned<ProfileData> self) {
    renaming(id, () -> selves.put(id, self));
  }

  /** When somebody was here last, in UTC milliseconds; 0 if that is not known. */
  public long seen(long id) {
    return seen.getOrDefault(id, 0L);
  }

  public void seen(long id, long time) {
    seen.put(id, time);
  }

  /** Who an account is; an account that is not known has no name. */
  public Person person(long id) {
    Account account = byId.get(id);
    if (account == null) {
      return new Person(id, "");
    }
    ProfileData profile = profile(id).value();
    return new Person(id, account.name(), profile.display(), profile.picture());
  }

  public int size() {
    return byId.size();
  }
}
