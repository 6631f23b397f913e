// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import chat.server.base.Sha256;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file comes in chunks, over one session or several, and only whole does it become a message. */
@Timeout(60)
class UploadTest {
  private static final int CHUNK = 32 << 10;
  private static final long LOBBY = 1;

  @TempDir Path folder;

  private final byte[] bytes = new byte[5 * CHUNK + 7];
  private final UUID id = UUID.randomUUID();
  private final AtomicInteger piecesRead = new AtomicInteger();
  private ServerFixture server;
  private Somebody anna;

  @BeforeEach
  void open() throws Exception {
    new Random(1).nextBytes(bytes);
    server =
        new ServerFixture(
            folder,
            store ->
                InterceptingStore.store(
                    store,
                    (method, arguments, call) -> {
                      if (method.equals("blob")) {
                        piecesRead.incrementAndGet();
                      }
                      return call.goOn();
                    }),
            Map.of(),
            "anna");
    anna = server.one(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Reply offers(Somebody by, byte[] sha256) {
    return by.asks(
        new Command.StartUpload(id, LOBBY, "notes.bin", "text/plain", bytes.length, sha256));
  }

  private Reply sends(Somebody by, int from, int to) {
    Reply last = null;
    for (int at = from; at < to; at += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK, to));
      last = by.asks(new Command.UploadChunk(id, at, chunk));
    }
    return last;
  }

  private long begins(Somebody by, byte[] sha256) {
    return assertInstanceOf(Reply.UploadStarted.class, offers(by, sha256)).offset();
  }

  private void isWhole(Reply answer) {
    long number = assertInstanceOf(Reply.Posted.class, answer, answer::toString).number();
    for (int at = 0; at < bytes.length; at += CHUNK) {
      Reply.Data data =
          assertInstanceOf(
              Reply.Data.class, anna.asks(new Command.Download(LOBBY, number, at, CHUNK)));
      assertArrayEquals(
          Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK, bytes.length)), data.bytes());
    }
  }

  @Test
  void whatComesInOneSessionIsNotReadAgainForItsHash() {
    assertEquals(0, begins(anna, Sha256.of(bytes)));
    Reply answer = sends(anna, 0, bytes.length);
    assertEquals(0, piecesRead.get());
    isWhole(answer);
  }

  @Test
  void whatIsResumedHasTheHashOfAllOfIt() {
    begins(anna, Sha256.of(bytes));
    sends(anna, 0, 3 * CHUNK);
    Somebody other = server.device(anna);
    long staged = begins(other, Sha256.of(bytes));
    assertTrue(staged > 0 && staged < 3 * CHUNK, () -> "goes on from " + staged);
    Reply answer = sends(other, (int) staged, bytes.length);
    assertTrue(piecesRead.get() > 0);
    isWhole(answer);
  }

  @Test
  void anotherContentThanAnnouncedIsRefused() {
    begins(anna, Sha256.of(new byte[1]));
    Reply answer = sends(anna, 0, bytes.length);
    assertEquals(Problem.FILE_MISMATCH, assertInstanceOf(Reply.Failed.class, answer).problem());
    assertEquals(0, begins(anna, Sha256.of(bytes)), "what was staged is gone");
    isWhole(sends(anna, 0, bytes.length));
  }

  @Test
  void aHashThatWasNotAnnouncedIsFound() {
    begins(anna, new byte[0]);
    isWhole(sends(anna, 0, bytes.length));
  }

  @Test
  void anEmptyFileIsWholeAtOnce() {
    Reply answer =
        anna.asks(
            new Command.StartUpload(
                id, LOBBY, "empty.txt", "text/plain", 0, Sha256.of(new byte[0])));
    assertInstanceOf(Reply.Posted.class, answer, answer::toString);
  }
}
