// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.text.AuthenticatorSecret;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Invitation;
import chat.protocol.Person;
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
    return model.here(model.client().account().devices());
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
    return model.here(model.client().account().changePassword(current, next));
  }

  /** Gives the account another name. */
  public CompletableFuture<Reply.Done> changeName(String name) {
    return model.here(model.client().set(new Command.ChangeName(name)));
  }

  /** Whether a log-in takes a code besides the password. */
  public CompletableFuture<Reply.SecondFactor> secondFactor() {
    return model.here(model.client().account().secondFactor());
  }

  /** What an authenticator has to know, as a link. */
  public String link(AuthenticatorSecret secret) {
    Person self = model.self();
    return secret.link(model.config().host(), self == null ? "" : self.name());
  }

  /** Sets the second factor; the recovery codes are the answer. */
  public CompletableFuture<List<String>> setSecondFactor(
      AuthenticatorSecret secret, String password, String code) {
    return model.here(
        model
            .client()
            .account()
            .setSecondFactor(new Command.SetSecondFactor(password, secret.bytes(), code, "")));
  }

  /** Takes the second factor away. */
  public CompletableFuture<Reply.Done> removeSecondFactor(String password, String code) {
    return model.here(model.client().set(new Command.RemoveSecondFactor(password, code)));
  }

  /** Ends the account for good, and the session with it: {@code LOGGED_OUT} follows. */
  public CompletableFuture<Void> end(String password) {
    return model
        .here(model.client().set(new Command.DeleteAccount(password)))
        .thenAccept(_ -> model.accountEnded());
  }
}
