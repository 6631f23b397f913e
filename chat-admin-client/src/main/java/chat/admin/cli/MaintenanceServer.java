// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AdminClient;
import chat.cli.base.CliException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that is there for one command: nobody can connect to it, and it may have no store. So
 * what mends a data folder is done by the same code whether a server runs or not.
 */
record MaintenanceServer(AdminClient client, Process process) implements AutoCloseable {
  private static final long START_NANOS = 60_000_000_000L;
  private static final long STOP_SECONDS = 30;
  private static final long STEP_MILLIS = 50;

  static MaintenanceServer on(Path data) throws CliException, IOException, InterruptedException {
    String home = System.getProperty("chat.home");
    if (home == null) {
      throw new CliException(
          Exit.NOT_DONE, "no server runs here, and where its program is can't be told: start it");
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "--sun-misc-unsafe-memory-access=deny",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dchat.home=" + home,
                    "-cp",
                    Path.of(home, "lib") + "/*",
                    "chat.launcher.Main",
                    "--maintenance",
                    "--data",
                    data.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    MaintenanceServer server = new MaintenanceServer(AdminClient.on(data), process);
    try {
      server.await();
      return server;
    } catch (CliException | IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void await() throws CliException, IOException, InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (true) {
      if (!process.isAlive()) {
        throw new CliException(Exit.NOT_DONE, "the data folder can't be opened");
      }
      if (client.isThere() && client.ask("stores") instanceof AdminAnswer.Done) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new CliException(
            Exit.NOT_DONE, "the server's program does not get ready; look at its log");
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /** Ends it in good order, as SIGTERM does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
