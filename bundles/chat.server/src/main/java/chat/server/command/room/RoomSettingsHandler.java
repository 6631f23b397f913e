// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomSettings.Change;
import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.EntryCodec;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import chat.server.session.Devices;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes what a room is called, what it is about, and who may write in it. */
public record RoomSettingsHandler(
    AccessGuard guard,
    RoomTransactions transactions,
    RoomNames names,
    Devices devices,
    Seals seals) {
  /** So many settings there were when a change was first known by what was sent. */
  private static final int FIRST = 4;

  public void setRoom(Request request, Command.SetRoom set) throws Refusal {
    Room room = guard.room(request, set.room());
    RoomSettings before = room.settings();
    RoomSettings after = tidied(set.change().appliedTo(before));
    boolean archives = before.archived() != after.archived();
    boolean changes = !after.equals(Change.NONE.withArchived(after.archived()).appliedTo(before));
    if (archives) {
      guard.checkRight(request, room, Right.ARCHIVE);
    }
    if (changes || !archives) {
      guard.checkRight(request, room, Right.SET_ROOM);
    }
    if (archives && room.id() == Room.LOBBY) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "the Lobby stays");
    }
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    if (after.name().equals(before.name())) {
      write(request, set, room, after);
      return;
    }
    // Which rooms look alike is looked up, which no event loop waits for.
    request.read(() -> {
      names.check(room.kind(), after, room.id());
      write(request, set, room, after);
    });
  }

  /** With name and topic as they may be. */
  private static RoomSettings tidied(RoomSettings settings) throws Refusal {
    String name = Texts.line(settings.name(), Limits.ROOM_NAME);
    String topic = Texts.line(settings.topic(), Limits.TOPIC);
    if (name == null || name.isEmpty() || topic == null) {
      throw RoomNames.noName();
    }
    return Change.NONE.withName(name).withTopic(topic).appliedTo(settings);
  }

  /**
   * By which a repeat is known: what was sent. What comes of it may be something else by then, if
   * somebody has changed what it leaves out.
   */
  private static byte[] sent(Change change) throws Refusal {
    List<Optional<?>> parts = new ArrayList<>();
    AddedComponents.of(change).forEach(part -> parts.add((Optional<?>) part));
    boolean first = parts.subList(0, FIRST).stream().allMatch(Optional::isPresent);
    if (first && parts.stream().filter(Optional::isPresent).count() == FIRST) {
      RoomSettings all = tidied(change.appliedTo(RoomSettings.of("", "")));
      return EntryCodec.of(new Content.RoomSet(all)).bytes();
    }
    return BinaryCodec.bytes(out -> {
      for (int i = 0; i < parts.size(); i++) {
        Optional<?> part = parts.get(i);
        if (i < FIRST || part.isPresent()) {
          byte[] value = part.map(String::valueOf).orElse("").getBytes(StandardCharsets.UTF_8);
          out.writeBoolean(part.isPresent());
          out.writeInt(value.length);
          out.write(value);
        }
        if (i >= FIRST && part.isPresent()) {
          out.writeByte(i);
        }
      }
    });
  }

  private void retitle(
      RoomTransaction transaction, long room, List<CellKey> before, List<CellKey> after) {
    for (CellKey title : after) {
      if (!before.contains(title)) {
        transaction
            .relying(new CellVersion(title, 0))
            .writing(seals.write(title, Cells.bytes(room)));
      }
    }
    for (CellKey title : before) {
      if (!after.contains(title)) {
        transaction.writing(new CellWrite(title, null));
      }
    }
  }

  private void write(Request request, Command.SetRoom set, Room room, RoomSettings after)
      throws Refusal {
    RoomSettings before = room.settings();
    StoredRoom stored = room.stored().value().withSettings(after);
    Content.RoomSet content = new Content.RoomSet(after);
    CellKey key = Cells.room(room.id());
    long version = room.stored().version();
    RoomTransaction transaction =
        transactions
            .begin(request, room, set.id(), EntryCodec.of(content), content)
            .asMember()
            .hashed(sent(set.change()))
            .writing(seals.write(key, stored.bytes()));
    if (room.kind() == RoomKind.PUBLIC && !after.name().equals(before.name())) {
      retitle(transaction, room.id(), RoomNames.titles(before), RoomNames.titles(after));
    }
    transaction
        .then(() -> {
          room.store(new Versioned<>(stored, version + 1));
          devices.tellMembers(room, new StateUpdate.OfRoom(room.id()));
        })
        .submit(retried -> setRoom(retried, set));
  }
}
