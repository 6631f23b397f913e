// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a text costs the server, from its arrival until the last member of the room has it: rooms of
 * growing size, at full and at half load and one text at a time. The server is a process of its
 * own, and its processor time is read from /proc.
 */
@Command(name = "texts", mixinStandardHelpOptions = true, sortOptions = false)
public final class Texts implements Callable<Integer> {
  @Parameters(index = "0", description = "the assembled server")
  private Path home = Path.of("");

  @Option(names = "--members", split = ",", description = "sizes of the room, ascending")
  private List<Integer> sizes = List.of(2, 10, 100, 1_000);

  @Option(names = "--window", description = "texts under way at full load")
  private int window = 64;

  @Option(names = "--seconds", description = "length of each measurement")
  private int seconds = 10;

  @Option(names = "--warm-up", description = "seconds before each measurement")
  private int warmUp = 5;

  @Option(names = "--ids", description = "how clients make ids: random or ordered")
  private String ids = "ordered";

  @Option(names = "--pin", description = "processor on which the server runs alone")
  private @Nullable Integer pin;

  @Option(names = "--json", description = "file to write the figures to")
  private @Nullable Path json;

  @Option(names = "--compare", description = "figures of an earlier run")
  private @Nullable Path compare;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Texts()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("chatroom-bench");
    List<String> before = pin == null ? List.of() : List.of("taskset", "-c", pin.toString());
    List<Figures.Row> rows = new ArrayList<>();
    try (Program server = Program.chatroom(before, home, data);
        Generator generator = new Generator(ids.equals("ordered"))) {
      for (int size : sizes) {
        while (generator.members() < size) {
          Peer peer = new Peer(server.port(), 1);
          peer.register("member" + generator.members());
          peer.enter();
          generator.add(peer);
        }
        measure(server, generator, rows);
      }
    }
    Figures figures =
        new Figures(Figures.commit(home), Instant.now().toString(), ids, fsync(data), rows);
    System.out.print(figures.table(compare == null ? null : Figures.read(compare)));
    if (json != null) {
      Files.writeString(json, figures.json());
    }
    return 0;
  }

  private void measure(Program server, Generator generator, List<Figures.Row> rows)
      throws IOException {
    Figures.Row full =
        row(
            server,
            generator,
            window + " under way",
            edge ->
                generator.window(
                    window, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), edge));
    rows.add(full);
    rows.add(
        row(
            server,
            generator,
            "half load",
            edge ->
                generator.rate(
                    full.textsPerSecond() / 2,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(seconds),
                    edge)));
    rows.add(
        row(
            server,
            generator,
            "one at a time",
            edge -> generator.window(1, Duration.ofSeconds(1), Duration.ofSeconds(seconds), edge)));
  }

  /** What the server has used up to a moment. */
  private record Use(double seconds, double cpu, long sleeps, long writes) {
    static Use of(Program server) throws IOException {
      return new Use(
          System.nanoTime() / 1e9, server.cpuSeconds(), server.sleeps(), server.writes());
    }

    Use since(Use before) {
      return new Use(
          seconds - before.seconds,
          cpu - before.cpu,
          sleeps - before.sleeps,
          writes - before.writes);
    }
  }

  private interface Load {
    Generator.Counts run(Generator.Edge edge) throws IOException;
  }

  private static Figures.Row row(Program server, Generator generator, String name, Load load)
      throws IOException {
    List<Use> uses = new ArrayList<>();
    Generator.Counts counts = load.run(() -> uses.add(Use.of(server)));
    Use used = uses.getLast().since(uses.getFirst());
    double texts = Math.max(1, counts.texts());
    return new Figures.Row(
        generator.members(),
        name,
        counts.texts() / used.seconds(),
        new Figures.Cost(
            used.cpu() * 1e6 / texts,
            used.cpu() * 1e6 / Math.max(1, counts.deliveries()),
            used.sleeps() / texts,
            used.writes() / texts),
        times(counts.answers()),
        times(counts.arrivals()));
  }

  private static Figures.Times times(Histogram histogram) {
    return new Figures.Times(millis(histogram, 50), millis(histogram, 99));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  /** What the disk takes for a durable write, in milliseconds in the middle. */
  private static double fsync(Path data) throws IOException {
    Histogram took = new Histogram(3);
    try (FileChannel file =
        FileChannel.open(
            data.resolve("fsync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 200; i++) {
        long start = System.nanoTime();
        file.write(ByteBuffer.allocate(4 << 10));
        file.force(false);
        took.recordValue(System.nanoTime() - start);
      }
    }
    return millis(took, 50);
  }
}
