// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.history.History;
import chat.prove.history.Violation;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends files of chance while parts are exchanged, and fetches them as somebody else when all is
 * over. What is in a file comes from its seed, so that no file is held in memory.
 *
 * <p><b>Threads.</b> One that sends; {@link #check} is for whoever comes after {@link #stop}.
 */
public final class FileTraffic {
  private static final int CHUNK = 32 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A file that was sent. */
  private record Sent(UUID id, long number, int size, byte[] sha256) {}

  private final Load load;
  private final int count;
  private final int largest;
  private final Duration every;
  private final SplittableRandom random;
  private final History.Author author;
  private final List<Sent> sent = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private volatile long giveUpAt = Long.MAX_VALUE;
  private int checked;

  public FileTraffic(Load load, int count, int largest, Duration every, SplittableRandom random) {
    this.load = load;
    this.count = count;
    this.largest = largest;
    this.every = every;
    this.random = random;
    this.author = load.history().author("files");
    this.thread = Thread.ofPlatform().name("files").daemon().unstarted(this::send);
  }

  public void start() {
    thread.start();
  }

  /** Waits for the file that is being sent. */
  public void stop() throws InterruptedException {
    giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    over.countDown();
    thread.join();
  }

  private boolean tooLate() {
    return System.nanoTime() > giveUpAt;
  }

  private void send() {
    byte[] token = load.clients().getFirst().token();
    try (SteadyClient client = new SteadyClient(load.server(), token, this::tooLate)) {
      long due = System.nanoTime();
      for (int i = 0; i < count; i++) {
        due += every.toNanos();
        if (over.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        send(client, random.nextInt(largest + 1), random.nextLong());
      }
    } catch (IOException e) {
      load.violations().add(Violation.CLIENT_FAILED, "a file could not be sent: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(SteadyClient client, int size, long seed) throws IOException {
    UUID id = UUID.randomUUID();
    byte[] sha256 = sha256(size, seed);
    int place = author.sent();
    Command.StartUpload offer =
        new Command.StartUpload(
            id, Load.Place.LOBBY, "file-" + sent.size(), "application/octet-stream", size, sha256);
    Reply.Posted posted =
        client.does(wire -> {
          Reply reply = wire.ask(offer);
          return reply instanceof Reply.UploadStarted(UUID same, long from)
              ? upload(wire, id, seed, size, from)
              : posted(reply);
        });
    author.acknowledged(place, id, posted.number());
    synchronized (sent) {
      sent.add(new Sent(id, posted.number(), size, sha256));
    }
  }

  /** The whole content is made again, and what the server has already is passed over. */
  private static Reply.Posted upload(Wire wire, UUID id, long seed, int size, long from)
      throws IOException {
    SplittableRandom content = new SplittableRandom(seed);
    byte[] chunk = new byte[CHUNK];
    Reply last = new Reply.UploadProgress(id, from);
    for (int offset = 0; offset < size; offset += CHUNK) {
      int length = Math.min(CHUNK, size - offset);
      content.nextBytes(chunk);
      if (offset + length > from) {
        int skip = (int) Math.max(0, from - offset);
        last =
            wire.ask(
                new Command.UploadChunk(
                    id, offset + skip, Arrays.copyOfRange(chunk, skip, length)));
        if (last instanceof Reply.Failed) {
          break;
        }
      }
    }
    return posted(last);
  }

  private static Reply.Posted posted(Reply reply) throws IOException {
    if (reply instanceof Reply.Posted posted) {
      return posted;
    }
    throw new Wire.AgainException("a file is refused: " + reply, Duration.ZERO);
  }

  /** Fetches every file and compares it. */
  public void check() {
    giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    byte[] token = load.clients().getLast().token();
    try (SteadyClient client = new SteadyClient(load.server(), token, this::tooLate)) {
      for (Sent file : sent) {
        if (!client.does(wire -> same(wire, file))) {
          load.violations().add(Violation.DIFFERING_FILE, file.id() + " at " + file.number());
        }
        checked++;
      }
    } catch (IOException e) {
      load.violations()
          .add(Violation.DIFFERING_FILE, "a file could not be fetched: " + e.getMessage());
    }
  }

  private static boolean same(Wire wire, Sent file) throws IOException {
    MessageDigest digest = sha256();
    long offset = 0;
    while (true) {
      Reply reply = wire.ask(new Command.Download(Load.Place.LOBBY, file.number(), offset, CHUNK));
      if (!(reply instanceof Reply.Data data)) {
        return false;
      }
      if (data.bytes().length == 0) {
        return offset == file.size() && Arrays.equals(digest.digest(), file.sha256());
      }
      digest.update(data.bytes());
      offset += data.bytes().length;
    }
  }

  private static byte[] sha256(int size, long seed) {
    MessageDigest digest = sha256();
    SplittableRandom content = new SplittableRandom(seed);
    byte[] chunk = new byte[CHUNK];
    for (int offset = 0; offset < size; offset += CHUNK) {
      content.nextBytes(chunk);
      digest.update(chunk, 0, Math.min(CHUNK, size - offset));
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many were sent. */
  public int sent() {
    synchronized (sent) {
      return sent.size();
    }
  }

  /** How many were fetched and compared. */
  public int checked() {
    return checked;
  }
}
