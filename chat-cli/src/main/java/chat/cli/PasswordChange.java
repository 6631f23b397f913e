// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;

/** Replaces the password of the account. */
record PasswordChange(CliSession session, String current, String next) {

  void run() throws CliException, InterruptedException {
    session.enter();
    session.listenNoMore();
    CliSession.get(session.client().account().changePassword(current, next));
  }
}
