// SPDX-License-Identifier: Apache-2.0
package chat.server.extension;

import chat.extension.MessageHook;
import chat.extension.ProposedText;
import chat.extension.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one hook, and waits no longer than it may take. Its time counts from when it is called, so
 * that a busy machine does not pass texts over that nobody has looked at. Calls that do not come
 * back keep their thread; while all of them are kept, the hook is passed over at once.
 *
 * <p><b>Threads.</b> The hook runs on threads of this object; verdicts are given on those or on the
 * clock's.
 */
final class HookWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HookWorker.class);
  private static final long IDLE_SECONDS = 10;

  /** Texts that wait for a thread; each of them holds a session. */
  private static final int MOST_WAITING = 1_000;

  /** Of the overruns of ten minutes these are logged. */
  private static final int LOGGED = 5;

  private final String name;
  private final int ranking;
  private final MessageHook hook;
  private final ScheduledExecutorService clock;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger kept = new AtomicInteger();
  private final RecentCount passedOver = new RecentCount(System::nanoTime);

  HookWorker(String name, int ranking, MessageHook hook, ScheduledExecutorService clock) {
    this.name = name;
    this.ranking = ranking;
    this.hook = hook;
    this.clock = clock;
    this.threads =
        new ThreadPoolExecutor(
            MessageHook.THREADS,
            MessageHook.THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("chat-hook-" + name + "-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  String name() {
    return name;
  }

  int ranking() {
    return ranking;
  }

  boolean asks(MessageHook other) {
    return hook == other;
  }

  /** For how many texts it was passed over of late. */
  long passedOver() {
    return passedOver.get();
  }

  /**
   * Asks for a verdict.
   *
   * @param storable what a text put in the place of this one has to be
   */
  CompletableFuture<Verdict> ask(ProposedText text, Predicate<String> storable) {
    Call call = new Call(text, storable);
    if (kept.get() >= MessageHook.THREADS) {
      call.passOver("all its threads are kept by earlier texts", null);
    } else {
      try {
        threads.execute(call);
      } catch (RejectedExecutionException e) {
        call.passOver("too many texts wait for it, or it has just gone", null);
      }
    }
    return call.verdict;
  }

  /** What it has not been shown yet passes; what it is looking at has the time that it has. */
  @Override
  public void close() {
    threads
        .shutdownNow()
        .forEach(waiting -> {
          if (waiting instanceof Call call) {
            call.verdict.complete(new Verdict.Allow());
          }
        });
  }

  private final class Call implements Runnable {
    private final ProposedText text;
    private final Predicate<String> storable;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    private Call(ProposedText text, Predicate<String> storable) {
      this.text = text;
      this.storable = storable;
    }

    @Override
    public void run() {
      AtomicBoolean over = new AtomicBoolean();
      @Nullable Verdict given = null;
      @Nullable Throwable fault = null;
      try {
        var alarm =
            clock.schedule(
                () -> {
                  if (over.compareAndSet(false, true)) {
                    kept.incrementAndGet();
                    passOver("it took longer than " + MessageHook.MILLIS + " ms", null);
                  }
                },
                MessageHook.MILLIS,
                TimeUnit.MILLISECONDS);
        given = hook.check(text);
        alarm.cancel(false);
      } catch (Throwable e) { // strangers' code may throw anything, and somebody waits
        fault = e;
      }
      if (!over.compareAndSet(false, true)) {
        kept.decrementAndGet();
      }
      if (fault == null) {
        decide(given);
      } else {
        passOver("it failed", fault);
      }
    }

    /** What a hook gives comes from strangers' code: it may be null, whatever the contract says. */
    private void decide(@Nullable Verdict given) {
      switch (given) {
        case null -> passOver("it gave no verdict", null);
        case Verdict.Replace(String other) when other == null || !storable.test(other) ->
            passOver("it gave a text that can't be stored", null);
        case Verdict.Refuse(String reason) when reason == null ->
            verdict.complete(new Verdict.Refuse(""));
        case Verdict.Allow _, Verdict.Refuse _, Verdict.Replace _ -> verdict.complete(given);
      }
    }

    private void passOver(String why, @Nullable Throwable fault) {
      if (verdict.complete(new Verdict.Allow()) && passedOver.add() <= LOGGED) {
        LOG.warn("The hook {} was passed over for a text: {}", name, why, fault);
      }
    }
  }
}
