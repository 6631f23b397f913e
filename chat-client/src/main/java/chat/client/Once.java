package chat.client;

import chat.protocol.Command;
import chat.protocol.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are asked again, as they are, until there is an answer: over lost connections and
 * refusals that time heals, for as long as {@link #PATIENCE_SECONDS}. So what was done before the
 * connection broke is known to be done, and is not done twice.
 */
final class Once {
  static final long PATIENCE_SECONDS = 60;
  private static final long AGAIN_MILLIS = 300;

  private final Requests requests;
  private final ScheduledExecutorService timer;

  Once(Requests requests, ScheduledExecutorService timer) {
    this.requests = requests;
    this.timer = timer;
  }

  <R extends Reply> CompletableFuture<R> ask(Command command, Class<R> kind) {
    CompletableFuture<R> done = new CompletableFuture<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    ask(command, kind, end, done);
    return done;
  }

  private <R extends Reply> void ask(
      Command command, Class<R> kind, long end, CompletableFuture<R> done) {
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

  private static boolean isPassing(@Nullable Throwable problem) {
    return problem instanceof RefusedException no
        ? Outbox.passes(no.refusal())
        : problem instanceof IOException;
  }

  private static long wait(@Nullable Throwable problem) {
    return problem instanceof RefusedException no
        ? Math.max(AGAIN_MILLIS, no.refusal().retryAfter())
        : AGAIN_MILLIS;
  }
}
