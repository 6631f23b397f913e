// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

/** A rate limit: so many at once, so many a second on the long run. May be used by any thread. */
public final class TokenBucket {
  private final double capacity;
  private final double perNano;
  private double tokens;
  private long at;

  public TokenBucket(double capacity, double perSecond, long now) {
    this.capacity = capacity;
    this.perNano = perSecond / 1e9;
    this.tokens = capacity;
    this.at = now;
  }

  /**
   * Takes one token.
   *
   * @param now by {@link System#nanoTime}
   * @return 0, or the milliseconds until there will be one
   */
  public synchronized long take(long now) {
    tokens = Math.min(capacity, tokens + (now - at) * perNano);
    at = now;
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - tokens) / perNano / 1e6));
  }

  /** Gives a token back. */
  public synchronized void giveBack() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
