// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.client.session.NetworkChatClient;
import chat.client.transport.Timings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients for tests: quick to come back, with accounts of their own. */
public final class Clients {
  public static final String PASSWORD = "correct horse";

  /** As always, but comes back soon. */
  public static final Timings SOON =
      new Timings(
          InstantSource.system(),
          new Random(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(45),
          Duration.ofSeconds(90),
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(30));

  private Clients() {}

  public static ClientConfig config(FakeServer server, Path folder, int messages) {
    return new ClientConfig(
        folder, "localhost", server.port(), server.fingerprint(), "test", "en", messages, 0);
  }

  public static NetworkChatClient open(FakeServer server, Path folder, ClientListener listener) {
    return open(config(server, folder, 5), listener, SOON);
  }

  public static NetworkChatClient open(
      ClientConfig config, ClientListener listener, Timings timings) {
    try {
      return NetworkChatClient.open(config, listener, timings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Registers and waits until entered. */
  public static NetworkChatClient enter(FakeServer server, Path folder, Recorder recorder) {
    return enter(config(server, folder, 5), recorder, SOON);
  }

  public static NetworkChatClient enter(ClientConfig config, Recorder recorder, Timings timings) {
    NetworkChatClient client = open(config, recorder, timings);
    client.start();
    get(client.register("alice", PASSWORD, ""));
    recorder.await(ClientEvent.Entered.class);
    return client;
  }

  public static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(Recorder.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** What a future fails with. */
  public static Throwable failure(CompletableFuture<?> future) {
    return get(future.handle((answer, problem) -> problem));
  }
}
