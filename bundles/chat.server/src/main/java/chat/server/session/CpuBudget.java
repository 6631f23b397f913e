// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.base.ServerConfig;
import chat.server.base.TokenBuckets;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How much of the processor what one account asks for may take: half of one in the long run unless
 * configured otherwise, and some seconds at once. Whoever has used more is not refused, but served
 * later: its connections are read again when the debt is paid, and others go first.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public final class CpuBudget {
  private static final double NANOS_OF_A_PERCENT = 1e7;

  /** So many seconds of its share an account may take at once. */
  private static final double SECONDS_AT_ONCE = 10;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TokenBuckets<Long> accounts;

  public CpuBudget(ServerConfig config) {
    double perSecond = config.processorPercentPerAccount() * NANOS_OF_A_PERCENT;
    accounts = new TokenBuckets<>(SECONDS_AT_ONCE * perSecond, perSecond);
  }

  /** The processor time of this thread so far, in nanoseconds. */
  static long threadNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Counts what was used; whether the account has to wait now. */
  boolean spend(long account, long nanos) {
    return accounts.of(account).spend((double) nanos, System.nanoTime()) > 0;
  }
}
