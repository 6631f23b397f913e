// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.connection.Connection;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Interpreter;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.Step;
import chat.server.room.SharedEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a client that has words of its own, for which an {@link Interpreter} speaks. What that
 * remembers is in the connection's attributes.
 *
 * <p>Who comes and goes is not passed on as it is told: the client's list is brought to how it is,
 * as soon as it can hear it. So nothing of it is missed while the interpreter is away, or the
 * client does not read.
 *
 * <p><b>Threads.</b> This object's lock keeps the interpreter's calls apart, and its frames in
 * order. What it asks is carried out by the hands, without that lock.
 */
final class AdaptedProtocol implements ClientProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(AdaptedProtocol.class);

  /** In this time after an exchange those have come back who had not gone. */
  private static final Duration COMING_BACK = Duration.ofSeconds(1);

  /** Complaints about one connection that are logged. */
  private static final int LOGGED = 20;

  private record Waiting(int correlation, Reply reply) {}

  private final Session session;
  private final Connection connection;
  private final Formats formats;
  private final String name;
  private final Map<String, Object> memory;
  private final ScheduledExecutorService adapterExecutor;
  private final Queue<Waiting> unheard = new ArrayDeque<>();
  private int complaints;
  private boolean begun;
  private boolean beginning;
  private boolean ended;
  private boolean peopleChanged;
  private boolean peopleAsked;
  private long peopleFrom = System.nanoTime();
  private long wakeAt;
  private @Nullable Future<?> alarm;
  private volatile ClientPolicy policy;

  AdaptedProtocol(Session session, Formats formats, String name, Interpreter interpreter) {
    this.session = session;
    this.connection = session.connection();
    this.formats = formats;
    this.name = name;
    this.memory = connection.attributes();
    this.adapterExecutor = session.adapterExecutor();
    this.policy = ClientPolicy.of(interpreter);
  }

  private @Nullable Interpreter interpreter() {
    return ended ? null : formats.interpreter(name);
  }

  @Override
  public ClientPolicy manners() {
    return policy;
  }

  @Override
  public synchronized boolean isReady() {
    Interpreter interpreter = interpreter();
    return interpreter != null && begun && interpreter.reads(memory);
  }

  @Override
  public synchronized void begin(boolean again) {
    beginning = true;
    peopleChanged = again;
    peopleFrom = System.nanoTime() + (again ? COMING_BACK.toNanos() : 0);
    beginSoon();
  }

  private void beginSoon() {
    Interpreter interpreter = interpreter();
    if (beginning && interpreter != null) {
      beginning = false;
      begun = true;
      run(interpreter, here -> here.begin(memory));
      tellPeopleSoon();
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (!session.isOver()) {
      if (!session.ready()) {
        session.pause();
        return;
      }
      int before = bytes.position();
      synchronized (this) {
        if (!isReady()) {
          continue; // it has just been woken, and has something else to do
        }
        Interpreter interpreter = interpreter();
        if (interpreter == null) {
          continue; // it has just gone, and the bytes wait for the next
        }
        run(interpreter, here -> here.heard(bytes, memory));
      }
      if (bytes.position() == before) {
        return;
      }
    }
  }

  @Override
  public synchronized boolean answer(int correlation, Reply reply) {
    Interpreter interpreter = interpreter();
    if (interpreter != null) {
      run(interpreter, here -> here.answered(correlation, reply, memory));
    } else if (!ended) {
      unheard.add(new Waiting(correlation, reply));
      return false;
    }
    return true;
  }

  @Override
  public synchronized boolean tell(SharedEvent shared) {
    Event event = shared.event();
    if (event instanceof Event.Presence) {
      peopleChanged = true;
      tellPeopleSoon();
      return true;
    }
    Interpreter interpreter = interpreter();
    if (interpreter == null || !connection.writable() || !interpreter.listens(memory)) {
      return false;
    }
    run(interpreter, here -> here.told(event, memory));
    return true;
  }

  @Override
  public synchronized int arrived() {
    Interpreter interpreter = interpreter();
    if (interpreter == null) {
      return 0;
    }
    policy = ClientPolicy.of(interpreter);
    beginSoon();
    int answered = 0;
    for (Waiting next = unheard.poll(); next != null; next = unheard.poll()) {
      Waiting heard = next;
      run(interpreter, here -> here.answered(heard.correlation(), heard.reply(), memory));
      answered++;
    }
    if (begun) {
      wakeAfter(1); // the last build's wishes may have met nobody
      tellPeopleSoon();
    }
    return answered;
  }

  @Override
  public synchronized void resume() {
    tellPeopleSoon();
  }

  private void tellPeopleSoon() {
    if (!ended && peopleChanged && !peopleAsked) {
      peopleAsked = true;
      long wait = Math.max(0, peopleFrom - System.nanoTime());
      var unused = adapterExecutor.schedule(this::tellPeople, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tellPeople() {
    synchronized (this) {
      peopleAsked = false;
      if (!peopleChanged || interpreter() == null || !connection.writable()) {
        return; // whoever comes, or becomes able to hear it, asks again
      }
      peopleChanged = false;
    }
    if (session.stage() instanceof Session.Stage.Member member) {
      List<Person> online = session.presence().online(member.account().id());
      synchronized (this) {
        Interpreter interpreter = interpreter();
        if (interpreter == null) {
          peopleChanged = true;
          return;
        }
        run(interpreter, here -> here.present(online, memory));
      }
    }
  }

  @Override
  public synchronized void close(Event lastWords) {
    Interpreter interpreter = interpreter();
    if (interpreter != null && interpreter.listens(memory)) {
      run(interpreter, here -> here.told(lastWords, memory));
    }
    connection.close(new byte[0]);
  }

  @Override
  public synchronized void end() {
    ended = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /**
   * One call of the interpreter, and what it wants done. Only with the lock.
   *
   * @param interpreter whom the caller found here; it may go at any time, and must not be looked
   *     for twice: what is told to nobody would be lost
   */
  private void run(Interpreter interpreter, Function<Interpreter, List<Step>> call) {
    try {
      boolean listened = interpreter.listens(memory);
      call.apply(interpreter).forEach(this::take);
      if (!listened && interpreter.listens(memory)) {
        adapterExecutor.execute(session::advance);
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: its interpreter failed, closed", session, e);
      connection.close(new byte[0]);
    }
  }

  private void take(Step step) {
    switch (step) {
      case Step.Ask(int correlation, Command command) ->
          adapterExecutor.execute(() -> carryOut(correlation, command));
      case Step.Send(byte[] frame) -> connection.send(frame);
      case Step.WakeAfter(long millis) -> wakeAfter(millis);
      case Step.Complain(String why) -> {
        if (++complaints <= LOGGED) {
          LOG.info("{} was not understood: {}", session, why);
        }
      }
      case Step.Close close -> connection.close(new byte[0]);
    }
  }

  private void carryOut(int correlation, Command command) {
    try {
      session.run(correlation, command);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: a command failed", session, e);
      session.fail(correlation, Problem.INTERNAL, "a fault of the server");
    }
  }

  /** An alarm that is earlier stays: the interpreter then says again how long it wants to wait. */
  private void wakeAfter(long millis) {
    long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (ended || (alarm != null && wakeAt - at <= 0)) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    wakeAt = at;
    alarm = adapterExecutor.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
  }

  private void wake() {
    synchronized (this) {
      alarm = null;
      Interpreter interpreter = interpreter();
      if (interpreter != null) {
        run(interpreter, here -> here.woken(memory));
      }
    }
    session.offerAgain();
  }
}
