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
  public long take(long now) {
    return take(1, now);
  }

  /** Takes so many tokens, if there are; 0, or the milliseconds until there will be. */
  public synchronized long take(double wanted, long now) {
    refill(now);
    if (tokens >= wanted) {
      tokens -= wanted;
      return 0;
    }
    return millisUntil(wanted);
  }

  /**
   * Takes tokens for what has been done already, also if there are not so many.
   *
   * @return 0, or the milliseconds until nothing is owed any more
   */
  public synchronized long spend(double spent, long now) {
    refill(now);
    tokens -= spent;
    return tokens >= 0 ? 0 : millisUntil(0);
  }

  private void refill(long now) {
    tokens = Math.min(capacity, tokens + (now - at) * perNano);
    at = now;
  }

  private long millisUntil(double wanted) {
    return Math.max(1, (long) Math.ceil((wanted - tokens) / perNano / 1e6));
  }

  /** Gives a token back. */
  public synchronized void giveBack() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
