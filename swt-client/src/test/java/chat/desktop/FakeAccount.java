// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.ClientEvent.Refusal;
import chat.client.OwnAccount;
import chat.client.RefusedException;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The own account on a server that is none. */
public final class FakeAccount implements OwnAccount {
  /** The code that is taken for a second factor. */
  public static final String CODE = "123456";

  public static final List<String> RECOVERY =
      List.of("aaaa-bbbb-cccc-dddd", "eeee-ffff-gggg-hhhh", "jjjj-kkkk-mmmm-nnnn");

  public final List<Device> devices = new ArrayList<>();
  public Reply.SecondFactor secondFactor = new Reply.SecondFactor(false, 0);

  /** What was asked last; null if nothing was. */
  public Command.@Nullable SetSecondFactor asked;

  private final FakeService service;

  FakeAccount(FakeService service) {
    this.service = service;
  }

  @Override
  public CompletableFuture<Reply.Done> changePassword(String current, String next) {
    return service.set(new Command.ChangePassword(current, next));
  }

  @Override
  public CompletableFuture<List<Device>> devices() {
    return CompletableFuture.completedFuture(List.copyOf(devices));
  }

  @Override
  public CompletableFuture<Reply.SecondFactor> secondFactor() {
    return CompletableFuture.completedFuture(secondFactor);
  }

  @Override
  public CompletableFuture<List<String>> setSecondFactor(Command.SetSecondFactor command) {
    asked = command;
    if (!command.code().equals(CODE)) {
      return CompletableFuture.failedFuture(
          new RefusedException(new Refusal(Problem.CODE_WRONG, "", 0)));
    }
    secondFactor = new Reply.SecondFactor(true, RECOVERY.size());
    return CompletableFuture.completedFuture(RECOVERY);
  }
}
