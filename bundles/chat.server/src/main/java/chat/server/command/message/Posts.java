// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Content;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.EntryCodec;
import chat.server.room.Room;
import java.util.List;
import java.util.UUID;

/** What people write, as it goes to the journal. */
public record Posts(RoomTransactions transactions, Mentions mentions) {
  RoomTransaction say(Request request, Room room, UUID id, Content.Text content) {
    // Who is mentioned depends on who is here by now; a repeat is known by what was sent.
    byte[] sent =
        EntryCodec.of(
                new Content.Text(
                    content.text(),
                    content.reply(),
                    content.important(),
                    List.of(),
                    content.forwarded()))
            .bytes();
    return transactions
        .begin(request, room, id, EntryCodec.of(content), content)
        .asMember()
        .hashed(sent)
        .findable(content.text(), content.mentions());
  }
}
