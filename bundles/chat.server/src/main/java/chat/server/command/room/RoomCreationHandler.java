// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryStamps;
import chat.server.room.Room;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import java.util.Optional;
import java.util.UUID;

/** Makes rooms. */
public record RoomCreationHandler(
    AccessGuard guard,
    RoomTransactions transactions,
    Memberships memberships,
    RoomNames names,
    Directory directory,
    Seals seals) {
  public void create(Request request, Command.Create create) throws Refusal {
    String name = Texts.line(create.name(), Limits.ROOM_NAME);
    String topic = Texts.line(create.topic(), Limits.TOPIC);
    if (create.kind() == RoomKind.DIRECT) {
      throw Refusal.invalid(Problem.NOT_ALLOWED, "Direct makes a room of two");
    } else if (name == null || name.isEmpty() || topic == null) {
      throw RoomNames.noName();
    }
    request.ifNotApplied(() -> make(request, create, RoomSettings.of(name, topic)));
  }

  private void make(Request request, Command.Create create, RoomSettings settings) throws Refusal {
    long id = directory.rooms().nextId();
    StoredRoom stored = StoredRoom.of(create.kind(), settings);
    memberships.checkMayHaveMore(request.accountId());
    names.check(create.kind(), settings, 0);
    guard.checkRate(request, RateLimits.Kind.START);
    Room room = directory.rooms().make(id, new Versioned<>(stored, 1), 0);
    RoomTransaction transaction = founding(request, room, create.id());
    if (create.kind() == RoomKind.PUBLIC) {
      for (CellKey title : RoomNames.titles(settings)) {
        transaction.relying(new CellVersion(title, 0)).writing(seals.write(title, Cells.bytes(id)));
      }
    }
    memberships.member(transaction, room, request.accountId(), Rank.OWNER);
    transaction
        .then(() -> memberships.told(room, request.accountId()))
        .submit(retried -> create(retried, create));
  }

  /** The first entry of a new room. */
  private RoomTransaction founding(Request request, Room room, UUID id) {
    Content.RoomSet content = new Content.RoomSet(room.settings());
    CellKey key = Cells.room(room.id());
    return transactions
        .begin(request, room, id, EntryCodec.of(content), content)
        .relying(new CellVersion(key, 0))
        .writing(seals.write(key, room.stored().value().bytes()))
        .writing(EntryStamps.ofNewRoom(seals, room.id()))
        .then(() -> directory.rooms().add(room));
  }

  /** The room of two; made at the first asking. */
  public void direct(Request request, Command.Direct direct) throws Refusal {
    long self = request.accountId();
    long other = direct.account();
    if (other == self) {
      throw Refusal.invalid(Problem.PERSON_UNKNOWN, "it takes two to talk");
    } else if (directory.accounts().get(other).isEmpty()) {
      throw Refusal.denied(Problem.PERSON_UNKNOWN, "there is no such person");
    }
    guard.checkNotBlocked(request, other);
    request.ifNotApplied(() -> {
      Optional<Room> there = directory.rooms().direct(self, other);
      if (there.isPresent()) {
        request.answer(new Reply.Posted(direct.id(), there.get().id(), 1, 0));
        return;
      }
      if (!directory.rooms().shared(self, other)
          && directory.contacts().state(self, other).value().relation() != Relation.FRIEND) {
        throw Refusal.denied(Problem.NOT_ALLOWED, "you share no room with this person");
      }
      guard.checkRate(request, RateLimits.Kind.START);
      make(request, direct, other);
    });
  }

  private void make(Request request, Command.Direct direct, long other) {
    NewDirectRoom made =
        NewDirectRoom.of(
            directory, seals, request.accountId(), other, memberships.clock().millis());
    Content.RoomSet content = made.content();
    RoomTransaction transaction =
        transactions.begin(request, made.room(), direct.id(), EntryCodec.of(content), content);
    made.conditions().forEach(transaction::relying);
    made.cells().forEach(transaction::writing);
    transaction
        .then(() -> made.applied(memberships.devices()))
        .submit(retried -> direct(retried, direct));
  }
}
