// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own: a cluster in a temporary folder, started when it is first asked
 * for, on a free port of 127.0.0.1, stopped with the JVM. PostgreSQL refuses to run as root, so
 * that root lends it another user. Who is in the role {@code locked} needs the password {@code
 * secret}.
 */
public final class PostgresServer {
  private static final String DATABASE = "chat";
  private static final long ROOM = 2L << 30;
  private static PostgresServer shared;

  private final Path programs;
  private final List<String> asUser;
  private final Path folder;
  private final int port;

  private PostgresServer() throws IOException {
    programs = programs();
    asUser = asUser();
    folder = Files.createTempDirectory(place(), "chat-postgresql");
    port = freePort();
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    if (!asUser.isEmpty()) {
      run(List.of("chown", lentUser(), folder.toString()));
    }
    program(
        "initdb",
        "-D",
        data(),
        "-U",
        "chatroom",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync");
    Path access = folder.resolve("data/pg_hba.conf");
    Files.writeString(
        access, "host all locked 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
    start();
    try {
      sqlIn("postgres", "CREATE DATABASE " + DATABASE);
      sql("CREATE EXTENSION pageinspect", "CREATE ROLE locked LOGIN PASSWORD 'secret'");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The one of this JVM. */
  public static synchronized PostgresServer get() {
    try {
      if (shared == null) {
        shared = new PostgresServer();
      }
      return shared;
    } catch (IOException e) {
      throw new IllegalStateException("no PostgreSQL to test with", e);
    }
  }

  private static Path programs() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> found = Files.list(versions)) {
        var newest =
            found
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .max(Comparator.comparing(Path::toString));
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    for (String entry : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(entry, "initdb"))) {
        return Path.of(entry);
      }
    }
    throw new IllegalStateException(
        "these tests need PostgreSQL, and there is no initdb: apt-get install postgresql");
  }

  private static List<String> asUser() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    String user = lentUser();
    return List.of("setpriv", "--reuid", user, "--regid", "nogroup", "--clear-groups");
  }

  private static String lentUser() throws IOException {
    boolean own =
        Files.readAllLines(Path.of("/etc/passwd")).stream()
            .anyMatch(line -> line.startsWith("postgres:"));
    return own ? "postgres" : "nobody";
  }

  /**
   * In memory where there is room: each crash of these tests ends processes and none ends the
   * system, so that waiting for a disk proves nothing.
   */
  private static Path place() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM
        ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.add(programs.resolve(name).toString());
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("chat-postgresql", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }

  /** Starts it again after {@link #stop} or {@link #kill}; it recovers, and then takes calls. */
  public void start() throws IOException {
    String options =
        "-p "
            + port
            + " -h 127.0.0.1 -c unix_socket_directories= -c fsync=on"
            + " -c synchronous_commit=off -c max_connections=200 -c log_min_messages=warning";
    program(
        "pg_ctl", "start", "-w", "-t", "30", "-D", data(), "-l", folder + "/log", "-o", options);
  }

  /** Ends it as a crash would: what was not on disk is gone. */
  public void stop() throws IOException {
    program("pg_ctl", "stop", "-m", "immediate", "-D", data());
  }

  /** kill -9, of all its processes. */
  void kill() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  private void remove() {
    try {
      if (Files.exists(folder.resolve("data/postmaster.pid"))) {
        stop();
      }
      run(List.of("rm", "-rf", folder + "/data", folder + "/log"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("PostgreSQL's folder " + folder + " stays: " + e.getMessage());
    }
  }

  public String url() {
    return url(DATABASE);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  int port() {
    return port;
  }

  /** A role that may do everything and needs no password. */
  public String user() {
    return "chatroom";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), null);
  }

  /** Runs statements as the operator of the database. */
  void sql(String... statements) throws SQLException {
    sqlIn(DATABASE, statements);
  }

  private void sqlIn(String database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database), user(), null);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
