// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.command.ChatCommands;
import chat.cli.command.CliCall;
import chat.cli.command.CliCommand;
import chat.cli.command.ConnectionOptions;
import chat.cli.command.Exit;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The command line of people who chat; {@link ChatCommands} has its commands. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // A library's remark that nothing is logged is nothing for a script's standard error.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), System.getenv(), System.in, out, err).code());
  }

  /**
   * Carries out one line in this process, as {@link #main} does in its own.
   *
   * @param environment the variables that stand for options
   * @return what the process would end with
   */
  public static Exit run(
      List<String> line,
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    CliProgram program = new CliProgram(ChatCommands.tree(), environment, out, err, Exit.REFUSED);
    int code =
        program.run(
            line,
            order -> {
              CliCall call = (CliCall) order;
              call.connection().complete(environment);
              run(call, in, out, err);
              return Exit.DONE;
            });
    return Exit.values()[code];
  }

  private static void run(CliCall call, InputStream in, PrintStream out, PrintStream err)
      throws CliException, IOException, InterruptedException {
    ConnectionOptions options = call.connection();
    // Whoever asks for no entry at all gets all since the last time.
    int messages =
        call.command() instanceof CliCommand.Read read
            ? Math.clamp(read.last(), 1, Reading.PAGE)
            : 1;
    MessageFormatter lines = new MessageFormatter(ZoneId.systemDefault());
    boolean stays = call.command() instanceof CliCommand.Read read && read.follow();
    try (CliSession session = new CliSession(options, messages, !stays)) {
      switch (call.command()) {
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
        case CliCommand.ResetPassword(String code, Path next) ->
            session.reset(code, ConnectionOptions.password(next));
        case CliCommand.OfDevices devices -> new Devices(session, devices, lines, out).run();
        case CliCommand.ChangeName(String name) -> {
          session.set(new Command.ChangeName(name));
          err.println(
              "From now on give --name '"
                  + TerminalSanitizer.line(name)
                  + "', and the password once more.");
        }
        case CliCommand.OfSecondFactor factor ->
            new SecondFactors(session, factor, options, in, out, err).run();
        case CliCommand.ChangePassword(Path next) ->
            new PasswordChange(session, options.password(), ConnectionOptions.password(next)).run();
        case CliCommand.DeleteAccount delete ->
            new Farewell(session, delete, options.password(), in, err).run();
      }
    }
  }
}
