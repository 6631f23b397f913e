// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import chat.protocol.ModerationAction;
import chat.server.room.Account;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit log who came and what was done to whom. What fails is counted by minute, address
 * and name, so that a flood of attempts is a line a minute. A name that nobody has is not told:
 * people type their password there.
 *
 * <p>Bounds: {@value #WAITING} events wait, and so many kinds of failures a minute are told apart;
 * what is more is counted as lost, and that is told.
 *
 * <p><b>Threads.</b> Any may tell; a thread of its own writes.
 */
public final class AuditTrail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int WAITING = 10_000;
  private static final long LAST_MILLIS = 2_000;

  /** Wakes the writer; it is not interrupted, which would close the file under it. */
  private static final AuditEvent WAKE = new AuditEvent(Instant.EPOCH, "", Map.of());

  private record Failure(String event, String address, Optional<String> name) {}

  private final AuditLog log;
  private final InstantSource clock;
  private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer =
      Thread.ofPlatform().name("chat-audit").daemon().unstarted(this::write);
  private Map<Failure, Integer> failures = new LinkedHashMap<>();
  private volatile boolean ended;

  /** One that writes to this log. */
  public AuditTrail(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    writer.start();
  }

  public void loggedIn(Account account, SocketAddress peer) {
    tell("log-in", of(account, peer));
  }

  /**
   * A log-in failed.
   *
   * @param account whose name it was; empty if it was nobody's
   */
  public void failed(SocketAddress peer, Optional<Account> account) {
    count("log-in-failed", peer, account);
  }

  /** A log-in was not even looked at, after too many. */
  public void lockedOut(SocketAddress peer, Optional<Account> account) {
    count("locked-out", peer, account);
  }

  /**
   * Somebody is new.
   *
   * @param invitation the id of the one that was used
   */
  public void registered(Account account, SocketAddress peer, Optional<String> invitation) {
    Map<String, Object> fields = of(account, peer);
    fields.put("role", lower(account.role()));
    invitation.ifPresent(id -> fields.put("invitation", id));
    tell("registration", fields);
  }

  /** Somebody changed the password, or set another one by the operator's link. */
  public void passwordChanged(Account account, SocketAddress peer, boolean byLink) {
    tell(byLink ? "password-reset" : "password-change", of(account, peer));
  }

  /** Somebody set a second factor for the own account, or took it away. */
  public void secondFactor(Account account, SocketAddress peer, boolean isSet) {
    tell(isSet ? "second-factor-set" : "second-factor-removed", of(account, peer));
  }

  /** The password was right, the code of the second factor wrong. */
  public void codeFailed(SocketAddress peer, Account account) {
    count("code-failed", peer, Optional.of(account));
  }

  /**
   * Somebody came back by a token, from another address or after some time.
   *
   * @see #loggedIn
   */
  public void resumed(Account account, SocketAddress peer) {
    tell("resume", of(account, peer));
  }

  /** Somebody has another name. */
  public void renamed(Account account, SocketAddress peer, String next) {
    Map<String, Object> fields = of(account, peer);
    fields.put("newName", next);
    tell("rename", fields);
  }

  /**
   * An owner of the server did something to an account.
   *
   * @param action as the operator's word for it
   */
  public void administered(Account by, String action, Account whom, Map<String, String> details) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("by", "owner");
    fields.put("account", whom.id());
    fields.put("name", whom.name());
    fields.put("byAccount", by.id());
    fields.put("byName", by.name());
    fields.putAll(details);
    tell("account-" + action, fields);
  }

  /** An owner of the server announced something, or took it back. */
  public void announced(Account by, boolean isSomething) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("by", "owner");
    fields.put("byAccount", by.id());
    fields.put("byName", by.name());
    tell(isSomething ? "announce" : "announce-nothing", fields);
  }

  /** Somebody ended the own account. */
  public void deleted(Account account, SocketAddress peer) {
    tell("deletion", of(account, peer));
  }

  /** Somebody did something to somebody else in a room. */
  public void moderated(Account by, long room, ModerationAction action, Account whom, long until) {
    if (action == ModerationAction.INVITE) {
      return; // everybody does that
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("action", lower(action));
    fields.put("room", room);
    fields.put("account", whom.id());
    fields.put("name", whom.name());
    fields.put("byAccount", by.id());
    fields.put("byName", by.name());
    if (until != 0 && until != Long.MAX_VALUE) {
      fields.put("until", Instant.ofEpochMilli(until).toString());
    }
    tell("moderation", fields);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, Object> of(Account account, SocketAddress peer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", address(peer));
    fields.put("account", account.id());
    fields.put("name", account.name());
    return fields;
  }

  private static String address(SocketAddress peer) {
    String text =
        peer instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : peer.toString();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private void tell(String event, Map<String, Object> fields) {
    if (!waiting.offer(new AuditEvent(clock.instant(), event, fields))) {
      lost.incrementAndGet();
    }
  }

  private synchronized void count(String event, SocketAddress peer, Optional<Account> account) {
    Failure failure = new Failure(event, address(peer), account.map(Account::name));
    if (failures.size() < WAITING || failures.containsKey(failure)) {
      failures.merge(failure, 1, Integer::sum);
    } else {
      lost.incrementAndGet();
    }
  }

  private void write() {
    Instant minute = minute();
    while (!ended || !waiting.isEmpty()) {
      try {
        AuditEvent next = waiting.poll(1, TimeUnit.SECONDS);
        if (next != null && next != WAKE) {
          log.happened(next);
        }
        if (!minute().equals(minute)) {
          minute = minute();
          writeCounts();
        }
      } catch (InterruptedException e) {
        LOG.debug("Nobody interrupts it");
      } catch (RuntimeException e) {
        LOG.error("The audit log failed", e);
      }
    }
    writeCounts();
  }

  /** Writes what waits and what was counted in this minute, on this thread. */
  public void flush() {
    for (AuditEvent next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next != WAKE) {
        log.happened(next);
      }
    }
    writeCounts();
  }

  private Instant minute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  private void writeCounts() {
    Map<Failure, Integer> counted;
    synchronized (this) {
      counted = failures;
      failures = new LinkedHashMap<>();
    }
    counted.forEach((failure, count) -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("address", failure.address());
      failure.name().ifPresent(name -> fields.put("name", name));
      fields.put("count", count);
      log.happened(new AuditEvent(clock.instant(), failure.event(), fields));
    });
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      log.happened(new AuditEvent(clock.instant(), "lost", Map.of("count", missing)));
    }
  }

  /** Writes what waits. */
  @Override
  public void close() {
    ended = true;
    var unused = waiting.offer(WAKE);
    try {
      writer.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
