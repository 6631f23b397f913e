// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static chat.client.session.NetworkChatClient.clean;

import chat.client.OwnAccount;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks about the own account. */
record OwnAccountRequests(Requests requests) implements OwnAccount {
  @Override
  public CompletableFuture<Reply.Done> changePassword(String current, String next) {
    return requests.ask(new Command.ChangePassword(clean(current), clean(next)), Reply.Done.class);
  }

  @Override
  public CompletableFuture<List<Device>> devices() {
    return requests
        .ask(new Command.Devices(), Reply.DeviceList.class)
        .thenApply(Reply.DeviceList::devices);
  }

  @Override
  public CompletableFuture<Reply.SecondFactor> secondFactor() {
    return requests.ask(new Command.GetSecondFactor(), Reply.SecondFactor.class);
  }

  @Override
  public CompletableFuture<List<String>> setSecondFactor(Command.SetSecondFactor command) {
    return requests.ask(command, Reply.RecoveryCodes.class).thenApply(Reply.RecoveryCodes::codes);
  }
}
