// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One client, an adapter and a {@link ModelServer}, without sockets and threads: everything happens
 * at once and in order, and time passes when it is said to. The memory is copied between the calls
 * as it is when connections change hands.
 */
public final class AdapterSimulation {

  /** Time that stands still until it is moved. */
  public static final class Clock implements InstantSource {
    private long millis = 1_000_000;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }

  private record Answer(int correlation, Reply reply) {}

  private final Clock clock = new Clock();
  private final ModelServer server;
  private final Function<InstantSource, ProtocolAdapter> adapters;
  private final List<byte[]> frames = new ArrayList<>();
  private final List<Command> asked = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private Map<String, Object> memory = new ConcurrentHashMap<>();
  private long wakeAt = Long.MAX_VALUE;
  private int deafFor = -1;
  private boolean closed;

  /**
   * @param adapters gives one for each call
   */
  public AdapterSimulation(ModelServer server, Function<InstantSource, ProtocolAdapter> adapters) {
    this.server = server;
    this.adapters = adapters;
  }

  /** A connection begins, or the server's logic was exchanged: answers under way are lost. */
  public AdapterSimulation begins() {
    answers.clear();
    return after(adapter().begin(memory()));
  }

  /** The client says something. */
  public AdapterSimulation says(byte[] bytes) {
    unread.writeBytes(bytes);
    return after(List.of());
  }

  /** Time passes, with everything that was to happen in it. */
  public AdapterSimulation waits(long millis) {
    long until = clock.millis + millis;
    while (wakeAt <= until) {
      clock.millis = Math.max(clock.millis, wakeAt);
      wakeAt = Long.MAX_VALUE;
      after(adapter().onTimer(memory()));
    }
    clock.millis = until;
    return this;
  }

  /** Something happens, if the client can hear of it now; false if not. */
  public boolean tells(Event event) {
    if (!adapter().acceptsEvents(memory())) {
      return false;
    }
    after(adapter().onEvent(event, memory()));
    return true;
  }

  /** Who is here now. */
  public AdapterSimulation present(List<Person> people) {
    return after(adapter().onPresence(people, memory()));
  }

  /** A reply that nobody may have asked for. */
  public AdapterSimulation answered(int correlation, Reply reply) {
    return after(adapter().onReply(correlation, reply, memory()));
  }

  /** The answer to the command after this many is lost, though it is carried out. */
  public AdapterSimulation losesAnswer(int after) {
    deafFor = after;
    return this;
  }

  private AdapterSimulation after(List<AdapterAction> first) {
    run(first);
    while (!closed) {
      Answer next = answers.poll();
      if (next != null) {
        run(adapter().onReply(next.correlation(), next.reply(), memory()));
      } else if (unread.size() == 0 || !adapter().acceptsInput(memory()) || !heard()) {
        break;
      }
    }
    return this;
  }

  private boolean heard() {
    ByteBuffer bytes = ByteBuffer.wrap(unread.toByteArray());
    run(adapter().received(bytes, memory()));
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    boolean taken = rest.length < unread.size();
    unread.reset();
    unread.writeBytes(rest);
    return taken;
  }

  private void run(List<AdapterAction> steps) {
    for (AdapterAction step : steps) {
      switch (step) {
        case AdapterAction.RunCommand(int correlation, Command command) -> {
          asked.add(command);
          Reply reply = server.answer(command);
          if (deafFor-- != 0) {
            answers.add(new Answer(correlation, reply));
          }
        }
        case AdapterAction.Send(byte[] frame) -> frames.add(frame);
        case AdapterAction.StartTimer(long millis) ->
            wakeAt = Math.min(wakeAt, clock.millis + millis);
        case AdapterAction.ReportError(String why) -> complaints.add(why);
        case AdapterAction.Close() -> closed = true;
      }
    }
  }

  private ProtocolAdapter adapter() {
    return adapters.apply(clock);
  }

  private Map<String, Object> memory() {
    memory = new ConcurrentHashMap<>(Map.copyOf(memory));
    return memory;
  }

  /** What is remembered now. */
  public Map<String, Object> remembered() {
    return Map.copyOf(memory);
  }

  /** Everything sent since it was asked last. */
  public List<byte[]> sent() {
    List<byte[]> sent = List.copyOf(frames);
    frames.clear();
    return sent;
  }

  /** Every command that was asked. */
  public List<Command> asked() {
    return List.copyOf(asked);
  }

  /** What could not be understood. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Bytes that nobody took. */
  public int unread() {
    return unread.size();
  }

  public boolean reads() {
    return adapter().acceptsInput(memory());
  }

  public boolean isClosed() {
    return closed;
  }

  public ModelServer server() {
    return server;
  }
}
