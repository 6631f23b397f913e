// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Refusal;
import chat.server.base.ServerConfig;
import chat.server.base.TokenBuckets;
import chat.server.command.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much accounts may bring in: so many bytes of files in a day, at a pace that leaves others
 * theirs, and nothing while the disk has hardly any room for what people say.
 */
public final class FileQuotas {
  private static final double DAY = 86_400;
  private static final double PACE = 32 << 20;
  private static final long LOOK_NANOS = 1_000_000_000;
  private static final long FULL_MILLIS = 60_000;

  private final TokenBuckets<Long> days;
  private final TokenBuckets<Long> paces = new TokenBuckets<>(2 * PACE, PACE);
  private final Limits limits;
  private final LongSupplier disk;
  private final long floor;
  private volatile long lookedAt = System.nanoTime() - LOOK_NANOS;
  private volatile long free;

  /**
   * @param disk the bytes that are free where the data lie
   */
  public FileQuotas(ServerConfig config, Limits limits, LongSupplier disk) {
    double perDay = Math.max(config.fileBytesPerDay(), config.fileBytes());
    this.days = new TokenBuckets<>(perDay, perDay / DAY);
    this.limits = limits;
    this.disk = disk;
    this.floor = config.freeDiskBytes();
  }

  /** What holds for each file. */
  Limits limits() {
    return limits;
  }

  /** Whether a file of this size may come; counts it. */
  void admit(Request request, long size) throws Refusal {
    checkDisk(size);
    long wait = days.of(request.accountId()).take((double) size, System.nanoTime());
    if (wait > 0) {
      throw Refusal.postponed(Problem.TOO_MANY, "too many bytes of files for one day", wait);
    }
  }

  /** Whether the disk has room for so many bytes more. */
  void checkDisk(long bytes) throws Refusal {
    if (free() - bytes < floor) {
      throw Refusal.postponed(
          Problem.UNAVAILABLE, "the server's disk has no room for files", FULL_MILLIS);
    }
  }

  private long free() {
    long now = System.nanoTime();
    if (now - lookedAt >= LOOK_NANOS) {
      free = disk.getAsLong();
      lookedAt = now;
    }
    return free;
  }

  /** Answers a part of a file when its bytes fit the pace: clients send on what is answered. */
  void answerAtPace(Request request, int bytes, Runnable answer) {
    long wait = paces.of(request.accountId()).spend(bytes, System.nanoTime());
    if (wait == 0) {
      answer.run();
    } else {
      CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(answer);
    }
  }
}
