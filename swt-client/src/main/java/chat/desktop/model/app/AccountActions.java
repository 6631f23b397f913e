// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.protocol.Command;
import chat.protocol.Invitation;
import java.util.concurrent.CompletableFuture;

/** What concerns the account as a whole. Whoever asks shows the failure. */
public record AccountActions(ChatModel model) {
  /** What the server lets a member make: so many accounts, within so many days. */
  public static final int MOST_USES = 25;

  public static final int MOST_DAYS = 30;

  /** Makes an invitation to the server, which also names its key. */
  public CompletableFuture<Invitation> invite(int uses, int days) {
    var config = model.config();
    return model.here(
        model
            .client()
            .invite(uses, days)
            .thenApply(code ->
                new Invitation(config.host(), config.port(), model.client().fingerprint(), code)));
  }

  /** Ends the account for good, and the session with it: {@code LOGGED_OUT} follows. */
  public CompletableFuture<Void> end(String password) {
    return model
        .here(model.client().set(new Command.DeleteAccount(password)))
        .thenAccept(_ -> model.accountEnded());
  }
}
