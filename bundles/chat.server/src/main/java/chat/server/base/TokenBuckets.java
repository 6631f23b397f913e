// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * A rate limit for each key of a kind. A bucket that nobody touched for as long as it takes to be
 * full again is forgotten, which makes no difference. None is forgotten before: whoever could make
 * others be forgotten would free a key from its limit. When there are {@value #REMEMBERED}, all
 * further keys share one.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public final class TokenBuckets<K> {
  private static final int REMEMBERED = 100_000;

  private final double capacity;
  private final double perSecond;
  private final Cache<K, TokenBucket> known;
  private final TokenBucket others;

  /**
   * @param capacity so many at once
   * @param perSecond and so many a second in the long run
   */
  public TokenBuckets(double capacity, double perSecond) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.others = fresh();
    this.known =
        Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMillis(1_000 + (long) (capacity / perSecond * 1_000)))
            .executor(Runnable::run)
            .build();
  }

  private TokenBucket fresh() {
    return new TokenBucket(capacity, perSecond, System.nanoTime());
  }

  public TokenBucket of(K key) {
    TokenBucket bucket = known.getIfPresent(key);
    if (bucket != null) {
      return bucket;
    }
    if (known.estimatedSize() >= REMEMBERED) {
      known.cleanUp();
      if (known.estimatedSize() >= REMEMBERED) {
        return others;
      }
    }
    return known.get(key, absent -> fresh());
  }

  /** One more for this key; 0 or the milliseconds to wait. */
  public long take(K key) {
    return of(key).take(System.nanoTime());
  }
}
