// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.protocol.Command;
import chat.protocol.Person;
import java.util.concurrent.CompletableFuture;

/** Somebody wants in: a LogIn or a Register, and who waits for its outcome. */
record LoginAttempt(Command command, CompletableFuture<Person> outcome) {
  static LoginAttempt of(Command command) {
    return new LoginAttempt(command, new CompletableFuture<>());
  }

  void failed(Exception why) {
    outcome.completeExceptionally(why);
  }
}
