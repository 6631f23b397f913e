// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.SharedEvent;
import chat.server.session.Devices;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a room is to one of its members: read marks, drafts, muted notices, and who is typing. */
public record MemberStateHandler(
    AccessGuard guard,
    Directory directory,
    ReadMarks marks,
    Devices devices,
    Presence presence,
    Seals seals) {
  private static final int DRAFT_BYTES = 16 << 10;

  /** Members of the largest room in which it is told who is writing. */
  private static final int TYPING = 200;

  public void mark(Request request, Command.MarkRead mark) throws Refusal {
    changeState(
        request,
        mark.room(),
        retried -> mark(retried, mark),
        room -> {
          long head = room.tail().head();
          return state ->
              mark.unread()
                  ? state.withUnread(mark.read())
                  : state.withMarks(Math.min(mark.received(), head), Math.min(mark.read(), head));
        },
        room -> {
          devices.tell(request.accountId(), new StateUpdate.OfRoom(room.id()));
          tellMark(room, request.accountId());
        });
  }

  private void tellMark(Room room, long account) {
    boolean few = room.members().size() <= RoomView.MARKS;
    if (few && marks.showsRead(account)) {
      SharedEvent marked =
          new SharedEvent(new Event.ReadMarkChanged(room.id(), ReadMarks.mark(room, account)));
      room.subscribers().forEach(subscriber -> subscriber.tell(account, marked));
    }
  }

  public void silence(Request request, Command.MuteNotifications silence) throws Refusal {
    changeState(
        request,
        silence.room(),
        retried -> silence(retried, silence),
        room -> state -> state.withSilent(silence.silent()),
        room -> devices.tell(request.accountId(), new StateUpdate.OfRoom(room.id())));
  }

  public void draft(Request request, Command.Draft draft) throws Refusal {
    Texts.check(draft.text(), DRAFT_BYTES);
    changeState(
        request,
        draft.room(),
        retried -> draft(retried, draft),
        room -> state -> state.withDraft(draft.text()),
        room -> devices.tell(request.accountId(), new StateUpdate.OfRoom(room.id())));
  }

  /** Changes what a room is to the caller; nothing is written if nothing changes. */
  private void changeState(
      Request request,
      long roomId,
      Request.Retry again,
      Function<Room, UnaryOperator<MemberState>> change,
      Consumer<Room> told)
      throws Refusal {
    Room room = guard.room(request, roomId);
    guard.checkRate(request, RateLimits.Kind.SIGN);
    Room.Versioned<MemberState> before = room.state(request.accountId());
    MemberState after = change.apply(room).apply(before.value());
    if (after.equals(before.value())) {
      request.answer(new Reply.Done());
      return;
    }
    Room.Versioned<Room.Membership> member = room.member(request.accountId());
    CellKey key = Cells.seat(room.id(), request.accountId());
    request.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(room.id(), request.accountId()),
                member == null ? -1 : member.version())),
        List.of(seals.write(key, after.bytes())),
        () -> {
          room.state(request.accountId(), new Room.Versioned<>(after, before.version() + 1));
          told.accept(room);
        },
        again);
  }

  public void typing(Request request, Command.Typing typing) throws Refusal {
    Room room = guard.room(request, typing.room(), Right.WRITE);
    guard.checkRate(request, RateLimits.Kind.SIGN);
    if (room.members().size() <= TYPING && !presence.isInvisible(request.accountId())) {
      SharedEvent event =
          new SharedEvent(
              new Event.Typing(room.id(), directory.accounts().person(request.accountId())));
      room.subscribers().forEach(subscriber -> subscriber.tell(request.accountId(), event));
    }
    request.answer(new Reply.Done());
  }
}
