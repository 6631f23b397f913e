// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Small pictures, a part at a time. */
public final class Pictures {
  private final Requests requests;

  public Pictures(Requests requests) {
    this.requests = requests;
  }

  public CompletableFuture<Void> set(long room, byte[] picture) {
    return set(room, picture, 0);
  }

  private CompletableFuture<Void> set(long room, byte[] picture, int offset) {
    int to = Math.min(picture.length, offset + requests.limits().chunk());
    Command.SetPicture part =
        new Command.SetPicture(
            room, picture.length, offset, Arrays.copyOfRange(picture, offset, to));
    if (to == picture.length) {
      return requests.ask(part, Reply.Done.class).thenAccept(done -> {});
    }
    return requests
        .ask(part, Reply.UploadProgress.class)
        .thenCompose(received -> set(room, picture, to));
  }

  public CompletableFuture<byte[]> get(long account, long room) {
    return get(account, room, new ByteArrayOutputStream());
  }

  private CompletableFuture<byte[]> get(long account, long room, ByteArrayOutputStream so) {
    int chunk = requests.limits().chunk();
    return requests
        .ask(new Command.Picture(account, room, so.size(), chunk), Reply.Data.class)
        .thenCompose(data -> {
          so.writeBytes(data.bytes());
          return data.bytes().length < chunk
              ? CompletableFuture.completedFuture(so.toByteArray())
              : get(account, room, so);
        });
  }
}
