// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.RefusedException;
import chat.export.Export;
import chat.protocol.RoomView;
import java.io.IOException;

/**
 * Writes rooms and accounts into folders. Blocks for as long as it writes: it wants a thread of its
 * own, which can be interrupted to end it.
 */
public interface Exporter {
  Export.Written room(RoomView room, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException;

  Export.Written account(ClientEvent.Entered self, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException;

  /** Reads through a client. */
  static Exporter of(ChatClient client) {
    return new Exporter() {
      @Override
      public Export.Written room(RoomView room, Export.Order order, Export.Progress progress)
          throws IOException, RefusedException, InterruptedException {
        return new Export(client, order, progress).room(room);
      }

      @Override
      public Export.Written account(
          ClientEvent.Entered self, Export.Order order, Export.Progress progress)
          throws IOException, RefusedException, InterruptedException {
        return new Export(client, order, progress).account(self);
      }
    };
  }
}
