// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.ConnectionOptions;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.text.AuthenticatorSecret;
import chat.protocol.Command;
import chat.protocol.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The code that a log-in to the account takes besides the password. */
record SecondFactors(
    CliSession session,
    CliCommand.OfSecondFactor order,
    ConnectionOptions options,
    InputStream in,
    PrintStream out,
    PrintStream err) {

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    switch (order) {
      case CliCommand.ShowSecondFactor(boolean json) -> show(json);
      case CliCommand.SetSecondFactor(String current) -> set(entered.self().name(), current);
      case CliCommand.RemoveSecondFactor(String current) -> {
        var unused =
            CliSession.get(
                session.client().set(new Command.RemoveSecondFactor(options.password(), current)));
      }
    }
  }

  private void show(boolean json) throws CliException, InterruptedException {
    Reply.SecondFactor state = CliSession.get(session.client().account().secondFactor());
    if (json) {
      out.println("{\"on\":%s,\"recoveryCodes\":%d}".formatted(state.on(), state.recoveryCodes()));
    } else {
      out.println(state.on() ? "on, " + state.recoveryCodes() + " recovery codes left" : "off");
    }
  }

  private void set(String name, String current)
      throws CliException, IOException, InterruptedException {
    String password = options.password();
    AuthenticatorSecret secret = AuthenticatorSecret.random();
    out.println(secret.link(options.host(), name));
    out.println(secret.typed());
    err.print("Enter this into the authenticator, then type the code that it shows: ");
    err.flush();
    String code = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    if (code == null || code.isBlank()) {
      throw new CliException(Exit.REFUSED, "nothing was set");
    }
    var codes =
        CliSession.get(
            session
                .client()
                .account()
                .setSecondFactor(
                    new Command.SetSecondFactor(password, secret.bytes(), code.strip(), current)));
    err.println("Keep these recovery codes where only you find them:");
    codes.forEach(out::println);
  }
}
