// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.server.room.Room;
import chat.storage.ChatStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one commit added leaves in one piece for each connection, and is heard as ever. */
@Timeout(60)
final class HandOutTest {
  private static final int TEXTS = 12;

  @TempDir Path folder;

  private volatile CountDownLatch holding = new CountDownLatch(0);
  private volatile CountDownLatch held = new CountDownLatch(0);

  private ChatStore held(ChatStore store) {
    return InterceptingStore.store(
        store,
        (method, arguments, call) -> {
          if (method.equals("commit")) {
            held.countDown();
            holding.await();
          }
          return call.goOn();
        });
  }

  @Test
  void aBatchLeavesInOnePiece() throws Exception {
    try (ServerFixture fixture = new ServerFixture(folder, this::held, "anna", "bert")) {
      ServerFixture.Somebody anna = fixture.one(0);
      ServerFixture.Somebody bert = fixture.one(1);
      fixture.settle();
      bert.hears();
      anna.hears();
      int toAnna = anna.sent();
      int toBert = bert.sent();
      List<Integer> asked = saysAtOnce(anna);
      for (int number : asked) {
        assertInstanceOf(Reply.Posted.class, anna.answered(number));
      }
      fixture.settle();
      List<String> heard = texts(bert);
      assertEquals(texts(anna), heard);
      assertEquals(TEXTS, heard.size());
      for (int i = 0; i < TEXTS; i++) {
        assertEquals("text " + i, heard.get(i));
      }
      // Two or three commits, each one piece: without, as many as there are texts, and replies.
      assertTrue(bert.sent() - toBert <= TEXTS / 2, (bert.sent() - toBert) + " to bert");
      assertTrue(anna.sent() - toAnna <= TEXTS, (anna.sent() - toAnna) + " to anna");
    }
  }

  /** A batch is announced behind its replies, however busy the connection is meanwhile. */
  @Test
  void whatWasAddedIsHeardWhenItIsAnnouncedAndNotBefore() throws Exception {
    try (ServerFixture fixture = new ServerFixture(folder, "anna")) {
      ServerFixture.Somebody anna = fixture.one(0);
      fixture.settle();
      anna.hears();
      Room lobby = fixture.directory().rooms().lobby();
      lobby.add(
          new Event.Entry(
              Room.LOBBY,
              lobby.tail().head() + 1,
              UUID.randomUUID(),
              fixture.directory().accounts().person(anna.account()),
              1,
              new Content.Text("added")));
      anna.session().advance();
      assertEquals(List.of(), texts(anna));
      fixture.settle(); // a batch ends
      assertEquals(List.of("added"), texts(anna));
    }
  }

  /** The first is held in the store until all others have been sent. */
  private List<Integer> saysAtOnce(ServerFixture.Somebody author) throws InterruptedException {
    List<Integer> asked = new ArrayList<>();
    held = new CountDownLatch(1);
    holding = new CountDownLatch(1);
    for (int i = 0; i < TEXTS; i++) {
      asked.add(author.sends(new Command.Post(UUID.randomUUID(), Room.LOBBY, "text " + i)));
      held.await();
    }
    holding.countDown();
    return asked;
  }

  private static List<String> texts(ServerFixture.Somebody somebody) {
    return somebody.hears().stream()
        .filter(Event.Entry.class::isInstance)
        .map(told -> ((Content.Text) ((Event.Entry) told).content()).text())
        .toList();
  }
}
