package chat.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Who may do how much in how much time. Remembers the busiest 10,000 of each kind. */
final class RateLimits {
  private static final int REMEMBERED = 10_000;
  private static final int LOG_IN_BURST = 5;
  private static final double TEN_MINUTES = 600;

  private final ServerConfig config;
  private final Map<Object, TokenBucket> messages = bounded();
  private final Map<Object, TokenBucket> logIns = bounded();
  private final Map<Object, TokenBucket> registrations = bounded();

  RateLimits(ServerConfig config) {
    this.config = config;
  }

  /** One more message of an account; 0 or the milliseconds to wait. */
  long message(long account) {
    return bucket(
            messages, account, () -> bucket(config.messageBurst(), config.messagesPerSecond()))
        .take(System.nanoTime());
  }

  /** One more attempt to log in to an account; give it back if the password was right. */
  TokenBucket logIn(String foldedName) {
    int perMinute = config.logInsPerMinute();
    return bucket(
        logIns, foldedName, () -> bucket(Math.max(LOG_IN_BURST, perMinute), perMinute / 60.0));
  }

  /** One more registration from an address; 0 or the milliseconds to wait. */
  long registration(SocketAddress peer) {
    Object key = peer instanceof InetSocketAddress inet ? inet.getAddress() : peer;
    int allowed = config.registrationsPerTenMinutes();
    return bucket(registrations, key, () -> bucket(allowed, allowed / TEN_MINUTES))
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
