// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The assembled distribution, run as a process of its own on a data folder. */
public final class ServerProcess implements Server, AutoCloseable {
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 30_000;
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  /** Starts quickly, and leaves the machine to the tests. */
  private static final List<String> CHEAP = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");

  /** Which store stands behind the server. */
  public enum Store {
    SQLITE,
    MEMORY
  }

  private final Program program;
  private final Path data;
  private final Map<String, String> settings = new TreeMap<>();
  private List<String> flags = CHEAP;
  private Duration cpuOfEarlierLives = Duration.ZERO;
  private Guest guest = Guest.ANYBODY;
  private int port;
  private @Nullable Process process;

  private ServerProcess(Program program, Path data) {
    this.program = program;
    this.data = data;
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothingBehind));
  }

  /** Also when this program itself is stopped in the middle. */
  private void leaveNothingBehind() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /**
   * A new server, not started yet, with limits wide enough for tests. It has a program folder of
   * its own, because a swap changes that.
   */
  public static ServerProcess on(Path data, Store store) throws IOException {
    Path home = data.resolveSibling(data.getFileName() + "-program");
    Program program = Files.exists(home) ? new Program(home) : Program.own().copyTo(home);
    ServerProcess server = new ServerProcess(program, data);
    Path conf = Files.createDirectories(data.resolve("conf"));
    server
        .set("store", "\"" + store.name().toLowerCase(Locale.ROOT) + "\"")
        .set("messagesPerSecond", "I\"1000000\"")
        .set("messageBurst", "I\"1000000\"")
        .set("registrationsPerTenMinutes", "I\"1000000\"")
        .set("logInsPerMinute", "I\"1000000\"")
        .set("connectionsPerAccount", "I\"1000000\"")
        .set("processorPercentPerAccount", "I\"1000000\"")
        .set("fileBytesPerDay", "L\"1099511627776\"")
        .set("awaySeconds", "I\"1\"");
    Files.writeString(
        conf.resolve("chat.connection.netty-native.config"),
        "name=\"native\"\nhost=\"127.0.0.1\"\nport=I\"0\"\n"
            + "connectionsPerAddress=I\"100000\"\nacceptsPerAddress=I\"100000\"\n");
    switch (store) {
      case SQLITE -> {}
      case MEMORY ->
          Files.writeString(conf.resolve("chat.storage.memory.config"), "engine=\"memory\"\n");
    }
    return server;
  }

  /** Sets a key of chat.server.config, in the form of a typed configuration. */
  public ServerProcess set(String key, String value) throws IOException {
    settings.put(key, value);
    StringBuilder lines = new StringBuilder();
    settings.forEach((k, v) -> lines.append(k).append('=').append(v).append('\n'));
    Files.writeString(data.resolve("conf/chat.server.config"), lines.toString());
    return this;
  }

  /**
   * Runs it as an operator's server: with the flags that the script gives, and on a fixed port, so
   * that clients find the next owner of the sockets, too.
   */
  public ServerProcess asInOperation(String heap) throws IOException {
    port = fixedPort();
    flags =
        List.of(
            "-Xmx" + heap,
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true");
    return this;
  }

  /**
   * A free port below those that systems give to outgoing connections: while a server is being
   * started again, one of thousands of clients could get its port otherwise.
   */
  private static int fixedPort() throws IOException {
    int candidate = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
    while (!isFree(candidate)) {
      candidate++;
    }
    return candidate;
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  /** How clients come to it from now on. */
  public void guest(Guest next) {
    guest = next;
  }

  @Override
  public Guest guest() {
    return guest;
  }

  /**
   * Takes back the wide limits; registration is by invitation, and original clients have a port
   * that stays the same. For before a start.
   */
  public ServerProcess usualLimits() throws IOException {
    settings.clear();
    set("registration", "\"invitation\"");
    Files.writeString(
        data.resolve("conf/chat.connection.netty-native.config"),
        "name=\"native\"\nhost=\"127.0.0.1\"\nport=I\"0\"\n");
    return listeningToClassicClients();
  }

  /** Opens a port for original clients, too; for before a start. */
  public ServerProcess listeningToClassicClients() throws IOException {
    Files.writeString(
        data.resolve("conf/chat.connection.netty-classic.config"),
        """
        name="classic"
        formats=["classic"]
        host="127.0.0.1"
        port=I"%d"
        tls=B"false"
        frameBytes=I"1024"
        connections=I"200"
        """
            .formatted(fixedPort()));
    return this;
  }

  /** Puts another build of a part into the program folder; for before the start. */
  public ServerProcess install(String symbolicName, Path jar) throws IOException {
    Files.copy(jar, program.jar(symbolicName), StandardCopyOption.REPLACE_EXISTING);
    return this;
  }

  @Override
  public Path data() {
    return data;
  }

  /** Starts it, and waits until it listens; a second start uses the same port. */
  public ServerProcess start() throws IOException {
    Process started = launch();
    Path info = data.resolve("run/server.info");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (Files.notExists(info)) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new IOException("the server did not start:\n" + output());
      }
      Waits.moment();
    }
    port = Server.address(data).getPort();
    return this;
  }

  /** Starts it and waits for its end: for starts that should fail. */
  public int startAndFail() throws IOException, InterruptedException {
    Process started = launch();
    if (!started.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      started.destroyForcibly();
      throw new IOException("the server is up, and should not be:\n" + output());
    }
    return started.exitValue();
  }

  private Process launch() throws IOException {
    Files.createDirectories(data.resolve("run"));
    Files.deleteIfExists(data.resolve("run/server.info"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(flags);
    command.addAll(Program.own().archiveFlags());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=deny",
            "--enable-native-access=ALL-UNNAMED",
            "-Dchat.home=" + program.home(),
            "-cp",
            program.classPath(),
            "chat.launcher.Main",
            "--data",
            data.toString()));
    if (port != 0) {
      command.addAll(List.of("--port", String.valueOf(port)));
    }
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("out.txt").toFile()))
            .start();
    process = started;
    return started;
  }

  /** What the server said on its terminal. */
  public String output() throws IOException {
    return Files.readString(data.resolve("out.txt"));
  }

  public int port() {
    return port;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public String fingerprint() {
    try {
      return Server.listener(data)[3];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process process() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException("the server was not started");
    }
    return started;
  }

  public long pid() {
    return process().pid();
  }

  public boolean alive() {
    return process().isAlive();
  }

  /** What it has taken of the processors, all its lives together. */
  public Duration cpu() {
    return cpuOfEarlierLives.plus(process().info().totalCpuDuration().orElse(Duration.ZERO));
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    cpuOfEarlierLives = cpu();
    process().destroyForcibly();
    process().waitFor();
  }

  /** SIGTERM. */
  public int stop() throws InterruptedException {
    process().destroy();
    if (!process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process().destroyForcibly();
      throw new IllegalStateException("the server does not stop");
    }
    return process().exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      stop();
    }
  }
}
