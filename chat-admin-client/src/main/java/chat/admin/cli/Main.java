// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AdminClient;
import chat.admin.client.AnswerText;
import chat.admin.client.CopyReport;
import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.base.TerminalText;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code chatroom status}, {@code swap} and so on: says a command to the running server. */
public final class Main {
  private static final long STEP_MILLIS = 200;
  private static final long EVERY_NANOS = 5_000_000_000L;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final boolean terminal;

  private final UnaryOperator<String> asked;

  private Main(
      Map<String, String> environment,
      PrintStream out,
      boolean terminal,
      UnaryOperator<String> asked) {
    this.environment = environment;
    this.out = out;
    this.terminal = terminal;
    this.asked = asked;
  }

  public static void main(String[] arguments) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            terminal,
            Main::ask));
  }

  private static String ask(String question) {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%s", question);
    return answer == null ? "" : answer;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /**
   * Carries out a line.
   *
   * @param terminal whether somebody looks on while it is done
   * @param asked what that person answers to a question
   * @return the exit code
   */
  static int run(
      List<String> line,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      boolean terminal,
      UnaryOperator<String> asked) {
    Main main = new Main(environment, out, terminal, asked);
    return new CliProgram(OperatorCommands.tree(), environment, out, err, Exit.NOT_DONE)
        .run(line, order -> main.run((Order) order));
  }

  private Exit run(Order order) throws CliException, IOException, InterruptedException {
    confirm(order);
    Path data = order.server().data(environment);
    AdminClient client = AdminClient.on(data);
    if (!order.alone() || client.isThere()) {
      return run(order, client);
    }
    try (MaintenanceServer server = MaintenanceServer.on(data)) {
      Exit exit = run(order, server.client());
      if (exit == Exit.DONE && !order.server().isJson()) {
        out.println("now start the server: chatroom server");
      }
      return exit;
    }
  }

  private void confirm(Order order) throws CliException {
    if (order.question().isEmpty()) {
      return;
    }
    if (!terminal) {
      throw CliException.usage("nobody is there to be asked; say --yes to go on");
    }
    String answer = asked.apply(order.question() + " [y/N] ").strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new CliException(Exit.NOT_DONE, "nothing was changed");
    }
  }

  private Exit run(Order order, AdminClient client)
      throws CliException, IOException, InterruptedException {
    AdminAnswer answer = client.ask(order.words());
    boolean json = order.server().isJson();
    if (order.follow() && answer instanceof AdminAnswer.Done) {
      if (!json) {
        out.println(TerminalText.of(AnswerText.of(answer)));
      }
      return follow(client, json);
    }
    if (json && answer instanceof AdminAnswer.Earlier) {
      throw new CliException(
          Exit.NOT_DONE, "the server that runs is of an earlier version and gives no JSON");
    }
    if (json) {
      out.print(TerminalText.of(answer.raw()));
    } else if (answer.isDone()) {
      out.println(TerminalText.of(AnswerText.of(answer)));
    } else {
      throw new CliException(Exit.of(answer.exit()), AnswerText.of(answer));
    }
    return Exit.of(answer.exit());
  }

  /** Shows how a copy is doing until it ends. Ending this program does not end the copy. */
  private Exit follow(AdminClient client, boolean json) throws IOException, InterruptedException {
    long next = System.nanoTime() + EVERY_NANOS;
    while (true) {
      AdminAnswer answer = client.ask("copying");
      CopyReport copy = CopyReport.of(answer.result());
      if (!copy.isRunning()) {
        out.print(
            json
                ? TerminalText.of(answer.raw())
                : (terminal ? "\r\033[K" : "") + TerminalText.of(copy.text()) + "\n");
        out.flush();
        return copy.isDone() ? Exit.DONE : Exit.NOT_DONE;
      }
      if (!json && terminal) {
        out.print("\r\033[K" + TerminalText.of(copy.text()));
        out.flush();
      } else if (!json && System.nanoTime() >= next) {
        out.println(TerminalText.of(copy.text()));
        next = System.nanoTime() + EVERY_NANOS;
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
