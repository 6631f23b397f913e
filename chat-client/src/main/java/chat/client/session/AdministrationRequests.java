// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static chat.client.session.NetworkChatClient.clean;

import chat.client.Administration;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks what owners of the server may. */
record AdministrationRequests(Requests requests) implements Administration {
  @Override
  public CompletableFuture<Reply.AccountPage> accounts(String words, String after, int limit) {
    return requests.ask(
        new Command.Accounts(clean(words), clean(after), limit), Reply.AccountPage.class);
  }

  @Override
  public CompletableFuture<List<Device>> devicesOf(long account) {
    return requests
        .ask(new Command.DevicesOf(account), Reply.DeviceList.class)
        .thenApply(Reply.DeviceList::devices);
  }

  @Override
  public CompletableFuture<String> inviteToResetPassword(long account) {
    return requests
        .ask(new Command.InviteToResetPassword(account), Reply.Invited.class)
        .thenApply(Reply.Invited::code);
  }
}
