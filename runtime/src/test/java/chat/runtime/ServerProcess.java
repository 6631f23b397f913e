package chat.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The assembled distribution, run as a process of its own on a data folder. */
public final class ServerProcess implements AutoCloseable {
  /** The distribution that the build has put together. */
  static final Path HOME = Path.of("target", "chatroom").toAbsolutePath();

  private static final long START_SECONDS = 60;

  /** Which store stands behind the server. */
  public enum Store {
    SQLITE,
    MEMORY
  }

  private final Path home;
  private final Path data;
  private final Map<String, String> settings = new TreeMap<>();
  private int port;
  private Process process;

  private ServerProcess(Path home, Path data) {
    this.home = home;
    this.data = data;
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothingBehind));
  }

  /** Also when the tests themselves are stopped in the middle. */
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
    if (Files.notExists(home)) {
      copyProgram(home);
    }
    ServerProcess server = new ServerProcess(home, data);
    Path conf = Files.createDirectories(data.resolve("conf"));
    server
        .set("store", "\"" + store.name().toLowerCase(Locale.ROOT) + "\"")
        .set("messagesPerSecond", "I\"1000000\"")
        .set("messageBurst", "I\"1000000\"")
        .set("registrationsPerTenMinutes", "I\"1000000\"")
        .set("logInsPerMinute", "I\"1000000\"")
        .set("awaySeconds", "I\"1\"");
    Files.writeString(
        conf.resolve("chat.connection.netty-native.config"),
        "name=\"native\"\nhost=\"127.0.0.1\"\nport=I\"0\"\n");
    switch (store) {
      case SQLITE -> {}
      case MEMORY ->
          Files.writeString(conf.resolve("chat.storage.memory.config"), "engine=\"memory\"\n");
    }
    return server;
  }

  private static void copyProgram(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = HOME.relativize(file);
        if (!relative.startsWith("client")) {
          Path target = home.resolve(relative);
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  /** Sets a key of chat.server.config, in the form of a typed configuration. */
  public ServerProcess set(String key, String value) throws IOException {
    settings.put(key, value);
    StringBuilder lines = new StringBuilder();
    settings.forEach((k, v) -> lines.append(k).append('=').append(v).append('\n'));
    Files.writeString(data.resolve("conf/chat.server.config"), lines.toString());
    return this;
  }

  public Path data() {
    return data;
  }

  /** Starts it, and waits until it listens; a second start uses the same port. */
  public ServerProcess start() throws IOException {
    launch();
    Path info = data.resolve("run/server.info");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (Files.notExists(info)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + output());
      }
      pause();
    }
    String address = listener()[2];
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return this;
  }

  /** Starts it and waits for its end: for starts that should fail. */
  int startAndFail() throws IOException, InterruptedException {
    launch();
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the server is up, and should not be:\n" + output());
    }
    return process.exitValue();
  }

  private void launch() throws IOException {
    Files.createDirectories(data.resolve("run"));
    Files.deleteIfExists(data.resolve("run/server.info"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=deny",
                "--enable-native-access=ALL-UNNAMED",
                "-Dchat.home=" + home,
                "-cp",
                home.resolve("lib") + "/*",
                "chat.launcher.Main",
                "--data",
                data.toString()));
    if (port != 0) {
      command.addAll(List.of("--port", String.valueOf(port)));
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("out.txt").toFile()))
            .start();
  }

  /** What the server said on its terminal. */
  String output() throws IOException {
    return Files.readString(data.resolve("out.txt"));
  }

  private String[] listener() throws IOException {
    return Files.readAllLines(data.resolve("run/server.info")).getFirst().split(" ", -1);
  }

  public int port() {
    return port;
  }

  public String fingerprint() {
    try {
      return listener()[3];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the server does not stop");
    }
    return process.exitValue();
  }

  /** Says a word on the administrator's socket; gives the answer, its first line included. */
  public String ask(String... words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(data.resolve("run/admin.sock")));
      for (String word : words) {
        channel.write(ByteBuffer.wrap((word + "\0").getBytes(StandardCharsets.UTF_8)));
      }
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The value of a line of status. */
  String status(String key) throws IOException {
    return ask("status")
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("status has no line " + key));
  }

  static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      stop();
    }
  }
}
