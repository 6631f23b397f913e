// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.LinkLostException;
import chat.client.RefusedException;
import chat.client.transport.Requests;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on their way. {@link #AT_ONCE} move at a time, each by a thread of its own that does one
 * thing after the other and waits where it must; {@link #MOST} more wait in line.
 *
 * <p>What is unanswered of a file is at most {@link #WINDOW} chunks: memory stays flat, and what
 * the chat has to say is never behind more than that.
 */
public final class Transfers implements AutoCloseable {
  static final int WINDOW = 5;
  private static final int AT_ONCE = 3;
  private static final int MOST = 1_000;
  private static final long AGAIN_MILLIS = 200;
  private static final long PATIENCE_NANOS = ChatClient.PATIENCE.toNanos();
  private static final long CLOSING_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  /** Moves a whole file; returns when it is there. */
  interface TransferTask {
    void run() throws IOException, TransferException, InterruptedException;
  }

  /** Goes on with a file on the connection there is; returns when it is there. */
  interface Try {
    void run() throws IOException, TransferException, RefusedException, InterruptedException;
  }

  private final Requests requests;
  private final Consumer<ClientEvent> events;
  private final Map<UUID, TransferState> passages = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor movers =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST),
          Thread.ofPlatform().name("chat-client-file-", 1).daemon().factory());

  public Transfers(Requests requests, Consumer<ClientEvent> events) {
    this.requests = requests;
    this.events = events;
    movers.allowCoreThreadTimeOut(true);
  }

  public UUID upload(long room, Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    TransferState state = new TransferState(events, room, Transfer.Way.UP, name, file, 0);
    return submit(state, new Upload(this, requests, state, room, name, file));
  }

  public UUID download(Event.Entry entry, Path target) {
    return downloading(entry, target).id();
  }

  /**
   * Fetches a file, unless the server is out of reach for too long, and tells how it ended. Who is
   * interrupted has it stopped: nothing of it is written any more.
   */
  public Transfer.State fetch(Event.Entry entry, Path target) throws InterruptedException {
    TransferState state = downloading(entry, target);
    try {
      return outcome(state);
    } catch (InterruptedException e) {
      state.cancel();
      var unused = state.outcome().join();
      throw e;
    }
  }

  private Transfer.State outcome(TransferState state) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      try {
        return state.outcome().get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        end = requests.isOnline() ? System.nanoTime() + PATIENCE_NANOS : end;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    state.cancel();
    return new Transfer.Cancelled();
  }

  private TransferState downloading(Event.Entry entry, Path target) {
    if (!(entry.content() instanceof Content.File file)) {
      throw new IllegalArgumentException("entry " + entry.number() + " is no file");
    }
    TransferState state =
        new TransferState(
            events, entry.room(), Transfer.Way.DOWN, file.name(), target, file.size());
    submit(state, new Download(this, requests, state, entry.room(), entry.number(), file, target));
    return state;
  }

  private UUID submit(TransferState state, TransferTask move) {
    passages.put(state.id(), state);
    try {
      movers.execute(() -> run(state, move));
    } catch (RejectedExecutionException e) {
      passages.remove(state.id());
      state.end(new Transfer.Failed(Problem.TOO_MANY, MOST + " files wait already"));
    }
    return state.id();
  }

  private void run(TransferState state, TransferTask move) {
    try {
      if (state.begin()) {
        move.run();
        state.end(new Transfer.Finished());
      }
    } catch (TransferException e) {
      state.end(e.state());
    } catch (InterruptedException e) {
      state.end(new Transfer.Cancelled());
    } catch (IOException e) {
      state.end(
          state.cancelled()
              ? new Transfer.Cancelled()
              : new Transfer.Failed(Problem.FILE_INVALID, reason(e)));
    } catch (RuntimeException e) {
      LOG.error("A file stopped on its way", e);
      state.end(new Transfer.Failed(Problem.INTERNAL, String.valueOf(e.getMessage())));
    } finally {
      passages.remove(state.id());
    }
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException none -> message + " does not exist";
      case AccessDeniedException denied -> message + " can't be opened: no permission";
      case FileAlreadyExistsException there -> message + " exists already";
      default -> message;
    };
  }

  public void cancel(UUID id) {
    TransferState state = passages.get(id);
    if (state != null) {
      state.cancel();
    }
  }

  public void cancelAll() {
    passages.values().forEach(TransferState::cancel);
  }

  /** Tries, over reconnects and refusals that pass, until the file is there. */
  void insist(Try one) throws IOException, TransferException, InterruptedException {
    while (true) {
      requests.awaitOnline();
      try {
        one.run();
        return;
      } catch (LinkLostException e) {
        LOG.debug("A file goes on as soon as it can", e);
        Thread.sleep(requests.isOnline() ? AGAIN_MILLIS : 0);
      } catch (RefusedException e) {
        ClientEvent.Refusal refusal = e.refusal();
        if (!refusal.passes()) {
          throw new TransferException(refusal.problem(), refusal.detail());
        }
        Thread.sleep(Math.max(refusal.retryAfter(), AGAIN_MILLIS));
      }
    }
  }

  static <R extends Reply> R await(CompletableFuture<R> answer)
      throws LinkLostException, RefusedException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new LinkLostException(e);
    }
  }

  @Override
  public void close() {
    movers.shutdownNow();
    try {
      if (!movers.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("A file takes long to let go of");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
