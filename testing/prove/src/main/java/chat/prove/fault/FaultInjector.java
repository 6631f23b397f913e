// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AnswerText;
import chat.admin.client.CopyReport;
import chat.prove.client.Client;
import chat.prove.client.Load;
import chat.prove.history.Violation;
import chat.prove.server.Builds;
import chat.prove.server.RunningServer;
import chat.prove.server.Server;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Does to a server, one after another, what is wanted of it. One thread; others may ask how far it
 * is.
 */
public final class FaultInjector {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration COPYING = Duration.ofMillis(100);
  private static final Duration COPYING_PATIENCE = Duration.ofHours(1);

  private final Server server;
  private final Load load;
  private final DisturbanceOptions options;
  private final boolean classic;
  private final Path folder;
  private final Schedule schedule;
  private final SplittableRandom random;
  private final List<Disturbance> done = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private boolean migrated;

  /**
   * @param classic whether there are original clients, whose protocol is exchanged, too
   * @param folder for the builds
   */
  public FaultInjector(
      Server server,
      Load load,
      DisturbanceOptions options,
      boolean classic,
      Path folder,
      SplittableRandom random) {
    this.server = server;
    this.classic = classic;
    this.load = load;
    this.options = options;
    this.folder = folder;
    this.schedule = new Schedule(options.wanted(), random.split());
    this.random = random;
    this.thread = Thread.ofPlatform().name("injector").daemon().unstarted(this::run);
  }

  public void start() {
    if (!options.wanted().isEmpty()) {
      thread.start();
    }
  }

  /** Waits until as many were done as are wanted. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /** Ends with the one that is being done. */
  public void stop() throws InterruptedException {
    over.countDown();
    thread.join();
  }

  public synchronized List<Disturbance> done() {
    return List.copyOf(done);
  }

  private void run() {
    try {
      for (int i = 0; options.swaps() == 0 || i < options.swaps(); i++) {
        if (over.await(options.every().toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
        Disturbance disturbance = disturb(schedule.next());
        synchronized (this) {
          done.add(disturbance);
        }
        if (!disturbance.problem().isEmpty()) {
          load.violations()
              .add(
                  Violation.FAILED_DISTURBANCE,
                  disturbance.kind().word() + ": " + disturbance.problem());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Disturbance disturb(Kind kind) throws InterruptedException {
    Back back = new Back(touched(kind));
    long start = System.nanoTime();
    String problem;
    try {
      problem = act(kind, back.clients);
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    long end = System.nanoTime();
    if (problem.isEmpty()) {
      problem = back.await();
    }
    long took = back.clients.isEmpty() ? 0 : System.nanoTime() - start;
    return new Disturbance(kind, start, end, took, problem);
  }

  /** Whose connection is going to break; a swap of the sockets' owner leaves them open. */
  private List<Client> touched(Kind kind) {
    return switch (kind) {
      case KILL -> load.clients();
      case CUT -> some(load.clients());
      case STORAGE,
          STORAGE_IN_PLACE,
          PROTOCOL,
          SERVER,
          CONNECTION,
          UPGRADE,
          UPGRADE_PARTS,
          MIGRATE,
          RANDOM ->
          List.of();
    };
  }

  /** Says what is wrong, nothing if nothing. */
  private String act(Kind kind, List<Client> touched) throws IOException, InterruptedException {
    return switch (kind) {
      case STORAGE -> swap("chat.storage.sqlite");
      case STORAGE_IN_PLACE -> swap("chat.storage.sqlite", "--in-place");
      case PROTOCOL -> {
        String problem = swap("chat.protocol.cbor");
        yield problem.isEmpty() && classic ? swap("chat.protocol.classic") : problem;
      }
      case SERVER -> swap("chat.server");
      case CONNECTION -> swap("chat.connection.netty");
      case UPGRADE -> problem(server.ask("upgrade", Builds.release(folder).toString()));
      case UPGRADE_PARTS ->
          problem(server.ask("upgrade", Builds.releaseOfTheSameContracts(folder).toString()));
      case MIGRATE -> migrate();
      case KILL -> kill();
      case CUT -> {
        for (Client client : touched) {
          client.cut();
        }
        yield "";
      }
      case RANDOM -> throw new IllegalStateException("the schedule decides what is done");
    };
  }

  /** Clients whose connections are about to break, and the wait until all have new ones. */
  private static final class Back {
    final List<Client> clients;
    private final List<Integer> before;

    Back(List<Client> clients) {
      this.clients = clients;
      this.before = clients.stream().map(Client::connection).toList();
      clients.forEach(Client::mayBeCut);
    }

    private boolean isComplete() {
      return IntStream.range(0, clients.size())
          .allMatch(i -> clients.get(i).connection() > before.get(i));
    }

    /** Says what is wrong, nothing if nothing. */
    String await() {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isComplete()) {
        if (System.nanoTime() > deadline) {
          return "not everybody was back after " + PATIENCE.toSeconds() + " s";
        }
        Waits.moment();
      }
      return "";
    }
  }

  private List<Client> some(List<Client> all) {
    List<Client> rest = new ArrayList<>(all);
    List<Client> some = new ArrayList<>();
    for (int count = 1 + random.nextInt(all.size()); count > 0; count--) {
      some.add(rest.remove(random.nextInt(rest.size())));
    }
    return some;
  }

  private String swap(String part, String... options) throws IOException {
    Path jar = Builds.newer(part, folder);
    try {
      List<String> words = new ArrayList<>(List.of("swap"));
      words.addAll(List.of(options));
      words.add(jar.toString());
      return problem(server.admin().ask(words));
    } finally {
      Files.delete(jar);
    }
  }

  /** Answered at once; how it goes on has to be asked. */
  private String migrate() throws IOException {
    long deadline = System.nanoTime() + COPYING_PATIENCE.toNanos();
    String from = options.stores().get(migrated ? 1 : 0);
    String to = options.stores().get(migrated ? 0 : 1);
    String problem = problem(server.ask("migrate", from, to));
    while (problem.isEmpty()) {
      CopyReport copy = server.admin().copy();
      if (copy.isDone()) {
        migrated = !migrated;
        return "";
      }
      if (!copy.isRunning() || System.nanoTime() > deadline) {
        return copy.text();
      }
      Waits.sleep(COPYING);
    }
    return problem;
  }

  private String kill() throws IOException, InterruptedException {
    return switch (server) {
      case ServerProcess own -> {
        own.kill();
        own.start();
        yield "";
      }
      case RunningServer running -> running + " was started by somebody else";
    };
  }

  private static String problem(AdminAnswer answer) {
    return answer.isDone() ? "" : AnswerText.of(answer);
  }
}
