// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.base.NetworkAddress;
import chat.server.base.ServerConfig;
import chat.server.base.TokenBuckets;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who may do how much in how much time: an account, and, far more, everybody behind one address.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public final class RateLimits {
  private static final double TEN_MINUTES = 600;
  private static final double HOUR = 3600;
  private static final double SIGNS = 4;
  private static final double PICTURES = 10;
  private static final double PICTURES_PER_HOUR = 60;
  private static final double PASSWORDS = 5;

  /** So many people may be behind one address, a school's or an office's. */
  static final double PEOPLE_PER_ADDRESS = 40;

  /** What an account may do only so often. */
  public enum Kind {
    MESSAGE("messages"),
    /** What is small and often: marks, drafts, signs of typing. */
    SIGN("signs"),
    SEARCH("searches"),
    /** Rooms made, people asked. */
    START("rooms and requests"),
    PICTURE("pictures"),
    /** The password of somebody who is logged in. */
    PASSWORD("passwords");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  private final Map<Kind, TokenBuckets<Long>> ofAccounts = new EnumMap<>(Kind.class);
  private final Map<Kind, TokenBuckets<NetworkAddress>> ofAddresses = new EnumMap<>(Kind.class);
  private final TokenBuckets<NetworkAddress> registrations;
  private final TokenBuckets<NetworkAddress> adaptedRegistrations;

  public RateLimits(ServerConfig config) {
    for (Kind kind : Kind.values()) {
      ofAccounts.put(kind, buckets(config, kind, 1));
      ofAddresses.put(kind, buckets(config, kind, PEOPLE_PER_ADDRESS));
    }
    registrations = inTenMinutes(config.registrationsPerTenMinutes());
    adaptedRegistrations = inTenMinutes(config.classicRegistrationsPerTenMinutes());
  }

  private static TokenBuckets<NetworkAddress> inTenMinutes(int allowed) {
    return new TokenBuckets<>(allowed, allowed / TEN_MINUTES);
  }

  private static <K> TokenBuckets<K> buckets(ServerConfig config, Kind kind, double times) {
    double burst = config.messageBurst() * times;
    double perSecond = config.messagesPerSecond() * times;
    double starts = config.startsPerHour() * times;
    return switch (kind) {
      case MESSAGE, SEARCH -> new TokenBuckets<>(burst, perSecond);
      case SIGN -> new TokenBuckets<>(SIGNS * burst, SIGNS * perSecond);
      case START -> new TokenBuckets<>(starts, starts / HOUR);
      case PICTURE -> new TokenBuckets<>(PICTURES * times, PICTURES_PER_HOUR * times / HOUR);
      case PASSWORD -> new TokenBuckets<>(PASSWORDS * times, PASSWORDS * times / TEN_MINUTES);
    };
  }

  /** One more of this by an account from an address; 0 or the milliseconds to wait. */
  public long take(Kind kind, long account, SocketAddress peer) {
    TokenBuckets<Long> own = Objects.requireNonNull(ofAccounts.get(kind));
    long wait = own.take(account);
    if (wait > 0) {
      return wait;
    }
    wait = Objects.requireNonNull(ofAddresses.get(kind)).take(NetworkAddress.of(peer));
    if (wait > 0) {
      own.of(account).giveBack();
    }
    return wait;
  }

  /** One more registration from an address; 0 or the milliseconds to wait. */
  public long registration(SocketAddress peer, ClientPolicy policy) {
    return (policy.sharedAddress() ? adaptedRegistrations : registrations)
        .take(NetworkAddress.of(peer));
  }
}
