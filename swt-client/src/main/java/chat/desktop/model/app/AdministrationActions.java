// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.protocol.AccountAction;
import chat.protocol.AccountInfo;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.PasswordReset;
import chat.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What owners of the server do for its people. Whoever asks shows the failure. */
public record AdministrationActions(ChatModel model) {
  private static final int PAGE = 100;

  /** Accounts whose names hold these words, a page of them behind a name. */
  public CompletableFuture<Reply.AccountPage> accounts(String words, String after) {
    return model.here(model.client().administration().accounts(words, after, PAGE));
  }

  /** The devices that are logged in to an account. */
  public CompletableFuture<List<Device>> devices(AccountInfo account) {
    return model.here(model.client().administration().devicesOf(account.person().account()));
  }

  /** Makes a link by which a new password can be set, once. */
  public CompletableFuture<PasswordReset> resetLink(AccountInfo account) {
    var config = model.config();
    return model.here(
        model
            .client()
            .administration()
            .inviteToResetPassword(account.person().account())
            .thenApply(code ->
                new PasswordReset(
                    config.host(), config.port(), model.client().fingerprint(), code)));
  }

  /** Does something to an account. */
  public CompletableFuture<Reply.Done> administer(AccountInfo account, AccountAction action) {
    return administer(account, action, "");
  }

  /** Gives an account another name. */
  public CompletableFuture<Reply.Done> rename(AccountInfo account, String name) {
    return administer(account, AccountAction.RENAME, name);
  }

  private CompletableFuture<Reply.Done> administer(
      AccountInfo account, AccountAction action, String name) {
    return model.here(
        model
            .client()
            .set(new Command.AdministerAccount(account.person().account(), action, name)));
  }

  /** Tells everybody something; an empty text takes it back. */
  public CompletableFuture<Reply.Done> announce(String text) {
    return model.here(model.client().set(new Command.Announce(text)));
  }
}
