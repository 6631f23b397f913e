// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
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

/** Members read files part by part, from wherever they like, while the message is there. */
@Timeout(60)
class DownloadTest {
  private static final int CHUNK = 32 << 10;

  @TempDir Path folder;

  private final byte[] bytes = new byte[(64 << 10) + 5 * CHUNK / 2];
  private final AtomicInteger piecesRead = new AtomicInteger();
  private ServerFixture server;
  private Somebody anna;
  private Somebody boris;
  private long room;
  private Cursor file;

  @BeforeEach
  void open() throws Exception {
    new Random(2).nextBytes(bytes);
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
            "anna",
            "boris");
    anna = server.one(0);
    boris = server.one(1);
    room = anna.makes(RoomKind.PRIVATE, "garden");
    anna.bringsIn(boris, room);
    file = sends(anna);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Cursor sends(Somebody by) {
    UUID id = UUID.randomUUID();
    by.asks(new Command.StartUpload(id, room, "a.bin", "", bytes.length, new byte[0]));
    Reply last = new Reply.Done();
    for (int at = 0; at < bytes.length; at += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK, bytes.length));
      last = by.asks(new Command.UploadChunk(id, at, chunk));
    }
    Reply.Posted posted = assertInstanceOf(Reply.Posted.class, last);
    return new Cursor(room, posted.number(), Cursor.prefix(id));
  }

  private Command.Download part(long offset, int length) {
    return new Command.Download(room, file.number(), offset, length);
  }

  private void reads(Somebody by, int from, int length) {
    Reply.Data data = assertInstanceOf(Reply.Data.class, by.asks(part(from, length)));
    assertEquals(from, data.offset());
    int to = Math.min(from + length, bytes.length);
    assertArrayEquals(from < to ? Arrays.copyOfRange(bytes, from, to) : new byte[0], data.bytes());
  }

  @Test
  void anyPartIsReadAlsoAcrossThePiecesThatAreStored() {
    int piece = 64 << 10;
    reads(boris, 0, CHUNK);
    reads(boris, piece - 7, 14);
    reads(boris, bytes.length - 3, CHUNK);
    reads(boris, bytes.length, CHUNK);
    reads(boris, bytes.length + 1_000, 1);
  }

  @Test
  void partsOfOnePieceAreOpenedOnce() {
    for (int at = 0; at < 64 << 10; at += 1_024) {
      reads(boris, at, 1_024);
    }
    assertEquals(1, piecesRead.get());
  }

  @Test
  void lengthsHaveTheirBounds() {
    assertEquals(Problem.TOO_LARGE, boris.problem(part(0, 0)));
    assertEquals(Problem.TOO_LARGE, boris.problem(part(0, CHUNK + 1)));
    assertEquals(Problem.TOO_LARGE, boris.problem(part(-1, 1)));
  }

  @Test
  void whatIsNoFileOrWasDeletedIsUnknown() {
    long text = anna.says(room, "hello").number();
    assertEquals(Problem.FILE_UNKNOWN, boris.problem(new Command.Download(room, text, 0, 1)));
    assertEquals(Problem.FILE_UNKNOWN, boris.problem(new Command.Download(room, 4_711, 0, 1)));
    reads(boris, 0, 10);
    anna.does(new Command.Delete(UUID.randomUUID(), file));
    assertEquals(Problem.FILE_UNKNOWN, boris.problem(part(0, 10)));
  }

  @Test
  void whoIsNoMemberAnyMoreReadsNothing() {
    reads(boris, 0, 10);
    anna.does(ModerationAction.KICK, boris, room);
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(part(0, 10)));
  }
}
