// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.Seals;
import chat.server.room.EntryCodec.Body;
import chat.storage.Change.NewEntry;
import java.util.List;
import java.util.UUID;

/** Makes of what happens in a room the entry that the store takes. */
public final class NewEntries {
  private NewEntries() {}

  /** An entry that is about no other and that no search finds. */
  public static NewEntry of(Seals seals, long room, UUID id, long author, Body body) {
    return of(seals, room, id, author, body, body.bytes(), 0, List.of());
  }

  /**
   * An entry.
   *
   * @param hashed the bytes by which a repeat is known
   * @param about the number of the entry that it is about, or 0
   * @param tokens by which it is found
   */
  public static NewEntry of(
      Seals seals,
      long room,
      UUID id,
      long author,
      Body body,
      byte[] hashed,
      long about,
      List<Long> tokens) {
    return new NewEntry(
        room,
        id,
        body.kind(),
        author,
        Seals.padded(body.bytes().length),
        seals.hash(room, body.kind(), author, id, hashed),
        seals.sealBody(room, id, body.kind(), author, about, body.bytes()),
        about,
        tokens);
  }

  /**
   * The same with the hash that an earlier build gave it. What that one committed and could not
   * answer any more is known by it when the client repeats it.
   */
  public static NewEntry asBefore(Seals seals, NewEntry entry, byte[] hashed) {
    return new NewEntry(
        entry.stream(),
        entry.id(),
        entry.kind(),
        entry.author(),
        entry.length(),
        seals.hashBefore(entry.stream(), entry.kind(), hashed),
        entry.body(),
        entry.about(),
        entry.tokens());
  }
}
