// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import chat.server.room.Room;
import chat.server.session.Formats;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client for which somebody speaks who may go at any time. */
@Timeout(60)
class AdaptedProtocolTest {
  @TempDir Path folder;

  /** Registers, enters, and keeps what it is told; goes when it is asked something. */
  private static final class Fleeting implements ProtocolAdapter {
    private static final String LIVE = "live";

    private final Formats formats;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Reply> answers = new LinkedBlockingQueue<>();
    private volatile boolean going;

    Fleeting(Formats formats) {
      this.formats = formats;
    }

    private void mayGo() {
      if (going) {
        going = false;
        Thread stopping = Thread.ofPlatform().start(() -> formats.remove(this));
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait(); // it waits for the end of this call
        }
      }
    }

    @Override
    public String name() {
      return "cbor"; // that of the paper's listener
    }

    @Override
    public int passwordMin() {
      return 6;
    }

    @Override
    public boolean acceptsInput(Map<String, Object> memory) {
      return true;
    }

    @Override
    public boolean acceptsEvents(Map<String, Object> memory) {
      mayGo();
      return memory.containsKey(LIVE);
    }

    @Override
    public List<AdapterAction> begin(Map<String, Object> memory) {
      return List.of(new AdapterAction.RunCommand(1, new Command.Hello(1, List.of(), "old", "en")));
    }

    @Override
    public List<AdapterAction> onReply(int correlation, Reply reply, Map<String, Object> memory) {
      answers.add(reply);
      return switch (correlation) {
        case 1 ->
            List.of(
                new AdapterAction.RunCommand(
                    2, new Command.Register("mute", "correct horse", "old", "")));
        case 2 -> List.of(new AdapterAction.RunCommand(3, new Command.Sync(List.of(), 0, 0)));
        default -> {
          memory.put(LIVE, true);
          yield List.of();
        }
      };
    }

    @Override
    public List<AdapterAction> onEvent(Event event, Map<String, Object> memory) {
      if (event instanceof Event.Entry entry && entry.content() instanceof Content.Text text) {
        received.add(text.text());
      }
      return List.of();
    }

    @Override
    public List<AdapterAction> received(ByteBuffer bytes, Map<String, Object> memory) {
      return List.of();
    }

    @Override
    public List<AdapterAction> onTimer(Map<String, Object> memory) {
      return List.of();
    }

    @Override
    public List<AdapterAction> onPresence(List<Person> people, Map<String, Object> memory) {
      return List.of();
    }
  }

  @Test
  void whatIsToldWhenItGoesIsToldOnce() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna")) {
      Somebody anna = server.one(0);
      Formats formats = server.formats();
      Fleeting fleeting = new Fleeting(formats);
      formats.add(fleeting);
      server.adopts(new FakeConnection(99));
      for (Class<?> wanted :
          List.of(Reply.Welcome.class, Reply.LoggedIn.class, Reply.Synced.class)) {
        assertInstanceOf(wanted, fleeting.answers.poll(20, TimeUnit.SECONDS));
      }
      anna.says(Room.LOBBY, "before");
      assertEquals("before", fleeting.received.poll(20, TimeUnit.SECONDS));
      fleeting.going = true;
      anna.says(Room.LOBBY, "in this moment");
      server.settle();
      anna.says(Room.LOBBY, "while it is away");
      server.settle();
      assertTrue(fleeting.received.size() <= 1, "nobody is there");
      formats.add(fleeting);
      server.formatArrived();
      for (String wanted : List.of("in this moment", "while it is away")) {
        assertEquals(wanted, fleeting.received.poll(20, TimeUnit.SECONDS));
      }
      assertEquals(List.of(), List.copyOf(fleeting.received));
    }
  }
}
