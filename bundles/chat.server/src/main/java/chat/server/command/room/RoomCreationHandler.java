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
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.Texts;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.command.RoomTransactions;
import chat.server.command.Step;
import chat.server.room.Bodies;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Room.Settings;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.util.Optional;
import java.util.UUID;

/** Makes rooms. */
public record RoomCreationHandler(
    Gate gate,
    RoomTransactions transactions,
    Memberships memberships,
    RoomNames names,
    Directory directory,
    Seals seals) {
  public void create(Call call, Command.Create create) {
    String name = Texts.line(create.name(), Limits.ROOM_NAME);
    String topic = Texts.line(create.topic(), Limits.TOPIC);
    if (create.kind() == RoomKind.DIRECT) {
      call.fail(Problem.NOT_ALLOWED, "Direct makes a room of two");
    } else if (name == null || name.isEmpty() || topic == null) {
      call.fail(Problem.ROOM_NAME_INVALID, RoomNames.lengths());
    } else {
      call.unlessDone(() -> {
        long id = directory.rooms().nextId();
        Settings settings = Settings.named(create.kind(), name, topic);
        if (memberships.mayHaveMore(call, call.who())
            && names.titleIsFree(call, settings, 0)
            && gate.pace(call, RateLimits.Kind.START)) {
          Room room = directory.rooms().make(id, new Known<>(settings, 1), 0);
          Step step =
              founding(call, room, create.id(), new Content.RoomSet(name, topic, false, false));
          if (settings.kind() == RoomKind.PUBLIC) {
            CellKey title = RoomNames.title(settings);
            step.relying(new CellVersion(title, 0)).writing(new CellWrite(title, Cells.bytes(id)));
          }
          memberships.member(step, room, call.who(), Rank.OWNER);
          step.then(() -> memberships.told(room, call.who()))
              .submit(again -> create(again, create));
        }
      });
    }
  }

  /** The first entry of a new room. */
  private Step founding(Call call, Room room, UUID id, Content.RoomSet content) {
    CellKey key = Cells.room(room.id());
    return transactions
        .begin(call, room, id, Bodies.of(content), content)
        .relying(new CellVersion(key, 0))
        .writing(new CellWrite(key, seals.sealCell(key, room.settings().bytes())))
        .then(() -> directory.rooms().add(room));
  }

  /** The room of two; made at the first asking. */
  public void direct(Call call, Command.Direct direct) {
    long self = call.who();
    long other = direct.account();
    if (other == self || directory.accounts().get(other).isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is no such person");
    } else if (!gate.walled(call, other)) {
      call.unlessDone(() -> {
        Optional<Room> there = directory.rooms().direct(self, other);
        if (there.isPresent()) {
          call.answer(new Reply.Posted(direct.id(), there.get().id(), 1, 0));
        } else if (!directory.rooms().shared(self, other)
            && directory.contacts().tie(self, other).value().relation() != Relation.FRIEND) {
          call.fail(Problem.NOT_ALLOWED, "you share no room with this person");
        } else if (gate.pace(call, RateLimits.Kind.START)) {
          make(call, direct, other);
        }
      });
    }
  }

  private void make(Call call, Command.Direct direct, long other) {
    long self = call.who();
    Settings settings = Settings.direct(self, other);
    Room room = directory.rooms().make(directory.rooms().nextId(), new Known<>(settings, 1), 0);
    CellKey pair = Cells.direct(self, other);
    Step step =
        founding(call, room, direct.id(), new Content.RoomSet("", "", false, false))
            .relying(new CellVersion(pair, 0))
            .relying(
                new CellVersion(
                    Cells.contact(other, self), directory.contacts().tie(other, self).version()))
            .writing(new CellWrite(pair, Cells.bytes(room.id())));
    memberships.member(step, room, self, Rank.MEMBER);
    memberships.member(step, room, other, Rank.MEMBER);
    step.then(
            () -> {
              memberships.told(room, self);
              memberships.told(room, other);
            })
        .submit(again -> direct(again, direct));
  }
}
