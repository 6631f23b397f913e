// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code chatroom import seed FILE}. */
public final class Main {
  private static final String HELP =
      """
      Usage: chatroom import seed FILE [options]

      Takes over what the original Python chat room has in its database (database.db): users with
      their passwords, friends, what was said and sent to all, and what was said in private, with
      its times and in its order. The server goes on while it does so. What is there already stays
      as it is: the same again takes over only what is new. At the end it tells what came in, and
      what did not and why.

        --data DIR      the data folder of the server
        --zone ZONE     the time zone of the times in the file, such as Asia/Shanghai
                        (default: that of this machine)
        --as OLD=NEW    take somebody over under another name; may be given often

      Exit codes: 0 done (see what was refused), 1 it broke off, 2 wrong usage.
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    // The driver's remark that nothing is logged is nothing for an operator.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(arguments, utf8(FileDescriptor.out), utf8(FileDescriptor.err)));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Wrong usage. */
  private static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String why) {
      super(why);
    }
  }

  /** What the command line asks for. */
  private record Order(Path file, Path data, ZoneId zone, Map<String, String> names) {
    static Order of(String[] arguments) throws UsageException {
      if (arguments.length < 2 || !arguments[0].equals("seed")) {
        throw new UsageException("say: chatroom import seed FILE");
      }
      Path data = null;
      ZoneId zone = ZoneId.systemDefault();
      Map<String, String> names = new HashMap<>();
      for (int i = 2; i < arguments.length; i += 2) {
        if (i + 1 == arguments.length) {
          throw new UsageException(arguments[i] + " needs a value");
        }
        String value = arguments[i + 1];
        switch (arguments[i]) {
          case "--data" -> data = Path.of(value);
          case "--zone" -> zone = zone(value);
          case "--as" -> {
            int equals = value.indexOf('=');
            if (equals < 1 || equals == value.length() - 1) {
              throw new UsageException("--as needs OLD=NEW, not " + value);
            }
            names.put(value.substring(0, equals), value.substring(equals + 1));
          }
          default -> throw new UsageException("unknown option " + arguments[i]);
        }
      }
      if (data == null) {
        throw new UsageException("--data needs a value");
      }
      return new Order(Path.of(arguments[1]), data, zone, Map.copyOf(names));
    }

    private static ZoneId zone(String name) throws UsageException {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        throw new UsageException("there is no time zone " + name + ": " + e.getMessage());
      }
    }
  }

  static int run(String[] arguments, Appendable out, Appendable err) throws InterruptedException {
    try {
      if (Stream.of(arguments).anyMatch("--help"::equals)) {
        out.append(HELP);
        return 0;
      }
      try {
        Order order = Order.of(arguments);
        Report report = new Report();
        int code = run(order, report, err);
        out.append(report.text());
        return code;
      } catch (UsageException e) {
        err.append("chatroom: ").append(e.getMessage()).append("\n\n").append(HELP);
        return 2;
      } catch (IOException e) {
        err.append("chatroom: ").append(e.getMessage()).append('\n');
        return 1;
      }
    } catch (IOException e) {
      return 1; // there is nobody to tell it to
    }
  }

  private static int run(Order order, Report report, Appendable err)
      throws IOException, InterruptedException {
    Path run = order.data().resolve("run");
    Path socket = run.resolve("admin.sock");
    if (Files.notExists(socket)) {
      throw new IOException(
          "no server runs here (" + socket + " is not there); is it another --data DIR?");
    }
    Path folder = Files.createTempDirectory(run, "import-");
    try (SeedFile seed =
        SeedFile.open(
            order.file(), order.zone(), (place, why) -> report.broken(kind(place), place, why))) {
      new Takeover(
              seed,
              new Operator(socket, PATIENCE),
              order.names(),
              folder,
              report,
              progress -> tell(err, progress))
          .run();
      return 0;
    } catch (IOException e) {
      tell(err, "chatroom: " + e.getMessage() + "\nSay the same again to go on from there.");
      return 1;
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private static String kind(String place) {
    return place.substring(0, place.indexOf(' ')).toLowerCase(Locale.ROOT);
  }

  private static void tell(Appendable err, String what) {
    try {
      err.append(what).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
