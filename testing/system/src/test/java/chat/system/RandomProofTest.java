// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.VerificationRun;
import chat.prove.fault.Kind;
import chat.prove.report.Report;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that can be exchanged is exchanged, in an order of chance, while connections break, the
 * server is killed, and files go through. {@code -Dchat.prove.seed=N} takes the same chances again.
 */
@Timeout(300)
class RandomProofTest {
  private static final int MOST_SEED = 1 << 20;

  @TempDir Path folder;

  @Test
  void whateverHappensWhileNothingIsLost() throws IOException, InterruptedException {
    long seed = Long.getLong("chat.prove.seed", new Random().nextInt(MOST_SEED));
    System.out.printf("-Dchat.prove.seed=%d%n", seed);
    Report report = report(seed);
    System.out.println(done(report));
    assertEquals(List.of(), report.examples(), () -> "with -Dchat.prove.seed=" + seed);
    assertTrue(report.isFine());
    for (Kind kind : List.of(Kind.UPGRADE, Kind.MIGRATE, Kind.CUT, Kind.KILL)) {
      assertTrue(report.count(kind) > 0, () -> kind + " was not tried: " + done(report));
    }
    assertTrue(
        Stream.of(Kind.STORAGE, Kind.STORAGE_IN_PLACE, Kind.PROTOCOL, Kind.SERVER, Kind.CONNECTION)
            .anyMatch(kind -> report.count(kind) > 0),
        () -> "no part was exchanged alone: " + done(report));
    assertTrue(report.acknowledged() > 1_000, () -> "there was no load: " + done(report));
    assertEquals(3, report.filesChecked());
  }

  private Report report(long seed) throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      Exchange.secondStore(server);
      server.start();
      return VerificationRun.of(
          server,
          folder,
          "--seconds",
          "45",
          "--clients",
          "8",
          "--rooms",
          "3",
          "--changes",
          "20",
          "--rate",
          "300",
          "--files",
          "3",
          "--swap",
          "random,upgrade,migrate",
          "--cut",
          "--kill",
          "--every",
          "0.5",
          "--seed",
          String.valueOf(seed));
    }
  }

  private static String done(Report report) {
    StringBuilder done = new StringBuilder(report.acknowledged() + " acknowledged");
    for (Kind kind : Kind.values()) {
      done.append(", ").append(kind).append(' ').append(report.count(kind));
    }
    return done.toString();
  }
}
