// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import chat.storage.BlobState;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forwarded file has the bytes of the first one, which go with the last entry that shows them.
 */
@Timeout(120)
class ForwardedFilesTest {
  private static final byte[] BYTES =
      "what a file holds".repeat(100).getBytes(StandardCharsets.UTF_8);
  private static final long LOBBY = 1;

  @TempDir Path folder;
  private ChatStore store;

  private ServerFixture server(Map<String, Object> configured, String... names) throws Exception {
    return new ServerFixture(
        folder,
        opened -> {
          store = opened;
          return opened;
        },
        configured,
        names);
  }

  private List<UUID> blobs() throws StorageException {
    return store.blobs(new UUID(0, 0), 100).stream().map(BlobState::id).toList();
  }

  private static Cursor upload(Somebody by, long room) {
    UUID id = UUID.randomUUID();
    Reply started =
        by.asks(
            new Command.StartUpload(
                id, room, "notes.txt", "text/plain", BYTES.length, new byte[0]));
    assertInstanceOf(Reply.UploadStarted.class, started, started::toString);
    Reply.Posted posted =
        assertInstanceOf(Reply.Posted.class, by.asks(new Command.UploadChunk(id, 0, BYTES)));
    return new Cursor(room, posted.number(), Cursor.prefix(id));
  }

  private static Cursor forward(Somebody by, Cursor file, long room) {
    UUID id = UUID.randomUUID();
    Reply.Posted posted = by.does(new Command.Forward(id, file, room));
    return new Cursor(room, posted.number(), Cursor.prefix(id));
  }

  private static void delete(Somebody by, Cursor file) {
    by.does(new Command.Delete(UUID.randomUUID(), file));
  }

  private static void isThere(Somebody reader, Cursor file) {
    Reply.Data data =
        assertInstanceOf(
            Reply.Data.class,
            reader.asks(new Command.Download(file.room(), file.number(), 0, BYTES.length)));
    assertArrayEquals(BYTES, data.bytes());
  }

  @Test
  void theBytesAreThereOnceAndGoWithTheLastEntryThatShowsThem() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      long room = boris.makes(RoomKind.PUBLIC, "first");
      Cursor file = upload(anna, LOBBY);
      Cursor second = forward(boris, file, room);
      Cursor third = forward(boris, second, LOBBY);
      assertEquals(1, blobs().size());
      delete(anna, file);
      isThere(boris, second);
      isThere(anna, third);
      delete(boris, third);
      isThere(boris, second);
      delete(boris, second);
      assertEquals(List.of(), blobs());
    }
  }

  @Test
  void whoDeletesTheAccountTakesNobodysForwardedFile() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      Cursor file = upload(anna, LOBBY);
      forward(anna, file, LOBBY);
      Cursor kept = forward(boris, file, LOBBY);
      assertInstanceOf(Reply.Done.class, anna.asks(new Command.DeleteAccount("correct horse")));
      while (anna.problem(new Command.Ping()) == null
          && boris.asks(new Command.Download(LOBBY, file.number(), 0, 1)) instanceof Reply.Data) {
        Thread.onSpinWait(); // until what anna said is erased
      }
      isThere(boris, kept);
      assertEquals(1, blobs().size());
      delete(boris, kept);
      assertEquals(List.of(), blobs());
    }
  }

  /** However forwarding and deleting meet, what is shown is there, and nothing else. */
  @Test
  void forwardingAndDeletingAtTheSameTime() throws Exception {
    Random random = new Random(7);
    try (ServerFixture server = server(Map.of(), "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      for (int round = 0; round < 30; round++) {
        Cursor file = upload(anna, LOBBY);
        UUID forwarded = UUID.randomUUID();
        int deletion = 0;
        int forwarding = 0;
        if (random.nextBoolean()) {
          deletion = anna.sends(new Command.Delete(UUID.randomUUID(), file));
          forwarding = boris.sends(new Command.Forward(forwarded, file, LOBBY));
        } else {
          forwarding = boris.sends(new Command.Forward(forwarded, file, LOBBY));
          deletion = anna.sends(new Command.Delete(UUID.randomUUID(), file));
        }
        assertInstanceOf(Reply.Posted.class, anna.answered(deletion));
        if (boris.answered(forwarding) instanceof Reply.Posted posted) {
          Cursor copy = new Cursor(LOBBY, posted.number(), Cursor.prefix(forwarded));
          isThere(anna, copy);
          delete(boris, copy);
        }
        assertEquals(List.of(), blobs(), "round " + round);
      }
    }
  }

  @Test
  void filesOfADayAreBounded() throws Exception {
    try (ServerFixture server =
        server(Map.of("fileBytes", 4_000L, "fileBytesPerDay", 4_000L), "anna", "boris")) {
      List<Cursor> files = new ArrayList<>();
      files.add(upload(server.one(0), LOBBY));
      files.add(upload(server.one(0), LOBBY));
      Command third =
          new Command.StartUpload(UUID.randomUUID(), LOBBY, "c", "text/plain", 1_700, new byte[0]);
      Reply.Failed refused = assertInstanceOf(Reply.Failed.class, server.one(0).asks(third));
      assertEquals(Problem.TOO_MANY, refused.problem());
      assertEquals(true, refused.retryAfter() > 3_600_000);
      upload(server.one(1), LOBBY);
      forward(server.one(0), files.getFirst(), LOBBY);
    }
  }

  @Test
  void filesAreNotTakenWhileTheDiskHasHardlyAnyRoomAndTextsAre() throws Exception {
    try (ServerFixture server = server(Map.of("freeDiskBytes", Long.MAX_VALUE), "anna")) {
      Command offer =
          new Command.StartUpload(UUID.randomUUID(), LOBBY, "c", "text/plain", 10, new byte[0]);
      assertEquals(Problem.UNAVAILABLE, server.one(0).problem(offer));
      server.one(0).says(LOBBY, "still here");
    }
  }
}
