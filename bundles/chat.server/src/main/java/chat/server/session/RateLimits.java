// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.base.ServerConfig;
import chat.server.base.TokenBucket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Who may do how much in how much time: an account, and, far more, everybody behind one address.
 * Remembers the busiest 10,000 of each kind.
 */
public final class RateLimits {
  private static final int REMEMBERED = 10_000;
  private static final int LOG_IN_BURST = 5;
  private static final double TEN_MINUTES = 600;
  private static final double HOUR = 3600;
  private static final double SIGNS = 4;
  private static final double PICTURES = 10;
  private static final double PICTURES_PER_HOUR = 60;

  /** So many people may be behind one address, a school's or an office's. */
  private static final double PEOPLE_PER_ADDRESS = 40;

  /** What an account may do only so often. */
  public enum Kind {
    MESSAGE("messages"),
    /** What is small and often: marks, drafts, signs of typing. */
    SIGN("signs"),
    SEARCH("searches"),
    /** Rooms made, people asked. */
    START("rooms and requests"),
    PICTURE("pictures");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  private final ServerConfig config;
  private final Map<Kind, Map<Object, TokenBucket>> ofAccounts = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<Object, TokenBucket>> ofAddresses = new EnumMap<>(Kind.class);
  private final Map<Object, TokenBucket> logIns = bounded();
  private final Map<Object, TokenBucket> registrations = bounded();

  public RateLimits(ServerConfig config) {
    this.config = config;
    for (Kind kind : Kind.values()) {
      ofAccounts.put(kind, bounded());
      ofAddresses.put(kind, bounded());
    }
  }

  /** One more of this by an account from an address; 0 or the milliseconds to wait. */
  public long take(Kind kind, long account, SocketAddress peer) {
    TokenBucket own = bucket(of(ofAccounts, kind), account, () -> fresh(kind, 1));
    TokenBucket shared =
        bucket(of(ofAddresses, kind), address(peer), () -> fresh(kind, PEOPLE_PER_ADDRESS));
    long now = System.nanoTime();
    long wait = own.take(now);
    if (wait > 0) {
      return wait;
    }
    wait = shared.take(now);
    if (wait > 0) {
      own.giveBack();
    }
    return wait;
  }

  private static Map<Object, TokenBucket> of(Map<Kind, Map<Object, TokenBucket>> all, Kind kind) {
    return Objects.requireNonNull(all.get(kind));
  }

  private TokenBucket fresh(Kind kind, double times) {
    double burst = config.messageBurst() * times;
    double perSecond = config.messagesPerSecond() * times;
    double starts = config.startsPerHour() * times;
    return switch (kind) {
      case MESSAGE, SEARCH -> bucket(burst, perSecond);
      case SIGN -> bucket(SIGNS * burst, SIGNS * perSecond);
      case START -> bucket(starts, starts / HOUR);
      case PICTURE -> bucket(PICTURES * times, PICTURES_PER_HOUR * times / HOUR);
    };
  }

  private static Object address(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet ? inet.getAddress() : peer;
  }

  /** One more attempt to log in to an account; give it back if the password was right. */
  public TokenBucket logIn(String foldedName) {
    int perMinute = config.logInsPerMinute();
    return bucket(
        logIns, foldedName, () -> bucket(Math.max(LOG_IN_BURST, perMinute), perMinute / 60.0));
  }

  /** One more registration from an address; 0 or the milliseconds to wait. */
  public long registration(SocketAddress peer) {
    int allowed = config.registrationsPerTenMinutes();
    return bucket(registrations, address(peer), () -> bucket(allowed, allowed / TEN_MINUTES))
        .take(System.nanoTime());
  }

  private static TokenBucket bucket(double capacity, double perSecond) {
    return new TokenBucket(capacity, perSecond, System.nanoTime());
  }

  private static TokenBucket bucket(
      Map<Object, TokenBucket> buckets, Object key, Supplier<TokenBucket> fresh) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(key, k -> fresh.get());
    }
  }

  private static Map<Object, TokenBucket> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Object, TokenBucket> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
