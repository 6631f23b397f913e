// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code chatroom server}. */
public final class Main {
  private static final long READY_MILLIS = 60_000;
  private static final long STOP_MILLIS = 20_000;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    // Gogo and SCR write to System.out and err; a person sees what is meant for people.
    PrintStream out = System.out;
    PrintStream err = System.err;
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(Options.HELP.formatted(Options.defaultData()));
      return;
    }
    try {
      run(
          Options.of(Path.of(System.getProperty("chat.home", ".")).toAbsolutePath(), arguments),
          out);
    } catch (Options.UsageException e) {
      err.println("chatroom server: " + e.getMessage() + "\nTry chatroom server --help.");
      System.exit(2);
    } catch (StartException e) {
      err.println("chatroom server: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options, PrintStream out)
      throws StartException, InterruptedException {
    // SPI-Fly tells of its everyday work through java.util.logging.
    Logger.getLogger("").setLevel(Level.WARNING);
    DataFolder data = DataFolder.open(options.data());
    DataFolder.configure(options.config(), options.home().resolve("conf"));
    PrintStream log = data.frameworkLog();
    System.setOut(log);
    System.setErr(log);
    System.setProperty("chat.data", options.data().toString());
    System.setProperty("org.sqlite.tmpdir", options.data().resolve("tmp").toString());
    System.setProperty(
        "logback.configurationFile", options.config().resolve("logback.xml").toString());
    OsgiRuntime runtime = OsgiRuntime.start(options, data.masterKey());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  runtime.stop(STOP_MILLIS);
                  data.close();
                },
                "chat-shutdown"));
    List<String> listeners = runtime.awaitReady(READY_MILLIS);
    announce(options, listeners, out);
    runtime.awaitStop();
  }

  /** One clear line, and the same for programs in {@code run/server.info}. */
  private static void announce(Options options, List<String> listeners, PrintStream out)
      throws StartException {
    Path run = options.data().resolve("run");
    Path info = run.resolve("server.info");
    try {
      Path fresh = run.resolve("server.info.new");
      Files.write(fresh, listeners);
      Files.move(fresh, info);
    } catch (IOException e) {
      throw new StartException("can't write " + info + ": " + e.getMessage(), e);
    }
    StringBuilder line = new StringBuilder("Chatroom listens");
    for (String listener : listeners) {
      String[] words = listener.split(" ", -1);
      line.append(" on ").append(words[2]);
      line.append(words[3].isEmpty() ? " (no TLS)" : " with the key " + words[3]);
    }
    line.append("; data in ").append(options.data());
    Path invitation = run.resolve("first-admin.txt");
    if (Files.exists(invitation)) {
      line.append("; the owner's invitation is in ").append(invitation);
    }
    out.println(line);
    out.flush();
  }
}
