// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.CliException;
import chat.prove.client.ClassicClients;
import chat.prove.client.FileTraffic;
import chat.prove.client.Load;
import chat.prove.fault.FaultInjector;
import chat.prove.fault.Kind;
import chat.prove.fault.Progress;
import chat.prove.history.History;
import chat.prove.history.Violation;
import chat.prove.measure.FsyncWatch;
import chat.prove.report.AttackResult;
import chat.prove.report.Report;
import chat.prove.server.RunningServer;
import chat.prove.server.Server;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One run, from the first client to the report. */
public final class VerificationRun {
  private static final int STOPPING_TRIES = 100;

  private VerificationRun() {}

  /**
   * What a run against a server shows.
   *
   * @param arguments as on the command line
   */
  public static Report of(Server server, Path folder, String... arguments)
      throws IOException, InterruptedException {
    try {
      return of(
          server,
          folder,
          Options.parse(List.of(arguments)),
          new PrintStream(OutputStream.nullOutputStream()));
    } catch (CliException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * What a run against a server shows.
   *
   * @param folder for the builds that are swapped in
   */
  static Report of(Server server, Path folder, Options options, PrintStream out)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(options.disturbances().seed());
    // A name that no earlier run on the same server has taken.
    String name = "prove-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    try (FsyncWatch fsync = new FsyncWatch(server.data());
        ClassicClients classicClients =
            new ClassicClients(server, name, options.load().classicClients());
        Load load =
            new Load(
                server,
                name,
                options.load().clients(),
                options.load().rooms(),
                options.rate(),
                options.load().changes(),
                random.split())) {
      long start = System.nanoTime();
      List<AttackResult> attacks;
      Duration ownCpuBefore = ownCpu();
      Duration serverCpuBefore = cpu(server).orElse(Duration.ZERO);
      FaultInjector injector =
          new FaultInjector(
              server,
              load,
              options.disturbances(),
              options.load().classicClients() > 0,
              folder,
              random.split());
      FileTraffic files =
          new FileTraffic(
              load,
              options.load().files(),
              options.load().fileBytes(),
              options
                  .time()
                  .map(time -> time.dividedBy(options.load().files() + 1L))
                  .orElse(options.disturbances().every()),
              random.split());
      try (Progress _ = new Progress(out, load, injector)) {
        injector.start();
        files.start();
        attacks = attacks(server, options, out);
        if (attacks.isEmpty() && options.time().isPresent()) {
          Thread.sleep(options.time().get());
        }
        if (options.disturbances().swaps() > 0) {
          injector.await();
        }
        injector.stop();
        files.stop();
      }
      classicClients.stop();
      long end = System.nanoTime();
      Optional<Duration> serverCpu = cpu(server).map(cpu -> cpu.minus(serverCpuBefore));
      Duration ownCpu = ownCpu().minus(ownCpuBefore);
      History history = load.settle();
      files.check();
      classicClients.check(load.violations());
      classicClients.summary().lines().forEach(out::println);
      attacks.forEach(attack ->
          attack
              .verdict()
              .faults()
              .forEach(fault ->
                  load.violations().add(Violation.ATTACK_FELT, attack.name() + ": " + fault)));
      return new Report(
          options.disturbances().seed(),
          Duration.ofNanos(end - start),
          options.load().clients(),
          options.rate(),
          history.acknowledged(),
          history.stored(),
          history.delivered(),
          history.gapMarkers(),
          load.refusals(),
          load.losses(),
          load.unexpectedLosses(),
          files.sent(),
          files.checked(),
          load.violations().counts(),
          load.violations().examples(),
          load.pauses().all(),
          fsync.summary(),
          Report.OfKind.all(injector.done(), load.pauses(), end),
          serverCpu,
          ownCpu,
          attacks);
    }
  }

  /** Attacks, again and again until the time is over; each at least once. */
  private static List<AttackResult> attacks(Server server, Options options, PrintStream out)
      throws IOException, InterruptedException {
    List<AttackResult> results = new ArrayList<>();
    if (options.attackers().isPresent() && server instanceof ServerProcess own) {
      long end = System.nanoTime() + options.time().orElse(Duration.ZERO).toNanos();
      do {
        results.addAll(options.attackers().get().run(own, options.round(out)));
      } while (System.nanoTime() < end);
    }
    return results;
  }

  private static Optional<Duration> cpu(Server server) {
    return switch (server) {
      case ServerProcess own -> Optional.of(own.cpu());
      case RunningServer running -> Optional.empty();
    };
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Does what the command line asks for, with a server of its own if it names none. */
  static Report run(Options options, PrintStream out)
      throws CliException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory("chatroom-prove-");
    boolean fine = false;
    Thread stopped = new Thread(() -> removeWhatIsLeft(folder));
    Runtime.getRuntime().addShutdownHook(stopped);
    try {
      Report report =
          options.server().data().isPresent()
              ? of(RunningServer.on(options.server().data().get()), folder, options, out)
              : withOwnServer(folder, options, out);
      fine = report.isFine();
      return report;
    } finally {
      unhook(stopped);
      if (options.server().data().isPresent() || (fine && !options.server().keep())) {
        remove(folder);
      } else {
        out.println("The server's folder stays: " + folder);
      }
    }
  }

  private static Report withOwnServer(Path folder, Options options, PrintStream out)
      throws CliException, IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)
            .asInOperation(options.server().heap())) {
      if (options.disturbances().wanted().contains(Kind.MIGRATE)) {
        secondStore(server.data());
      }
      if (options.load().classicClients() > 0) {
        server.listeningToClassicClients();
      }
      try {
        if (options.attackers().isPresent()) {
          options.attackers().get().prepare(server, options.hostile().attacks());
        }
        server.start();
      } catch (IOException e) {
        throw new CliException(Exit.UNREACHABLE, String.valueOf(e.getMessage()));
      }
      return of(server, folder, options, out);
    }
  }

  /** Somewhere to migrate to. */
  private static void secondStore(Path data) throws IOException {
    Files.writeString(
        data.resolve("conf/chat.storage.sqlite-second.config"),
        "name=\"second\"\nfolder=\"store-second\"\n");
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being stopped, and the hook runs already.
    }
  }

  /** Somebody stops the program in the middle; the server, too, takes a moment to end. */
  private static void removeWhatIsLeft(Path folder) {
    for (int tried = 0; tried < STOPPING_TRIES && Files.exists(folder); tried++) {
      try {
        remove(folder);
      } catch (IOException | UncheckedIOException e) {
        Waits.moment();
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
