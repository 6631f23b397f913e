// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Content;
import chat.server.base.Refusal;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.Body;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.session.RateLimits;
import chat.server.store.SealedBlob;
import chat.storage.Change.BlobCommit;
import java.util.List;
import java.util.UUID;

/**
 * The one way to say something in a room, be it a text or a file, new or forwarded. Whoever says
 * something is {@link #admit admitted} first, and may then have it written; every condition on that
 * is checked here or is part of {@link Right#WRITE}, so that no command goes round it.
 */
public record Posts(AccessGuard guard, RoomTransactions transactions, Mentions mentions) {

  /** The room, if the caller may say something in it now. */
  Room admit(Request request, long room) throws Refusal {
    return guard.room(request, room, Right.WRITE);
  }

  /** Whether the caller has not said too much of late; counts it. */
  void checkPace(Request request) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
  }

  /** Says a text. */
  RoomTransaction text(Request request, Room room, UUID id, Content.Text content) {
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

  /**
   * Shows a file whose bytes are staged.
   *
   * @param sent by which a repeat is known
   */
  RoomTransaction file(Request request, Room room, UUID id, StoredFile file, byte[] sent) {
    SealedBlob blob = new SealedBlob(file.blob(), file.key(), file.shown().size());
    return transactions
        .begin(request, room, id, new Body(EntryCodec.FILE, EntryCodec.file(file)), file.shown())
        .asMember()
        .hashed(sent)
        .findable(file.shown())
        .committing(new BlobCommit(blob.id(), blob.sealedLength()));
  }
}
