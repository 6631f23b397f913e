// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What owners of the server do for its people. Threads and failures are as with {@link ChatClient}.
 * {@link ChatClient#set} takes {@link Command.AdministerAccount} and {@link Command.Announce}.
 */
public interface Administration {
  /**
   * Accounts whose names hold these words and come after {@code after}. {@link
   * Command.AdministerAccount} does something to one.
   */
  CompletableFuture<Reply.AccountPage> accounts(String words, String after, int limit);

  /** The devices of an account, the last used first. */
  CompletableFuture<List<Device>> devicesOf(long account);

  /**
   * Makes a code with which a new password can be set, once.
   *
   * @return the code, from which {@link chat.protocol.PasswordReset} makes a link
   */
  CompletableFuture<String> inviteToResetPassword(long account);
}
