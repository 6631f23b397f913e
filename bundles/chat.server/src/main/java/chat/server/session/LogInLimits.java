// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.base.NetworkAddress;
import chat.server.base.ServerConfig;
import chat.server.base.TokenBucket;
import chat.server.base.TokenBuckets;
import java.util.Arrays;
import java.util.List;

/**
 * How often passwords may be guessed, without a stranger being able to lock anybody out.
 *
 * <ul>
 *   <li>From one address to one name, few: that is where somebody guesses.
 *   <li>From one address in all, {@value #NAMES} times as many: a school is behind one.
 *   <li>To one name from everywhere: beyond a wide limit each attempt waits a few seconds before it
 *       is looked at. It is never refused, or the person would be shut out together with those who
 *       guess.
 * </ul>
 *
 * <p>A device that shows a token of an earlier log-in to the account has a limit of its own
 * instead, and nobody else can use it up (device cookies, as OWASP describes them).
 *
 * <p>A right password gives back what its attempt took.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public final class LogInLimits {
  private static final int BURST = 5;
  private static final int NAMES = 40;
  private static final int ADDRESSES = 6;

  /** How long an attempt waits that is one of too many to a name, in milliseconds. */
  static final long SLOW_MILLIS = 3_000;

  private record Guess(NetworkAddress from, String name) {}

  private record Device(String token) {}

  private final TokenBuckets<Guess> guesses;
  private final TokenBuckets<Device> devices;
  private final TokenBuckets<NetworkAddress> addresses;
  private final TokenBuckets<String> names;

  public LogInLimits(ServerConfig config) {
    double perSecond = config.logInsPerMinute() / 60.0;
    double burst = Math.max(BURST, config.logInsPerMinute());
    this.guesses = new TokenBuckets<>(burst, perSecond);
    this.devices = new TokenBuckets<>(burst, perSecond);
    this.addresses = new TokenBuckets<>(burst * NAMES, perSecond * NAMES);
    this.names = new TokenBuckets<>(burst * ADDRESSES, perSecond * ADDRESSES);
  }

  /**
   * What becomes of an attempt.
   *
   * @param refusedFor the milliseconds after which another one may be made; 0 if this one may
   * @param delay the milliseconds that it has to wait before it is looked at
   * @param taken what it took
   */
  public record Attempt(long refusedFor, long delay, List<TokenBucket> taken) {
    private static Attempt refused(long wait) {
      return new Attempt(wait, 0, List.of());
    }

    /** The password was right, or was not looked at: it does not count. */
    public void giveBack() {
      taken.forEach(TokenBucket::giveBack);
    }
  }

  /** One more attempt to log in to a name, from a device that has not been seen there. */
  public Attempt attempt(NetworkAddress from, String foldedName) {
    long now = System.nanoTime();
    TokenBucket address = addresses.of(from);
    long wait = address.take(now);
    if (wait > 0) {
      return Attempt.refused(wait);
    }
    TokenBucket guess = guesses.of(new Guess(from, foldedName));
    wait = guess.take(now);
    if (wait > 0) {
      address.giveBack();
      return Attempt.refused(wait);
    }
    TokenBucket name = names.of(foldedName);
    return name.take(now) > 0
        ? new Attempt(0, SLOW_MILLIS, List.of(address, guess))
        : new Attempt(0, 0, List.of(address, guess, name));
  }

  /** One more attempt from a device that has shown a token of an earlier log-in to the account. */
  public Attempt attemptOfKnownDevice(byte[] token) {
    TokenBucket device = devices.of(new Device(Arrays.toString(token)));
    long wait = device.take(System.nanoTime());
    return wait > 0 ? Attempt.refused(wait) : new Attempt(0, 0, List.of(device));
  }
}
