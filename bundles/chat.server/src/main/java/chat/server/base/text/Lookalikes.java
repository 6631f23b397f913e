// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who has, or shows, a name that looks like another one.
 *
 * <p>The skeletons of everybody are looked up only when somebody wants a name, on a thread of its
 * own: for 100,000 accounts that takes about a second and 13 MB, which no start and no exchange of
 * the server pays, and nobody else waits for. From then on they follow the accounts. What is found
 * is compared with the account again, so it does not matter whether an account changes while the
 * skeletons are looked up.
 *
 * <p><b>Threads.</b> Any that may take its time; the journal's thread tells of changes.
 */
public final class Lookalikes {
  private final LongFunction<Set<String>> skeletonsOf;
  private final Supplier<Collection<Long>> everybody;
  private volatile @Nullable ConcurrentMap<String, Set<Long>> holders;
  private @Nullable CompletableFuture<Void> lookedUp;

  /**
   * @param skeletonsOf those of what an account is called now
   * @param everybody the ids of all accounts
   */
  public Lookalikes(LongFunction<Set<String>> skeletonsOf, Supplier<Collection<Long>> everybody) {
    this.skeletonsOf = skeletonsOf;
    this.everybody = everybody;
  }

  /**
   * Whether somebody other than this account has or shows a name with one of these skeletons. Waits
   * until it is {@link #ready}.
   */
  public boolean isTaken(Set<String> skeletons, long self) {
    ready().join();
    Map<String, Set<Long>> known = Objects.requireNonNull(holders);
    return skeletons.stream()
        .anyMatch(skeleton ->
            known.getOrDefault(skeleton, Set.of()).stream()
                .anyMatch(id -> id != self && skeletonsOf.apply(id).contains(skeleton)));
  }

  /** Is complete when everybody was looked up, which begins with the first call. */
  public synchronized CompletableFuture<Void> ready() {
    CompletableFuture<Void> begun = lookedUp;
    if (begun == null || begun.isCompletedExceptionally()) {
      begun =
          CompletableFuture.runAsync(
              this::lookUp, task -> Thread.ofPlatform().name("chat-names").daemon().start(task));
      lookedUp = begun;
    }
    return begun;
  }

  private void lookUp() {
    // Seen by the journal's thread before the accounts are gone through, so that none is missed.
    holders = new ConcurrentHashMap<>();
    everybody.get().forEach(this::added);
  }

  /** Somebody is there, or is called something else; the account says so already. */
  public void added(long id) {
    ConcurrentMap<String, Set<Long>> known = holders;
    if (known != null) {
      for (String skeleton : skeletonsOf.apply(id)) {
        known.merge(skeleton, Set.of(id), Lookalikes::union);
      }
    }
  }

  /** Nobody is called so any more, or only somebody else is. */
  public void removed(Set<String> skeletons, long id) {
    ConcurrentMap<String, Set<Long>> known = holders;
    if (known != null) {
      for (String skeleton : skeletons) {
        known.computeIfPresent(skeleton, (key, ids) -> without(ids, id));
      }
    }
  }

  /** Whether changes have to be told. */
  public boolean isKept() {
    return holders != null;
  }

  private static Set<Long> union(Set<Long> ids, Set<Long> more) {
    if (ids.containsAll(more)) {
      return ids;
    }
    Set<Long> all = new HashSet<>(ids);
    all.addAll(more);
    return Set.copyOf(all);
  }

  private static @Nullable Set<Long> without(Set<Long> ids, long id) {
    Set<Long> left = new HashSet<>(ids);
    left.remove(id);
    return left.isEmpty() ? null : Set.copyOf(left);
  }
}
