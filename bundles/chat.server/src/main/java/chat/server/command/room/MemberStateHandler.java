// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.Texts;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Seat;
import chat.server.room.SharedEvent;
import chat.server.session.Devices;
import chat.server.session.News;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a room is to one of its members: read marks, drafts, muted notices, and who is typing. */
public record MemberStateHandler(
    Gate gate, Directory directory, ReadMarks marks, Devices devices, Seals seals) {
  private static final int DRAFT_BYTES = 16 << 10;

  /** Members of the largest room in which it is told who is writing. */
  private static final int TYPING = 200;

  public void mark(Call call, Command.Mark mark) {
    seat(
        call,
        mark.room(),
        again -> mark(again, mark),
        room -> {
          long head = room.tail().head();
          return seat ->
              seat.withMarks(Math.min(mark.received(), head), Math.min(mark.read(), head));
        },
        room -> {
          devices.tell(call.who(), new News.OfRoom(room.id()));
          tellMark(room, call.who());
        });
  }

  private void tellMark(Room room, long account) {
    boolean few = room.members().size() <= RoomView.MARKS;
    if (few && marks.showsRead(account) && !marks.walled(room, account)) {
      SharedEvent marked =
          new SharedEvent(new Event.Marked(room.id(), ReadMarks.mark(room, account)));
      room.subscribers().forEach(subscriber -> subscriber.tell(account, marked));
    }
  }

  public void silence(Call call, Command.Silence silence) {
    seat(
        call,
        silence.room(),
        again -> silence(again, silence),
        room -> seat -> seat.withSilent(silence.silent()),
        room -> devices.tell(call.who(), new News.OfRoom(room.id())));
  }

  public void draft(Call call, Command.Draft draft) {
    Texts.Fault fault = Texts.faultOfAny(draft.text(), DRAFT_BYTES);
    if (fault != null) {
      call.fail(fault.problem(), fault.detail());
      return;
    }
    seat(
        call,
        draft.room(),
        again -> draft(again, draft),
        room -> seat -> seat.withDraft(draft.text()),
        room -> devices.tell(call.who(), new News.OfRoom(room.id())));
  }

  /** Changes what a room is to the caller; nothing is written if nothing changes. */
  private void seat(
      Call call,
      long roomId,
      Consumer<Call> again,
      Function<Room, UnaryOperator<Seat>> change,
      Consumer<Room> told) {
    Room room = gate.room(call, roomId);
    if (room == null || !gate.pace(call, RateLimits.Kind.SIGN)) {
      return;
    }
    Room.Known<Seat> before = room.seat(call.who());
    Seat after = change.apply(room).apply(before.value());
    if (after.equals(before.value())) {
      call.answer(new Reply.Done());
      return;
    }
    Room.Known<Room.Membership> member = room.member(call.who());
    CellKey key = Cells.seat(room.id(), call.who());
    call.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(room.id(), call.who()), member == null ? -1 : member.version())),
        List.of(new CellWrite(key, seals.sealCell(key, after.bytes()))),
        () -> {
          room.seat(call.who(), new Room.Known<>(after, before.version() + 1));
          told.accept(room);
        },
        again);
  }

  public void typing(Call call, Command.Typing typing) {
    Room room = gate.room(call, typing.room(), Right.WRITE);
    if (room != null && gate.pace(call, RateLimits.Kind.SIGN)) {
      if (room.members().size() <= TYPING) {
        SharedEvent event =
            new SharedEvent(new Event.Typing(room.id(), directory.accounts().person(call.who())));
        room.subscribers().forEach(subscriber -> subscriber.tell(call.who(), event));
      }
      call.answer(new Reply.Done());
    }
  }
}
