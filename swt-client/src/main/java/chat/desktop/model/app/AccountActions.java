// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Invitation;
import chat.protocol.Reply;
import java.util.List;
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

  /** The devices that are logged in to the account. */
  public CompletableFuture<List<Device>> devices() {
    return model.here(model.client().devices());
  }

  /** Logs another device out. */
  public CompletableFuture<Reply.Done> end(Device device) {
    return model.here(model.client().set(new Command.EndDevice(device.id())));
  }

  /** Logs all other devices out. */
  public CompletableFuture<Reply.Done> endOtherDevices() {
    return model.here(model.client().set(new Command.EndOtherDevices()));
  }

  /** Replaces the password; other devices are logged out by that. */
  public CompletableFuture<Reply.Done> changePassword(String current, String next) {
    return model.here(model.client().changePassword(current, next));
  }

  /** Ends the account for good, and the session with it: {@code LOGGED_OUT} follows. */
  public CompletableFuture<Void> end(String password) {
    return model
        .here(model.client().set(new Command.DeleteAccount(password)))
        .thenAccept(_ -> model.accountEnded());
  }
}
