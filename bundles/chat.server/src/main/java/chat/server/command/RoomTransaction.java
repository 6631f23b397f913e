// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.room.EntryCodec.Body;
import chat.server.room.NewEntries;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Something that happens in a room: an entry, and all that becomes true with it, decided as one. It
 * relies on what was known when it was asked for; if the store knows better, the command begins
 * anew, sees the newer state and decides again.
 */
public final class RoomTransaction {
  private final Request request;
  private final RoomTransactions with;
  private final Room room;
  private final UUID id;
  private final Body body;
  private final Content content;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<CellWrite> cells = new ArrayList<>();
  private final List<BlobCommit> blobs = new ArrayList<>();
  private final List<Erasure> erasures = new ArrayList<>();
  private final List<UUID> drops = new ArrayList<>();
  private final List<Runnable> effects = new ArrayList<>();
  private byte[] hashed;
  private long about;
  private List<Long> tokens = List.of();

  /**
   * @param content what people see of the body
   */
  RoomTransaction(
      RoomTransactions with, Request request, Room room, UUID id, Body body, Content content) {
    this.request = request;
    this.with = with;
    this.room = room;
    this.id = id;
    this.body = body;
    this.hashed = body.bytes();
    this.content = content;
  }

  /** Relies on the room being as it is and on its author being the member that it is. */
  public RoomTransaction asMember() {
    Versioned<Membership> member = room.member(request.accountId());
    conditions.add(new CellVersion(Cells.room(room.id()), room.stored().version()));
    conditions.add(
        new CellVersion(
            Cells.member(room.id(), request.accountId()), member == null ? -1 : member.version()));
    if (room.kind() == RoomKind.DIRECT) {
      long peer = room.peerOf(request.accountId());
      conditions.add(
          new CellVersion(
              Cells.contact(peer, request.accountId()),
              with.directory().contacts().state(peer, request.accountId()).version()));
    }
    return this;
  }

  public RoomTransaction relying(Condition condition) {
    conditions.add(condition);
    return this;
  }

  /** By these bytes a repeat is known, if not by the whole body. */
  public RoomTransaction hashed(byte[] bytes) {
    hashed = bytes;
    return this;
  }

  /** Is found by the words of this text, and by who is mentioned in it. */
  public RoomTransaction findable(String text, List<Long> mentions) {
    tokens = SearchTokens.ofText(with.seals(), room.id(), request.accountId(), text, mentions);
    return this;
  }

  /** Is found by the name of this file. */
  public RoomTransaction findable(Content.File file) {
    tokens = SearchTokens.ofFile(with.seals(), room.id(), request.accountId(), file);
    return this;
  }

  public RoomTransaction about(long number) {
    about = number;
    return this;
  }

  public RoomTransaction writing(CellWrite cell) {
    cells.add(cell);
    return this;
  }

  public RoomTransaction committing(BlobCommit blob) {
    blobs.add(blob);
    return this;
  }

  public RoomTransaction erasing(long number) {
    erasures.add(new Erasure(room.id(), number));
    return this;
  }

  public RoomTransaction dropping(UUID blob) {
    drops.add(blob);
    return this;
  }

  /** What changes in memory once it is on disk, before anybody hears of it. */
  public RoomTransaction then(Runnable effect) {
    effects.add(effect);
    return this;
  }

  /**
   * Goes to the journal; answered by Posted.
   *
   * @param again the command, from its beginning
   */
  public void submit(Request.Retry again) {
    long author = request.accountId();
    submit(
        NewEntries.of(with.seals(), room.id(), id, author, body, hashed, about, tokens),
        again,
        false);
  }

  private void submit(NewEntry entry, Request.Retry again, boolean asBefore) {
    with.access()
        .journal()
        .submit(
            new Change(conditions, entry, cells, blobs, erasures, drops),
            new CommandCompletion(request) {
              @Override
              public void applied(long number, long time) {
                effects.forEach(Runnable::run);
                erasures.forEach(erasure -> room.tail().forget(erasure.number()));
                room.add(
                    new Event.Entry(
                        room.id(),
                        number,
                        id,
                        with.directory().accounts().person(request.accountId()),
                        time,
                        content));
              }

              @Override
              public void done(long number, long time) {
                request.answer(new Reply.Posted(id, room.id(), number, time));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                request.retry(again);
              }

              @Override
              public void idTaken() {
                if (asBefore) {
                  super.idTaken();
                } else {
                  submit(NewEntries.asBefore(with.seals(), entry, hashed), again, true);
                }
              }
            });
  }
}
