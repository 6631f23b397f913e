// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.base.TerminalText;
import chat.cli.command.CliCommand;
import chat.cli.command.ConnectionOptions;
import chat.protocol.Invitation;
import java.io.PrintStream;

/** Makes a link by which others can register, where the server lets its people invite. */
record Inviting(
    CliSession session, ConnectionOptions options, CliCommand.Invite order, PrintStream out) {

  void run() throws CliException, InterruptedException {
    session.enter();
    session.listenNoMore();
    String code = CliSession.get(session.client().invite(order.uses(), order.days()));
    Invitation link =
        new Invitation(options.host(), options.port(), session.client().fingerprint(), code);
    out.println(TerminalText.of(link.toString()));
  }
}
