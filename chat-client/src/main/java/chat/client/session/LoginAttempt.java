// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientEvent.Refusal;
import chat.client.RefusedException;
import chat.client.profile.Profile;
import chat.client.profile.ServerIdentity;
import chat.protocol.Command;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.util.concurrent.CompletableFuture;

/** Somebody wants in: a LogIn or a Register, and who waits for its outcome. */
record LoginAttempt(Command command, CompletableFuture<Person> outcome) {
  static LoginAttempt of(Command command) {
    return new LoginAttempt(command, new CompletableFuture<>());
  }

  /** What is asked of a server: a log-in shows it the earlier token that it gave, if it did. */
  Command commandFor(Profile profile, ServerIdentity server) {
    return command
            instanceof Command.LogIn(String name, String password, String device, _, String code)
        ? new Command.LogIn(name, password, device, profile.earlierToken(server), code)
        : command;
  }

  /** Somebody is logged in already. */
  static RefusedException outOfPlace() {
    return new RefusedException(new Refusal(Problem.OUT_OF_PLACE, "log out first", 0));
  }

  void failed(Exception why) {
    outcome.completeExceptionally(why);
  }
}
