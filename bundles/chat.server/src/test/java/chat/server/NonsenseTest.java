// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.cbor.CborClientFormat;
import chat.protocol.tck.Samples;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are well formed and make no sense: each is answered once, none is a fault. */
@Timeout(120)
class NonsenseTest {
  private static final int ROUNDS = 150;
  private static final int MOST_BYTES = 60_000;

  @TempDir Path folder;

  @Test
  void whateverIsAskedIsAnswered() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      long room = anna.makes(RoomKind.PUBLIC, "room");
      anna.bringsIn(boris, room);
      Random random = new Random(3);
      AtomicLong answered = new AtomicLong();
      for (int round = 0; round < ROUNDS; round++) {
        for (Command command : new Samples(random).each(Command.class)) {
          boolean ends =
              command instanceof Command.LogOut || command instanceof Command.DeleteAccount;
          if (!ends && new CborClientFormat().encode(1, command).length < MOST_BYTES) {
            Reply reply = anna.asks(command);
            if (reply instanceof Reply.Failed failed) {
              assertNotEquals(Problem.INTERNAL, failed.problem(), command::toString);
            }
            answered.incrementAndGet();
          }
        }
      }
      assertEquals(true, answered.get() > 20L * ROUNDS);
      assertInstanceOf(Reply.Done.class, anna.asks(new Command.Ping()));
      boris.says(room, "still here");
      server.settle();
    }
  }
}
