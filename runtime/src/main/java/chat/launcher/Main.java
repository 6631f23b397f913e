// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import chat.cli.base.CliProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code chatroom server}. */
public final class Main {
  private static final long READY_MILLIS = 60_000;
  private static final long STOP_MILLIS = 20_000;

  /** What the process ends with, also if it is a signal that ends it. */
  private static final AtomicInteger status = new AtomicInteger();

  private Main() {}

  /** Lines for the log, which chat.admin has. */
  private static final String NOTES = "chat.start.notes";

  public static void main(String[] arguments) throws InterruptedException {
    // Gogo and SCR write to System.out and err; a person sees what is meant for people.
    PrintStream out = System.out;
    PrintStream err = System.err;
    Map<String, String> environment = System.getenv();
    CliProgram.Line<ServerCommand> line =
        ServerCommand.read(List.of(arguments), environment, out, err);
    if (line.order() == null) {
      exit(line.exit());
      return;
    }
    try {
      run(line.order().options(home(), environment), out);
    } catch (StartException e) {
      err.println("chatroom server: " + printable(e.getMessage()));
      exit(ServerCommand.FAILED);
    } catch (RuntimeException | Error e) {
      status.set(ServerCommand.FAILED);
      throw e;
    }
  }

  private static void exit(int code) {
    status.set(code);
    System.exit(code);
  }

  /** What a database says may hold what a terminal would obey. */
  private static String printable(@Nullable String message) {
    return String.valueOf(message)
        .replaceAll("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\n\t]]", "?");
  }

  /** Where the bundles are: never the folder that somebody happens to be in. */
  private static Path home() throws StartException {
    String home = System.getProperty("chat.home");
    if (home == null || !Path.of(home).isAbsolute()) {
      throw new StartException(
          "chat.home has to be the absolute path of the program folder; start it as bin/chatroom"
              + " server");
    }
    return Path.of(home);
  }

  private static void run(Options options, PrintStream out)
      throws StartException, InterruptedException {
    PrivateFiles.restrictUmask();
    DataFolder data = DataFolder.open(options.data());
    DataFolder.configure(options.config(), options.home().resolve("conf"));
    // chat.admin takes them from here into the log, which can't be written from outside.
    data.closeToOthers().forEach(Main::note);
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
                  boolean stopped = runtime.stop(STOP_MILLIS);
                  data.close();
                  // The JDK would end with 143 after SIGTERM, which service managers call a fault.
                  Runtime.getRuntime().halt(stopped ? status.get() : ServerCommand.FAILED);
                },
                "chat-shutdown"));
    if (options.maintenance()) {
      out.println("Chatroom is there for its operator only; data in " + options.data());
    } else {
      announce(options, runtime.awaitReady(READY_MILLIS), out);
    }
    runtime.awaitStop();
  }

  /** One clear line, and the same for programs in {@code run/server.info}. */
  private static void announce(Options options, List<String> listeners, PrintStream out)
      throws StartException {
    Path run = options.data().resolve("run");
    Path info = run.resolve("server.info");
    try {
      PrivateFiles.write(
          info, (String.join("\n", listeners) + "\n").getBytes(StandardCharsets.UTF_8));
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

  /** Something that chat.admin, which has a log, is to tell. */
  static void note(String what) {
    System.setProperty(NOTES, System.getProperty(NOTES, "") + what + "\n");
  }
}
