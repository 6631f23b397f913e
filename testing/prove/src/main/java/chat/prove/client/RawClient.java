// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.prove.server.Server;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A client without manners: says whatever bytes it likes, over real TLS. One thread. */
public final class RawClient implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";

  private final Wire wire;
  private final Queue<Event> events = new ArrayDeque<>();

  /** What the server said: a reply, an event, or that it hung up. */
  public record Said(int correlation, @Nullable ServerMessage message) {}

  public RawClient(Server server) throws IOException {
    wire = new Wire(server.address(), server.guest().from());
  }

  /** Says Hello. */
  public static RawClient greeted(Server server) throws IOException {
    RawClient client = new RawClient(server);
    client.ask(new Command.Hello(NegotiatedProtocol.VERSION, List.of(), "raw", "en"));
    return client;
  }

  /** Has registered and entered. */
  public static RawClient entered(Server server, String name) throws IOException {
    RawClient client = greeted(server);
    client.ask(new Command.Register(name, PASSWORD, "raw", ""));
    client.ask(new Command.Sync(List.of(), 0, 0));
    return client;
  }

  public void send(byte[] bytes) throws IOException {
    wire.send(bytes);
  }

  /** Sends a command and does not wait. */
  public int say(Command command) throws IOException {
    return wire.say(command);
  }

  public byte[] frame(Command command) {
    return wire.frame(command);
  }

  /** Sends a command and gives its reply; events on the way are kept. */
  public Reply ask(Command command) throws IOException {
    int asked = say(command);
    while (true) {
      Said said = hear();
      if (said.message() == null) {
        throw new EOFException("the server hung up on " + command);
      }
      if (said.correlation() == asked && said.message() instanceof Reply reply) {
        return reply;
      }
    }
  }

  /** The problem with which a command is refused. */
  public Problem refusal(Command command) throws IOException {
    Reply reply = ask(command);
    if (reply instanceof Reply.Failed failed) {
      return failed.problem();
    }
    throw new AssertionError("not refused: " + reply);
  }

  /** The next thing the server says. */
  public Said hear() throws IOException {
    Decoded.Message<ServerMessage> said = wire.next();
    if (said == null) {
      return new Said(0, null);
    }
    if (said.message() instanceof Event event) {
      events.add(event);
    }
    return new Said(said.correlation(), said.message());
  }

  /** Everything that is said until the server hangs up. */
  public List<ServerMessage> lastWords() throws IOException {
    List<ServerMessage> words = new ArrayList<>();
    try {
      for (ServerMessage word = hear().message(); word != null; word = hear().message()) {
        words.add(word);
      }
    } catch (SocketException e) {
      return words; // it hung up while we were still talking
    }
    return words;
  }

  /** Closes without a word, also while another thread is stuck in the middle of one. */
  public void vanish() throws IOException {
    wire.cut();
  }

  public Queue<Event> events() {
    return events;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
