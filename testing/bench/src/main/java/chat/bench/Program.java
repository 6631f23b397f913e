// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server under measurement, as a process of its own. */
final class Program implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("(?:.*127\\.0\\.0\\.1:)?(\\d+)\\b.*");
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final BufferedReader out;
  private final int port;

  private Program(List<String> before, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
    Matcher line = PORT.matcher(String.valueOf(out.readLine()));
    if (!line.matches()) {
      process.destroyForcibly();
      throw new IOException("the server did not say its port");
    }
    port = Integer.parseInt(line.group(1));
  }

  static Program baseline() throws IOException {
    return new Program(
        List.of(),
        List.of(
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "chat.bench.NioFanOut"));
  }

  /** Our server without TLS, as the baseline has none, and without rate limits. */
  static Program chatroom(Path home, Path data) throws IOException {
    return chatroom(List.of(), home, data);
  }

  /**
   * The same, started by another command.
   *
   * @param before what stands before the command of the server, such as taskset
   */
  static Program chatroom(List<String> before, Path home, Path data) throws IOException {
    Path conf = Files.createDirectories(data.resolve("conf"));
    Files.writeString(
        conf.resolve("chat.server.config"),
        "messagesPerSecond=I\"1000000\"\nmessageBurst=I\"1000000\"\n"
            + "registrationsPerTenMinutes=I\"1000000\"\n");
    Files.writeString(
        conf.resolve("chat.connection.netty-native.config"),
        "host=\"127.0.0.1\"\nport=I\"0\"\ntls=B\"false\"\nconnections=I\"100000\"\n"
            + "connectionsPerAddress=I\"100000\"\nacceptsPerAddress=I\"100000\"\n");
    return new Program(
        before,
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=deny",
            "--enable-native-access=ALL-UNNAMED",
            "-Dchat.home=" + home,
            "-cp",
            home.resolve("lib") + "/*",
            "chat.launcher.Main",
            "--data",
            data.toString()));
  }

  int port() {
    return port;
  }

  /** CPU seconds so far, of all its threads. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** How often its threads have gone to sleep so far: each time one has to be woken. */
  long sleeps() throws IOException {
    long sleeps = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        sleeps += number(thread.resolve("status"), "voluntary_ctxt_switches:");
      }
    }
    return sleeps;
  }

  /** How often it has written to a file or a socket so far. */
  long writes() throws IOException {
    return number(Path.of("/proc/" + process.pid() + "/io"), "syscw:");
  }

  private static long number(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Resident memory in KiB. */
  long residentKib() throws IOException {
    return number(Path.of("/proc/" + process.pid() + "/status"), "VmRSS:");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
