// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AdminClient;
import chat.admin.client.AnswerText;
import chat.admin.client.CopyReport;
import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code chatroom status}, {@code swap} and so on: says a command to the running server. */
public final class Main {
  private static final long STEP_MILLIS = 200;
  private static final long EVERY_NANOS = 5_000_000_000L;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final boolean terminal;

  private Main(Map<String, String> environment, PrintStream out, boolean terminal) {
    this.environment = environment;
    this.out = out;
    this.terminal = terminal;
  }

  public static void main(String[] arguments) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            terminal));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /**
   * Carries out a line.
   *
   * @param terminal whether somebody looks on while it is done
   * @return the exit code
   */
  static int run(
      List<String> line,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      boolean terminal) {
    Main main = new Main(environment, out, terminal);
    return new CliProgram(OperatorCommands.tree(), environment, out, err, Exit.NOT_DONE)
        .run(line, order -> main.run((Order) order));
  }

  private Exit run(Order order) throws CliException, IOException, InterruptedException {
    AdminClient client = AdminClient.on(order.server().data(environment));
    AdminAnswer answer = client.ask(order.words());
    boolean json = order.server().isJson();
    if (order.follow() && answer instanceof AdminAnswer.Done) {
      if (!json) {
        out.println(AnswerText.of(answer));
      }
      return follow(client, json);
    }
    if (json && answer instanceof AdminAnswer.Earlier) {
      throw new CliException(
          Exit.NOT_DONE, "the server that runs is of an earlier version and gives no JSON");
    }
    if (json) {
      out.print(answer.raw());
    } else if (answer.isDone()) {
      out.println(AnswerText.of(answer));
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
        out.print(json ? answer.raw() : (terminal ? "\r\033[K" : "") + copy.text() + "\n");
        out.flush();
        return copy.isDone() ? Exit.DONE : Exit.NOT_DONE;
      }
      if (!json && terminal) {
        out.print("\r\033[K" + copy.text());
        out.flush();
      } else if (!json && System.nanoTime() >= next) {
        out.println(copy.text());
        next = System.nanoTime() + EVERY_NANOS;
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
