// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Problem;
import chat.server.base.FairQueue;
import chat.server.base.Refusal;
import chat.server.command.Request;
import chat.server.session.Responder;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches wait here and not in the way of short reads. Each account has one at work at a time, and
 * gets its turn; threads are few, since a search is work for the processor.
 *
 * <p><b>Threads.</b> May be used from any thread. An account always has the same thread.
 */
public final class SearchQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchQueue.class);
  private static final int CAPACITY = 1_000;
  private static final long AGAIN_MILLIS = 2_000;
  private static final int CAPACITY_PER_ACCOUNT = 4;

  private final List<FairQueue<Long>> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  public SearchQueue() {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    for (int i = 1; i <= count; i++) {
      FairQueue<Long> queue = new FairQueue<>(CAPACITY, CAPACITY_PER_ACCOUNT);
      queues.add(queue);
      threads.add(Thread.ofPlatform().name("chat-search-" + i).daemon().start(() -> work(queue)));
    }
  }

  private static void work(FairQueue<Long> queue) {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      LOG.debug("Nothing more is looked for");
    }
  }

  /** Looks for something when it is this account's turn; answers if too many wait. */
  void submit(Request request, Responder.Work work) {
    FairQueue<Long> queue = queues.get((int) (request.accountId() % queues.size()));
    queue.add(
        request.accountId(),
        new FairQueue.Task(
            () -> request.session().charging(() -> request.runToAnswer(work)),
            request.session()::isOver,
            () -> request.refuse(full())));
  }

  private static Refusal full() {
    return Refusal.postponed(Problem.BUSY, "too much is being looked for", AGAIN_MILLIS);
  }

  /** How many searches wait. */
  public int waiting() {
    return queues.stream().mapToInt(FairQueue::size).sum();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
