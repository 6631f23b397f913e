// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import chat.client.ClientEvent.Refusal;
import chat.client.RefusedException;
import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way and the answers they wait for.
 *
 * <p>Each future ends: with the answer, with {@link RefusedException}, or with an {@link
 * IOException} when the connection is lost or the answer takes too long. At most {@link #MOST}
 * wait.
 *
 * <p><b>Threads.</b> Any. Futures are completed without the lock, by the thread that reads from the
 * connection, so in the order of the answers.
 */
public final class Requests {
  static final int MOST = 1_000;

  private final ClientFormat format;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition online = lock.newCondition();
  private final Map<Integer, Waiting<?>> waiting = new LinkedHashMap<>();
  private @Nullable Connection connection;
  private volatile Limits limits = Limits.DEFAULT;
  private int last;

  private record Waiting<R extends Reply>(
      Command command, Class<R> kind, CompletableFuture<R> answer, long since) {

    void done(Reply reply) {
      if (reply instanceof Reply.Failed(Problem problem, String detail, long retryAfter)) {
        answer.completeExceptionally(
            new RefusedException(new Refusal(problem, detail, retryAfter)));
      } else if (kind.isInstance(reply)) {
        answer.complete(kind.cast(reply));
      } else {
        failed(new IOException("the server gave an answer to something else"));
      }
    }

    void failed(IOException why) {
      answer.completeExceptionally(why);
    }
  }

  public Requests(ClientFormat format) {
    this.format = format;
  }

  public Limits limits() {
    return limits;
  }

  public void limits(Limits told) {
    limits = told;
  }

  /** From now on commands go out here. */
  public void online(Connection next) {
    lock.lock();
    try {
      connection = next;
      online.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone, and with it what has no answer. */
  public void offline() {
    List<Waiting<?>> lost;
    lock.lock();
    try {
      connection = null;
      lost = List.copyOf(waiting.values());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    lost.forEach(one -> one.failed(new IOException("the connection was lost before the answer")));
  }

  /** Waits until commands can go out. */
  public void awaitOnline() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (connection == null) {
        online.await();
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean isOnline() {
    lock.lock();
    try {
      return connection != null;
    } finally {
      lock.unlock();
    }
  }

  /** Asks, now or not at all. */
  public <R extends Reply> CompletableFuture<R> ask(Command command, Class<R> kind) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    lock.lock();
    try {
      if (connection == null) {
        answer.completeExceptionally(new IOException("not connected"));
      } else if (waiting.size() >= MOST) {
        answer.completeExceptionally(
            new RefusedException(
                new Refusal(Problem.TOO_MANY, "too many questions without an answer", 1_000)));
      } else {
        Waiting<R> one = new Waiting<>(command, kind, answer, System.nanoTime());
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        send(connection, last, one);
      }
    } finally {
      lock.unlock();
    }
    return answer;
  }

  private void send(Connection to, int correlation, Waiting<?> one) {
    byte[] frame = format.encode(correlation, one.command());
    if (frame.length > limits.frame()) {
      one.answer()
          .completeExceptionally(
              new RefusedException(
                  new Refusal(
                      Problem.TOO_LARGE, "at most " + limits.frame() + " bytes in a frame", 0)));
    } else {
      waiting.put(correlation, one);
      to.send(frame, carriesFile(one.command()));
    }
  }

  private static boolean carriesFile(Command command) {
    return switch (command) {
      case Command.StartUpload _,
          Command.UploadChunk _,
          Command.Download _,
          Command.SetPicture _,
          Command.Picture _ ->
          true;
      case Command.Append _,
          Command.Update _,
          Command.Hello _,
          Command.Register _,
          Command.LogIn _,
          Command.Resume _,
          Command.ResetPassword _,
          Command.LogOut _,
          Command.Sync _,
          Command.Open _,
          Command.History _,
          Command.Files _,
          Command.People _,
          Command.Rooms _,
          Command.Search _,
          Command.GetProfile _,
          Command.Invite _,
          Command.OwnAccount _,
          Command.Administration _,
          Command.CancelUpload _,
          Command.Ping _ ->
          false;
    };
  }

  /** An answer has come; one that nobody waits for is one that came twice. */
  public void answered(int correlation, Reply reply) {
    Waiting<?> one;
    lock.lock();
    try {
      one = waiting.remove(correlation);
    } finally {
      lock.unlock();
    }
    if (one != null) {
      one.done(reply);
    }
  }

  /** The server's logic was exchanged: what has no answer is asked again. */
  public void repeat() {
    lock.lock();
    try {
      if (connection != null) {
        Connection to = connection;
        Map.copyOf(waiting).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(one -> send(to, one.getKey(), one.getValue()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what has waited for longer than this. */
  public void expire(Duration most) {
    long oldest = System.nanoTime() - most.toNanos();
    List<Waiting<?>> late = new ArrayList<>();
    lock.lock();
    try {
      waiting.values().removeIf(one -> one.since() - oldest < 0 && late.add(one));
    } finally {
      lock.unlock();
    }
    late.forEach(one -> one.failed(new IOException("the server did not answer in time")));
  }
}
