// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Content;
import chat.server.base.Seals;
import chat.server.room.Directory;
import chat.server.room.EntryCodec.Body;
import chat.server.room.Room;
import chat.server.store.StoreAccess;
import java.util.UUID;

/** Begins what happens in rooms. May be used from any thread. */
public record RoomTransactions(StoreAccess access, Directory directory, Seals seals) {

  /**
   * Begins an entry of a room, and what becomes true with it.
   *
   * @param content what people see of the body
   */
  public RoomTransaction begin(Request request, Room room, UUID id, Body body, Content content) {
    return new RoomTransaction(this, request, room, id, body, content);
  }
}
