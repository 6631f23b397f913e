// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.Administration;
import chat.protocol.AccountInfo;
import chat.protocol.Device;
import chat.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The people of a server that is none. */
public final class FakeAdministration implements Administration {
  public final List<AccountInfo> accounts = new ArrayList<>();
  public final List<Device> devices = new ArrayList<>();

  @Override
  public CompletableFuture<Reply.AccountPage> accounts(String words, String after, int limit) {
    List<AccountInfo> found =
        accounts.stream()
            .filter(each -> each.person().name().compareToIgnoreCase(after) > 0)
            .filter(each ->
                each.person()
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .contains(words.toLowerCase(Locale.ROOT)))
            .toList();
    return CompletableFuture.completedFuture(
        new Reply.AccountPage(found.stream().limit(limit).toList(), found.size() > limit));
  }

  @Override
  public CompletableFuture<List<Device>> devicesOf(long account) {
    return CompletableFuture.completedFuture(List.copyOf(devices));
  }

  @Override
  public CompletableFuture<String> inviteToResetPassword(long account) {
    return CompletableFuture.completedFuture("0123456789abcdef0123456789abcdef");
  }
}
