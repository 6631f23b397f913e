package chat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code send} and {@code read}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // A library's remark that nothing is logged is nothing for a script's standard error.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), System.getenv(), System.in, out, err).ordinal());
  }

  static Exit run(
      List<String> arguments,
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    String word = arguments.isEmpty() ? "" : arguments.getFirst();
    String help =
        switch (word) {
          case "send" -> Help.SEND;
          case "read" -> Help.READ;
          default -> Help.BOTH;
        };
    if (arguments.contains("--help")) {
      out.print(help);
      return Exit.DONE;
    }
    if (!word.equals("send") && !word.equals("read")) {
      err.print(help);
      return Exit.USAGE;
    }
    try {
      visit(Options.parse(word, arguments.subList(1, arguments.size()), environment), in, out, err);
      return Exit.DONE;
    } catch (CliException e) {
      err.println("chatroom " + word + ": " + e.getMessage());
      if (e.exit() == Exit.USAGE) {
        err.println("chatroom " + word + " --help tells more.");
      }
      return e.exit();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      err.println("chatroom " + word + ": " + e.getMessage());
      return Exit.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.REFUSED;
    }
  }

  private static void visit(Options options, InputStream in, PrintStream out, PrintStream err)
      throws CliException, IOException, InterruptedException {
    switch (options.word()) {
      case Options.Send send -> {
        // Whoever asks for none gets all since the last time.
        try (Visit visit = new Visit(options, 1)) {
          new Sending(visit, send, in, out, err).run();
        }
      }
      case Options.Read read -> {
        try (Visit visit = new Visit(options, Math.clamp(read.last(), 1, Reading.PAGE))) {
          new Reading(visit, read, new Lines(ZoneId.systemDefault()), out, err).run();
        }
      }
    }
  }
}
