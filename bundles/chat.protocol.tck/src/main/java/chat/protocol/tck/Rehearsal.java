// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Interpreter;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.protocol.Step;
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
 * One client, an interpreter and a {@link PaperServer}, without sockets and threads: everything
 * happens at once and in order, and time passes when it is said to. The memory is copied between
 * the calls as it is when connections change hands.
 */
public final class Rehearsal {

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
  private final PaperServer server;
  private final Function<InstantSource, Interpreter> interpreters;
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
   * @param interpreters gives one for each call
   */
  public Rehearsal(PaperServer server, Function<InstantSource, Interpreter> interpreters) {
    this.server = server;
    this.interpreters = interpreters;
  }

  /** A connection begins, or the server's logic was exchanged: answers under way are lost. */
  public Rehearsal begins() {
    answers.clear();
    return after(interpreter().begin(memory()));
  }

  /** The client says something. */
  public Rehearsal says(byte[] bytes) {
    unread.writeBytes(bytes);
    return after(List.of());
  }

  /** Time passes, with everything that was to happen in it. */
  public Rehearsal waits(long millis) {
    long until = clock.millis + millis;
    while (wakeAt <= until) {
      clock.millis = Math.max(clock.millis, wakeAt);
      wakeAt = Long.MAX_VALUE;
      after(interpreter().woken(memory()));
    }
    clock.millis = until;
    return this;
  }

  /** Something happens, if the client can hear of it now; false if not. */
  public boolean tells(Event event) {
    if (!interpreter().listens(memory())) {
      return false;
    }
    after(interpreter().told(event, memory()));
    return true;
  }

  /** Who is here now. */
  public Rehearsal present(List<Person> people) {
    return after(interpreter().present(people, memory()));
  }

  /** A reply that nobody may have asked for. */
  public Rehearsal answered(int correlation, Reply reply) {
    return after(interpreter().answered(correlation, reply, memory()));
  }

  /** The answer to the command after this many is lost, though it is carried out. */
  public Rehearsal losesAnswer(int after) {
    deafFor = after;
    return this;
  }

  private Rehearsal after(List<Step> first) {
    run(first);
    while (!closed) {
      Answer next = answers.poll();
      if (next != null) {
        run(interpreter().answered(next.correlation(), next.reply(), memory()));
      } else if (unread.size() == 0 || !interpreter().reads(memory()) || !heard()) {
        break;
      }
    }
    return this;
  }

  private boolean heard() {
    ByteBuffer bytes = ByteBuffer.wrap(unread.toByteArray());
    run(interpreter().heard(bytes, memory()));
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    boolean taken = rest.length < unread.size();
    unread.reset();
    unread.writeBytes(rest);
    return taken;
  }

  private void run(List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Ask(int correlation, Command command) -> {
          asked.add(command);
          Reply reply = server.answer(command);
          if (deafFor-- != 0) {
            answers.add(new Answer(correlation, reply));
          }
        }
        case Step.Send(byte[] frame) -> frames.add(frame);
        case Step.WakeAfter(long millis) -> wakeAt = Math.min(wakeAt, clock.millis + millis);
        case Step.Complain(String why) -> complaints.add(why);
        case Step.Close() -> closed = true;
      }
    }
  }

  private Interpreter interpreter() {
    return interpreters.apply(clock);
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
    return interpreter().reads(memory());
  }

  public boolean isClosed() {
    return closed;
  }

  public PaperServer server() {
    return server;
  }
}
