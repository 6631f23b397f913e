// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.prove.client.RawClient;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client must not do gets a clear answer, and everybody else chats on. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private ServerProcess server;
  private RawClient witness;
  private int people;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
    witness = RawClient.entered(server, "witness");
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    witness.close();
    server.close();
  }

  @AfterEach
  void theServerIsUpAndSoIsEverybodyElse() throws IOException {
    assertTrue(server.alive());
    assertInstanceOf(
        Reply.Posted.class, witness.ask(new Command.Post(UUID.randomUUID(), 1, "still here")));
  }

  private RawClient somebody() throws IOException {
    return RawClient.entered(server, "somebody" + ++people);
  }

  private static Reply.Failed failed(List<ServerMessage> words) {
    return assertInstanceOf(Reply.Failed.class, words.getLast());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOversizedFrameIsAnsweredAndEndsTheConnection() throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      client.send(ByteBuffer.allocate(100).putInt(17 << 10).array());
      assertEquals(Problem.TOO_LARGE, failed(client.lastWords()).problem());
    }
    try (RawClient client = somebody()) {
      client.send(ByteBuffer.allocate(11).putInt(Integer.MAX_VALUE).array());
      assertEquals(Problem.TOO_LARGE, failed(client.lastWords()).problem());
    }
    try (RawClient client = somebody()) {
      client.send(new byte[] {0, 0, 0, 3, 1, 2, 3});
      assertEquals(Problem.MALFORMED, failed(client.lastWords()).problem());
    }
  }

  @Test
  void aTruncatedFrameIsWaitedForAndThenUnderstood() throws IOException {
    try (RawClient client = somebody()) {
      byte[] frame = client.frame(new Command.Post(UUID.randomUUID(), 1, "in two parts"));
      client.send(Arrays.copyOf(frame, 9));
      client.send(Arrays.copyOfRange(frame, 9, frame.length));
      ServerMessage said = client.hear().message();
      while (!(said instanceof Reply.Posted)) {
        said = client.hear().message();
      }
    }
  }

  @Test
  void randomBytesEndTheConnectionAndNothingElse() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server)) {
        byte[] noise = new byte[2_000];
        random.nextBytes(noise);
        noise[0] = 0x7f;
        client.send(noise);
        Reply.Failed failed = failed(client.lastWords());
        assertEquals(Problem.TOO_LARGE, failed.problem());
      }
    }
  }

  /** The next reply; who comes and goes meanwhile is told, too. */
  private static RawClient.Said reply(RawClient client) throws IOException {
    RawClient.Said said = client.hear();
    while (said.message() instanceof Event) {
      said = client.hear();
    }
    return said;
  }

  @Test
  void aMalformedOrUnknownCommandIsAnsweredAndTheConnectionGoesOn() throws IOException {
    try (RawClient client = somebody()) {
      client.send(
          new byte[] {0, 0, 0, 8, 0, 7, 0, 0, 0, 0, 77, (byte) 0xa0}); // Post without components
      client.send(new byte[] {0, 0, 0, 8, 0x0f, 0x0f, 0, 0, 0, 0, 78, (byte) 0xa0});
      RawClient.Said malformed = reply(client);
      assertEquals(77, malformed.correlation());
      assertEquals(
          Problem.MALFORMED, assertInstanceOf(Reply.Failed.class, malformed.message()).problem());
      RawClient.Said unknown = reply(client);
      assertEquals(78, unknown.correlation());
      assertEquals(
          Problem.UNSUPPORTED, assertInstanceOf(Reply.Failed.class, unknown.message()).problem());
      assertEquals(new Reply.Done(), client.ask(new Command.Ping()));
    }
  }

  @Test
  void commandsBeforeLogInAreOutOfPlace() throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertEquals(
          Problem.OUT_OF_PLACE,
          client.refusal(new Command.LogIn("a", "b", "c")),
          "Hello comes first");
    }
    try (RawClient client = RawClient.greeted(server)) {
      assertEquals(
          Problem.OUT_OF_PLACE,
          client.refusal(new Command.Post(UUID.randomUUID(), 1, "let me in")));
      assertEquals(
          Problem.OUT_OF_PLACE, client.refusal(new Command.History(1, Direction.BEFORE, 0, 10)));
      assertEquals(Problem.OUT_OF_PLACE, client.refusal(new Command.Download(1, 1, 0, 1)));
      assertEquals(Problem.TOKEN_INVALID, client.refusal(new Command.Resume(new byte[32])));
    }
  }

  @Test
  void whoDoesNotLogInIsToldAndCutOff() throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      assertInstanceOf(Event.Leaving.class, client.lastWords().getLast());
    }
  }

  @Test
  void whatIsNotThereOrNotAllowedIsSaid() throws IOException {
    try (RawClient client = somebody()) {
      assertEquals(
          Problem.ROOM_UNKNOWN, client.refusal(new Command.Post(UUID.randomUUID(), 99, "x")));
      assertEquals(
          Problem.ROOM_UNKNOWN, client.refusal(new Command.History(99, Direction.AFTER, 0, 10)));
      assertEquals(
          Problem.TOO_LARGE, client.refusal(new Command.History(1, Direction.AFTER, 0, 201)));
      assertEquals(
          Problem.TOO_LARGE, client.refusal(new Command.History(1, Direction.AFTER, 0, -1)));
      assertEquals(Problem.FILE_UNKNOWN, client.refusal(new Command.Download(1, 1, 0, 10)));
      assertEquals(
          Problem.FILE_UNKNOWN, client.refusal(new Command.Download(1, Long.MAX_VALUE, 0, 10)));
      assertEquals(Problem.TOO_LARGE, client.refusal(new Command.Download(1, 1, -5, 10)));
      assertEquals(
          Problem.OUT_OF_PLACE,
          client.refusal(new Command.Register("again", TestUser.PASSWORD, "", "")));
    }
  }

  @Test
  void anIdCountsOnceAndNotForSomethingElse() throws IOException {
    try (RawClient client = somebody()) {
      UUID id = UUID.randomUUID();
      Reply first = client.ask(new Command.Post(id, 1, "once"));
      assertEquals(first, client.ask(new Command.Post(id, 1, "once")));
      assertEquals(Problem.ID_TAKEN, client.refusal(new Command.Post(id, 1, "twice")));
    }
  }

  @Test
  void aFileThatIsNotWhatWasAnnouncedIsRefusedAndForgotten() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    try (RawClient client = somebody()) {
      UUID wrongHash = UUID.randomUUID();
      client.ask(new Command.StartUpload(wrongHash, 1, "a.bin", "", content.length, new byte[32]));
      assertEquals(Problem.FILE_MISMATCH, sendAll(client, wrongHash, content));
      assertEquals(
          Problem.FILE_UNKNOWN,
          client.refusal(new Command.UploadChunk(wrongHash, 0, new byte[1])),
          "it is forgotten");

      UUID tooMany = UUID.randomUUID();
      client.ask(new Command.StartUpload(tooMany, 1, "b.bin", "", 10, sha256(new byte[10])));
      assertEquals(
          Problem.FILE_MISMATCH, client.refusal(new Command.UploadChunk(tooMany, 0, new byte[11])));

      UUID gap = UUID.randomUUID();
      client.ask(new Command.StartUpload(gap, 1, "c.bin", "", 10, sha256(new byte[10])));
      assertEquals(Problem.MALFORMED, client.refusal(new Command.UploadChunk(gap, 5, new byte[5])));

      for (String name : List.of("", "///", "\u0007", "x".repeat(256))) {
        assertEquals(
            Problem.FILE_INVALID,
            client.refusal(
                new Command.StartUpload(UUID.randomUUID(), 1, name, "", 1, new byte[32])),
            name);
      }
      assertEquals(
          Problem.FILE_INVALID,
          client.refusal(new Command.StartUpload(UUID.randomUUID(), 1, "d", "", 1, new byte[31])));
      assertEquals(
          Problem.FILE_INVALID,
          client.refusal(new Command.StartUpload(UUID.randomUUID(), 1, "d", "", -1, new byte[32])));
      assertEquals(
          Problem.FILE_TOO_LARGE,
          client.refusal(
              new Command.StartUpload(
                  UUID.randomUUID(), 1, "d", "", (50L << 20) + 1, new byte[32])));
    }
  }

  private static Problem sendAll(RawClient client, UUID id, byte[] content) throws IOException {
    Reply reply = null;
    for (int at = 0; at < content.length; at += 32 << 10) {
      byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + (32 << 10)));
      reply = client.ask(new Command.UploadChunk(id, at, part));
    }
    return assertInstanceOf(Reply.Failed.class, reply).problem();
  }

  @Test
  void aPathInAFileNameIsOnlyALabel() throws IOException {
    try (RawClient client = somebody()) {
      byte[] content = {1, 2, 3};
      UUID id = UUID.randomUUID();
      client.ask(
          new Command.StartUpload(
              id, 1, "../../etc/pass\u202ewd", "text/plain", 3, sha256(content)));
      Reply.Posted posted =
          assertInstanceOf(Reply.Posted.class, client.ask(new Command.UploadChunk(id, 0, content)));
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              client.ask(new Command.History(1, Direction.AFTER, posted.number() - 1, 1)));
      Content.File shown =
          assertInstanceOf(Content.File.class, page.entries().getFirst().content());
      assertEquals("passwd", shown.name());
    }
  }

  @Test
  void whoAsksAndNeverListensIsNotListenedTo() throws IOException, InterruptedException {
    try (RawClient client = somebody()) {
      for (int i = 0; i < 60; i++) {
        client.ask(new Command.Post(UUID.randomUUID(), 1, "x".repeat(4_000)));
      }
      // History(room 1, before, 0, 200), each made 60 kB long by a key that nobody knows.
      byte[] body = new byte[60_000 + 14];
      ByteBuffer.wrap(body)
          .put(new byte[] {(byte) 0xa5, 0, 1, 1, 0, 2, 0, 3, 0x18, (byte) 200, 9, 0x59})
          .putShort((short) 60_000);
      byte[] frame =
          ByteBuffer.allocate(11 + body.length)
              .putInt(7 + body.length)
              .putShort((short) 8)
              .put((byte) 0)
              .putInt(1_000_000)
              .put(body)
              .array();
      int asked = 2_000;
      AtomicInteger said = new AtomicInteger();
      Thread asking =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < asked; i++) {
                    client.send(frame);
                    said.incrementAndGet();
                  }
                } catch (IOException e) {
                  // The server has had enough, or the test is over.
                }
              });
      int before = -1;
      while (said.get() != before) { // until nothing has been taken for a second
        before = said.get();
        asking.join(1_000);
      }
      client.vanish();
      // What the system's buffers hold in both directions, and not what the heap holds.
      assertTrue(said.get() > 0 && said.get() < 500, "the server took " + said.get());
    }
  }

  @Test
  void aFloodIsSlowedDownAndNothingIsLost() throws IOException {
    try (RawClient client = somebody()) {
      int flood = 5_000;
      for (int i = 0; i < flood; i++) {
        client.say(new Command.Post(new UUID(77, i), 1, "flood " + i));
      }
      int answered = 0;
      while (answered < flood) {
        ServerMessage said = client.hear().message();
        if (said instanceof Reply reply) {
          assertInstanceOf(Reply.Posted.class, reply);
          answered++;
        }
      }
      assertFalse(client.events().isEmpty());
    }
  }
}
