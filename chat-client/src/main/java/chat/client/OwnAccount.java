// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one does to the own account. Threads and failures are as with {@link ChatClient}. {@link
 * ChatClient#set} takes {@link Command.ChangeName}, {@link Command.RemoveSecondFactor}, {@link
 * Command.EndDevice}, {@link Command.EndOtherDevices} and {@link Command.DeleteAccount}.
 */
public interface OwnAccount {
  /**
   * Replaces the password; all other devices are logged out by that. If the answer is lost, it may
   * be asked again: the same twice is done once.
   */
  CompletableFuture<Reply.Done> changePassword(String current, String next);

  /**
   * The devices that are logged in to this account, the last used first. {@link Command.EndDevice}
   * and {@link Command.EndOtherDevices} log others out.
   */
  CompletableFuture<List<Device>> devices();

  /** Whether this account has a second factor. */
  CompletableFuture<Reply.SecondFactor> secondFactor();

  /**
   * Sets the second factor of this account. If the answer is lost, it may be asked again; then
   * there are other recovery codes. {@link Command.RemoveSecondFactor} takes it away.
   *
   * @return the recovery codes, which are told this once
   */
  CompletableFuture<List<String>> setSecondFactor(Command.SetSecondFactor command);
}
