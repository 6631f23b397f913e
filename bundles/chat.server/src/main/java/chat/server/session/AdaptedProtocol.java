// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.connection.Connection;
import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a client that has words of its own, for which an {@link ProtocolAdapter} speaks. What that
 * remembers is in the connection's attributes.
 *
 * <p>Who comes and goes is not passed on as it is told: the client's list is brought to how it is,
 * as soon as it can hear it. So nothing of it is missed while the adapter is away, or the client
 * does not read.
 *
 * <p><b>Threads.</b> This object's lock keeps the adapter's calls apart, and its frames in order.
 * What it asks is carried out by the adapter executor, without that lock.
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

  /** Who is here, as the client was told last. */
  private final Set<Long> known = new HashSet<>();

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

  AdaptedProtocol(Session session, Formats formats, String name, ProtocolAdapter adapter) {
    this.session = session;
    this.connection = session.connection();
    this.formats = formats;
    this.name = name;
    this.memory = connection.attributes();
    this.adapterExecutor = session.adapterExecutor();
    this.policy = ClientPolicy.of(adapter);
  }

  /** A lease of the adapter; to be asked for with the lock. */
  private @Nullable Leased<ProtocolAdapter> adapter() {
    return ended ? null : formats.adapter(name);
  }

  private boolean isThere() {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      return adapter != null;
    }
  }

  @Override
  public ClientPolicy policy() {
    return policy;
  }

  @Override
  public synchronized boolean isReady() {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      return adapter != null && begun && adapter.service().acceptsInput(memory);
    }
  }

  @Override
  public synchronized void begin(boolean again) {
    beginning = true;
    peopleChanged = again;
    peopleFrom = System.nanoTime() + (again ? COMING_BACK.toNanos() : 0);
    beginSoon();
  }

  private void beginSoon() {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      if (beginning && adapter != null) {
        beginning = false;
        begun = true;
        run(adapter, here -> here.begin(memory));
        tellPeopleSoon();
      }
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
        try (Leased<ProtocolAdapter> adapter = adapter()) {
          if (adapter == null) {
            continue; // it has just gone, and the bytes wait for the next
          }
          run(adapter, here -> here.received(bytes, memory));
        }
      }
      if (bytes.position() == before) {
        return;
      }
    }
  }

  @Override
  public synchronized boolean answer(int correlation, Reply reply) {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      if (adapter != null) {
        run(adapter, here -> here.onReply(correlation, reply, memory));
      } else if (!ended) {
        unheard.add(new Waiting(correlation, reply));
        return false;
      }
      return true;
    }
  }

  @Override
  public boolean send(SharedBlock entries) {
    return false;
  }

  @Override
  public boolean send(SharedEvent shared) {
    if (shared.event() instanceof Event.Entry entry) {
      introduce(entry.author().account());
    }
    return pass(shared.event());
  }

  /** Whoever has just come and speaks already is shown to be here before that. */
  private void introduce(long author) {
    if (isKnown(author)
        || !(session.stage() instanceof Session.Stage.Member member)
        || !session.presence().shows(author, member.account().id())) {
      return;
    }
    List<Person> online = session.presence().online(member.account().id());
    synchronized (this) {
      try (Leased<ProtocolAdapter> adapter = adapter()) {
        if (adapter != null && adapter.service().acceptsEvents(memory)) {
          show(adapter, online);
          known.add(author); // a list of many may not have had room for it
        }
      }
    }
  }

  /** Whether the client knows that somebody is here, or does not know yet who came back at all. */
  private synchronized boolean isKnown(long account) {
    return ended || System.nanoTime() - peopleFrom < 0 || known.contains(account);
  }

  private void show(Leased<ProtocolAdapter> adapter, List<Person> online) {
    known.clear();
    online.forEach(person -> known.add(person.account()));
    run(adapter, here -> here.onPresence(online, memory));
  }

  private synchronized boolean pass(Event event) {
    if (event instanceof Event.Presence) {
      peopleChanged = true;
      tellPeopleSoon();
      return true;
    }
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      if (adapter == null || !connection.writable() || !adapter.service().acceptsEvents(memory)) {
        return false;
      }
      run(adapter, here -> here.onEvent(event, memory));
      return true;
    }
  }

  @Override
  public synchronized int formatArrived() {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      return adapter == null ? 0 : catchUp(adapter);
    }
  }

  /** Tells a new adapter what waited for it, and says how many answers that were. */
  private int catchUp(Leased<ProtocolAdapter> adapter) {
    policy = ClientPolicy.of(adapter.service());
    beginSoon();
    int answered = 0;
    for (Waiting next = unheard.poll(); next != null; next = unheard.poll()) {
      Waiting heard = next;
      run(adapter, here -> here.onReply(heard.correlation(), heard.reply(), memory));
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
      if (!peopleChanged || !isThere() || !connection.writable()) {
        return; // whoever comes, or becomes able to hear it, asks again
      }
      peopleChanged = false;
    }
    if (session.stage() instanceof Session.Stage.Member member) {
      List<Person> online = session.presence().online(member.account().id());
      synchronized (this) {
        try (Leased<ProtocolAdapter> adapter = adapter()) {
          if (adapter == null) {
            peopleChanged = true;
          } else {
            show(adapter, online);
          }
        }
      }
    }
  }

  @Override
  public synchronized void close(Event lastWords) {
    try (Leased<ProtocolAdapter> adapter = adapter()) {
      if (adapter != null && adapter.service().acceptsEvents(memory)) {
        run(adapter, here -> here.onEvent(lastWords, memory));
      }
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
   * One call of the adapter, and what it wants done. Only with the lock.
   *
   * @param leased the caller's lease; not looked for again, since what is told to nobody is lost
   */
  private void run(
      Leased<ProtocolAdapter> leased, Function<ProtocolAdapter, List<AdapterAction>> call) {
    ProtocolAdapter adapter = leased.service();
    try {
      boolean listened = adapter.acceptsEvents(memory);
      call.apply(adapter).forEach(this::take);
      if (!listened && adapter.acceptsEvents(memory)) {
        adapterExecutor.execute(session::advance);
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: its adapter failed, closed", session, e);
      connection.close(new byte[0]);
    }
  }

  private void take(AdapterAction step) {
    switch (step) {
      case AdapterAction.RunCommand(int correlation, Command command) ->
          adapterExecutor.execute(() -> carryOut(correlation, command));
      case AdapterAction.Send(byte[] frame) -> connection.send(frame);
      case AdapterAction.StartTimer(long millis) -> wakeAfter(millis);
      case AdapterAction.ReportError(String why) -> {
        if (++complaints <= LOGGED) {
          LOG.info("{}: {}", session, why);
        }
      }
      case AdapterAction.Close close -> connection.close(new byte[0]);
    }
  }

  private void carryOut(int correlation, Command command) {
    try {
      session.run(correlation, command);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: a command failed", session, e);
      session.refuse(correlation, Refusal.faulty());
    }
  }

  /** An alarm that is earlier stays: the adapter then says again how long it wants to wait. */
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
      try (Leased<ProtocolAdapter> adapter = adapter()) {
        if (adapter != null) {
          run(adapter, here -> here.onTimer(memory));
        }
      }
    }
    session.offerAgain();
  }
}
