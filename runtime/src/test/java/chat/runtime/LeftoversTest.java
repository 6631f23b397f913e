package chat.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.Proof;
import chat.prove.Report;
import chat.prove.ServerProcess;
import java.io.IOException;
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

  /**
   * A store has a connection to write, one for checkpoints and those to read, which it opens when
   * they are needed; two files each, and one that they share. SQLite itself closes the file of a
   * connection that is gone only once no other one in the process holds a lock, so that another
   * store's worth of them may still be there. A connection left behind by each of the swaps would
   * be more than that.
   */
  private static final int MOST_OF_TWO_STORES =
      2 * (2 * (2 + Math.max(1, Runtime.getRuntime().availableProcessors() - 1)) + 1);

  @TempDir Path folder;

  /** What there is of things that a swap could leave behind. */
  private record Count(long loaders, long threads, long handles, long storeHandles, long files) {

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
          count(proc.resolve("fd")) - storeHandles(proc, data),
          storeHandles(proc, data),
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

    private static long storeHandles(Path proc, Path data) throws IOException {
      Path store = data.toRealPath().resolve("store");
      try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
        return handles.filter(handle -> target(handle).startsWith(store)).count();
      }
    }

    /** A handle may be closed while we look. */
    private static Path target(Path handle) {
      try {
        return Files.readSymbolicLink(handle);
      } catch (IOException e) {
        return handle;
      }
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

  private Report swaps(ServerProcess server, int swaps) throws IOException, InterruptedException {
    return Proof.of(
        server,
        folder,
        "--clients",
        "4",
        "--rate",
        "40",
        "--swap",
        "random",
        "--swaps",
        String.valueOf(swaps),
        "--every",
        "0.02");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells")
  void aHundredSwapsLeaveNothingBehind() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start()) {
      assertEquals(List.of(), swaps(server, 10).examples());
      Count before = settled(server);
      assertEquals(List.of(), swaps(server, 100).examples());
      Count after = settled(server);
      System.out.println("before 100 swaps " + before + ", after " + after);
      assertEquals(before.loaders(), after.loaders());
      assertTrue(after.threads() <= before.threads() + 2, before + " " + after);
      assertTrue(after.handles() <= before.handles() + 3, before + " " + after);
      assertTrue(after.storeHandles() <= MOST_OF_TWO_STORES, before + " " + after);
      assertTrue(after.files() <= before.files(), before + " " + after);
    }
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
