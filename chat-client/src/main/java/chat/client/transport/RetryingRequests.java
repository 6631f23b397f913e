// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import chat.client.ChatClient;
import chat.client.ClientEvent.Refusal;
import chat.client.RefusedException;
import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are asked again, as they are, until there is an answer: over lost connections and
 * refusals that time heals, for as long as {@link ChatClient#PATIENCE}. So what was done before the
 * connection broke is known to be done, and is not done twice. Each future ends, at the latest when
 * the account leaves or the client is closed; nothing is asked again for another account.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RetryingRequests {
  private static final long AGAIN_MILLIS = 300;

  /** Commands that may be without an answer at a time. */
  static final int MOST = 1_000;

  private final Requests requests;
  private final ScheduledExecutorService timer;
  private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public RetryingRequests(Requests requests, ScheduledExecutorService timer) {
    this.requests = requests;
    this.timer = timer;
  }

  public <R extends Reply> CompletableFuture<R> ask(Command command, Class<R> kind) {
    CompletableFuture<R> done = new CompletableFuture<>();
    if (open.size() >= MOST) {
      done.completeExceptionally(
          new RefusedException(
              new Refusal(Problem.TOO_MANY, "too much is without an answer", AGAIN_MILLIS)));
      return done;
    }
    open.add(done);
    var unused = done.whenComplete((answer, problem) -> open.remove(done));
    if (closed) {
      end("the client is closed");
    }
    long end = System.nanoTime() + ChatClient.PATIENCE.toNanos();
    ask(command, kind, end, done);
    return done;
  }

  private <R extends Reply> void ask(
      Command command, Class<R> kind, long end, CompletableFuture<R> done) {
    if (done.isDone()) {
      return;
    }
    var unused =
        requests
            .ask(command, kind)
            .whenComplete((answer, problem) -> {
              if (answer != null) {
                done.complete(answer);
              } else if (isPassing(problem) && end - System.nanoTime() > 0) {
                var later =
                    timer.schedule(
                        () -> ask(command, kind, end, done), wait(problem), TimeUnit.MILLISECONDS);
              } else {
                done.completeExceptionally(problem);
              }
            });
  }

  /** What has no answer now gets none. */
  public void end(String why) {
    open.forEach(done -> done.completeExceptionally(new IOException(why)));
  }

  /** Takes nothing more. */
  public void close() {
    closed = true;
    end("the client is closed");
  }

  private static boolean isPassing(@Nullable Throwable problem) {
    return problem instanceof RefusedException no
        ? no.refusal().passes()
        : problem instanceof IOException;
  }

  private static long wait(@Nullable Throwable problem) {
    return problem instanceof RefusedException no
        ? Math.max(AGAIN_MILLIS, no.refusal().retryAfter())
        : AGAIN_MILLIS;
  }
}
