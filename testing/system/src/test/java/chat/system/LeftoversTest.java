// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command.Direction;
import chat.prove.VerificationRun;
import chat.prove.report.Report;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A hundred swaps leave nothing behind: no class loader, thread, file handle or file. */
@Timeout(300)
class LeftoversTest {
  private static final String LOADER =
      "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

  /** Every kind of swap, in turn: what only the first one of a part leaves is there before. */
  private static final String EACH = "storage,storage-in-place,protocol,server,connection";

  @TempDir Path folder;

  /** What there is of things that a swap could leave behind. */
  private record Count(long loaders, long threads, long handles, long files) {

    static Count of(ServerProcess server, Path data) throws IOException, InterruptedException {
      String histogram = jcmd(server, "GC.class_histogram");
      Path proc = Path.of("/proc", String.valueOf(server.pid()));
      return new Count(
          histogram
              .lines()
              .filter(line -> line.contains(LOADER))
              .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
              .sum(),
          count(proc.resolve("task")),
          count(proc.resolve("fd")),
          walk(data.resolve("cache")) + walk(data.resolve("tmp")) + walk(data.resolve("store")));
    }

    private static String jcmd(ServerProcess server, String word)
        throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(server.pid()),
                  word)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      return said;
    }

    private static long count(Path folder) throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.count();
      }
    }

    private static long walk(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).count();
      }
    }
  }

  private Report swaps(ServerProcess server, String what, int swaps)
      throws IOException, InterruptedException {
    return VerificationRun.of(
        server,
        folder,
        "--clients",
        "4",
        "--rate",
        "40",
        "--classic",
        "2",
        "--swap",
        what,
        "--swaps",
        String.valueOf(swaps),
        "--every",
        "0.02");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells")
  void aHundredSwapsLeaveNothingBehind() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      Files.writeString(
          server.data().resolve("conf/chat.connection.netty-classic.config"),
          "name=\"classic\"\nformats=[\"classic\"]\nhost=\"127.0.0.1\"\nport=I\"0\"\n"
              + "tls=B\"false\"\nframeBytes=I\"1024\"\n");
      server.start();
      assertEquals(List.of(), swaps(server, EACH, 10).examples());
      Count before = comparable(server, "before");
      assertEquals(List.of(), swaps(server, "random", 100).examples());
      Count after = comparable(server, "after");
      System.out.println("before 100 swaps " + before + ", after " + after);
      assertEquals(before.loaders(), after.loaders());
      assertTrue(after.threads() <= before.threads() + 2, before + " " + after);
      assertTrue(after.handles() <= before.handles() + 3, before + " " + after);
      assertTrue(after.files() <= before.files(), before + " " + after);
    }
  }

  /**
   * Counted when all is open that is opened once it is needed, and nothing else.
   *
   * <p>A store opens its connections when they are used, and SQLite keeps the file of one that is
   * closed while another one has the same file open, as it is when a store is opened beside the
   * last one. So the store is closed, opened, written to and read from; those connections that read
   * take turns. And the JDK has handles of its own as soon as a virtual thread has waited on a
   * socket, as it does for an operator who says nothing.
   */
  private Count comparable(ServerProcess server, String visitor)
      throws IOException, InterruptedException {
    try (SocketChannel operator = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      operator.connect(UnixDomainSocketAddress.of(server.data().resolve("run/admin.sock")));
      assertEquals(List.of(), swaps(server, "storage-in-place", 1).examples());
    }
    try (TestUser friend = TestUser.named(visitor, server, folder)) {
      friend.registers().saysAndHears("here");
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        TestUser.get(friend.client().history(TestUser.LOBBY, Direction.BEFORE, 0, 1));
      }
    }
    return settled(server);
  }

  /** Counted until two counts agree: threads and connections take a moment to end. */
  private static Count settled(ServerProcess server) throws IOException, InterruptedException {
    Count last = Count.of(server, server.data());
    for (int i = 0; i < 20; i++) {
      Thread.sleep(500);
      Count next = Count.of(server, server.data());
      if (next.equals(last)) {
        return next;
      }
      last = next;
    }
    return last;
  }
}
