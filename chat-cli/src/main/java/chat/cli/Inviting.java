// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.protocol.Invitation;
import java.io.PrintStream;

/** Makes a link by which others can register, where the server lets its people invite. */
record Inviting(Visit visit, Options options, Word.Invite order, PrintStream out) {

  void run() throws CliException, InterruptedException {
    visit.enter();
    visit.listenNoMore();
    String code = Visit.get(visit.client().invite(order.uses(), order.days()));
    out.println(new Invitation(options.host(), options.port(), visit.client().fingerprint(), code));
  }
}
