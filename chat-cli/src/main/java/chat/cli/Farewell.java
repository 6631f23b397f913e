// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Ends an account for good, once its name was typed. */
record Farewell(
    CliSession session,
    CliCommand.DeleteAccount order,
    String password,
    InputStream in,
    PrintStream err) {

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    String name = entered.self().name();
    if (!order.sure()) {
      err.print(
          "Everything that "
              + TerminalSanitizer.line(name)
              + " wrote or sent is erased for everybody, and nobody can bring it back.\n"
              + "To go on, type the name of the account: ");
      err.flush();
      String typed =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      if (!name.equals(typed == null ? "" : typed.strip())) {
        throw new CliException(Exit.REFUSED, "nothing was deleted");
      }
    }
    CliSession.get(session.client().set(new Command.DeleteAccount(password)));
    // The server knows no session of it any more; the profile forgets it all the same.
    var unused = CliSession.get(session.client().logOut().exceptionally(nobody -> null));
  }
}
