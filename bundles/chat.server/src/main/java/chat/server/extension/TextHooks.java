// SPDX-License-Identifier: Apache-2.0
package chat.server.extension;

import chat.extension.MessageHook;
import chat.extension.ProposedText;
import chat.extension.Verdict;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks that are there, in their order.
 *
 * <p><b>Threads.</b> May be used from any thread; only {@link #settle} waits.
 */
public final class TextHooks implements AutoCloseable {
  private static final Comparator<HookWorker> ORDER =
      Comparator.comparingInt(HookWorker::ranking).reversed().thenComparing(HookWorker::name);

  private static final Logger LOG = LoggerFactory.getLogger(TextHooks.class);
  private static final long SETTLE_MILLIS = 2_000;

  /** One for each text that is being looked at. */
  private final Set<CompletableFuture<Void>> pending = ConcurrentHashMap.newKeySet();

  private final CopyOnWriteArrayList<HookWorker> workers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chat-hook-clock").daemon().factory());

  private @Nullable ServiceTracker<MessageHook, MessageHook> tracker;

  /** Those of a framework, as they come and go; each is called as its bundle is. */
  public static TextHooks of(BundleContext bundles) {
    TextHooks hooks = new TextHooks();
    var tracker =
        new ServiceTracker<MessageHook, MessageHook>(bundles, MessageHook.class, null) {
          @Override
          public MessageHook addingService(ServiceReference<MessageHook> reference) {
            MessageHook hook = super.addingService(reference);
            if (hook != null) {
              Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
              hooks.add(
                  reference.getBundle().getSymbolicName(),
                  ranking instanceof Integer number ? number : 0,
                  hook);
            }
            return hook;
          }

          @Override
          public void removedService(ServiceReference<MessageHook> reference, MessageHook hook) {
            hooks.remove(hook);
            super.removedService(reference, hook);
          }
        };
    hooks.tracker = tracker;
    tracker.open();
    return hooks;
  }

  /**
   * A hook has come.
   *
   * @param name how it is called in the log and in status
   */
  public synchronized void add(String name, int ranking, MessageHook hook) {
    workers.add(new HookWorker(name, ranking, hook, clock));
    workers.sort(ORDER);
  }

  /** A hook goes. */
  public synchronized void remove(MessageHook hook) {
    for (HookWorker worker : workers) {
      if (worker.asks(hook)) {
        workers.remove(worker);
        worker.close();
        return;
      }
    }
  }

  public boolean isEmpty() {
    return workers.isEmpty();
  }

  /** For how many texts each hook was passed over of late; only those that were. */
  public Map<String, Long> passedOver() {
    Map<String, Long> counts = new TreeMap<>();
    workers.forEach(worker -> counts.merge(worker.name(), worker.passedOver(), Long::sum));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /**
   * Shows a text to one hook after the other.
   *
   * @param storable what a text put in the place of this one has to be
   * @param decided is given the verdict of all of them, on a thread of theirs, once
   */
  public void check(ProposedText text, Predicate<String> storable, Consumer<Verdict> decided) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending.add(done);
    check(
        List.copyOf(workers).iterator(),
        text,
        new Verdict.Allow(),
        storable,
        verdict -> {
          try {
            decided.accept(verdict);
          } finally {
            pending.remove(done);
            done.complete(null);
          }
        });
  }

  /**
   * Waits until the texts that are being looked at now were decided: what is read behind them would
   * be stored before them.
   */
  public void settle() {
    try {
      CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new))
          .get(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Texts are still being looked at: {}", pending.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void check(
      Iterator<HookWorker> rest,
      ProposedText text,
      Verdict sofar,
      Predicate<String> storable,
      Consumer<Verdict> decided) {
    if (!rest.hasNext()) {
      decided.accept(sofar);
      return;
    }
    var unused =
        rest.next()
            .ask(text, storable)
            .thenAccept(verdict -> {
              switch (verdict) {
                case Verdict.Allow _ -> check(rest, text, sofar, storable, decided);
                case Verdict.Replace(String other) ->
                    check(rest, text.with(other), verdict, storable, decided);
                case Verdict.Refuse _ -> decided.accept(verdict);
              }
            });
  }

  @Override
  public void close() {
    if (tracker != null) {
      tracker.close();
    }
    workers.forEach(HookWorker::close);
    workers.clear();
    clock.shutdown(); // those who wait for a verdict still get it
  }
}
