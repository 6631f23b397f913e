// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.client.Lines;
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
import java.util.Optional;

/** The words of the command line; {@link Syntax} has them all. */
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
    String help = Help.of(word);
    if (arguments.contains("--help")) {
      out.print(help);
      return Exit.DONE;
    }
    Optional<Syntax> syntax = Syntax.of(arguments);
    if (syntax.isEmpty()) {
      err.print(help);
      return Exit.USAGE;
    }
    String typed = syntax.get().typed();
    try {
      run(Options.parse(syntax.get(), arguments, environment), in, out, err);
      return Exit.DONE;
    } catch (CliException e) {
      err.println("chatroom " + typed + ": " + e.getMessage());
      if (e.exit() == Exit.USAGE) {
        err.println("chatroom " + word + " --help tells more.");
      }
      return e.exit();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      err.println("chatroom " + typed + ": " + e.getMessage());
      return Exit.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.REFUSED;
    }
  }

  private static void run(Options options, InputStream in, PrintStream out, PrintStream err)
      throws CliException, IOException, InterruptedException {
    // Whoever asks for no entry at all gets all since the last time.
    int messages =
        options.word() instanceof CliCommand.Read read
            ? Math.clamp(read.last(), 1, Reading.PAGE)
            : 1;
    Lines lines = new Lines(ZoneId.systemDefault());
    try (CliSession session = new CliSession(options, messages)) {
      switch (options.word()) {
        case CliCommand.Send send -> new Sending(session, send, in, out, err).run();
        case CliCommand.Read read -> new Reading(session, read, lines, out, err).run();
        case CliCommand.Search search -> new Searching(session, search, lines, out).run();
        case CliCommand.ExportRoom export -> new Exporting(session, out, err).room(export);
        case CliCommand.OfRooms rooms -> new Rooms(session, rooms, out).run();
        case CliCommand.OfFriends friends -> new Friends(session, friends, out).run();
        case CliCommand.OfProfiles profiles -> new Profiles(session, profiles, lines, out).run();
        case CliCommand.OfMessages message -> new Messages(session, message, in).run();
        case CliCommand.ExportAccount export -> new Exporting(session, out, err).account(export);
        case CliCommand.Invite invite -> new Inviting(session, options, invite, out).run();
        case CliCommand.DeleteAccount delete ->
            new Farewell(session, delete, options.password(), in, err).run();
      }
    }
  }
}
