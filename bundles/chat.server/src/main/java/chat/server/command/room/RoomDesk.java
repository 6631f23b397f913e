// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.session.Feed;
import chat.server.session.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows rooms and follows them: all of them at once, or one. */
public record RoomDesk(
    Gate gate, RoomViews views, Directory directory, Presence presence, Limits limits) {
  private static final long ENTERED_BYTES = 512 << 10;

  /** Shows every room and follows it, in one go. */
  public void enter(Call call, Command.Enter enter) {
    if (!pageable(call, enter.messages()) || !pageable(call, enter.files())) {
      return;
    }
    Map<Long, Cursor> cursors =
        enter.cursors().stream()
            .collect(Collectors.toMap(Cursor::room, Function.identity(), (a, b) -> b));
    call.read(() -> {
      call.session().listen();
      List<RoomView> shown = new ArrayList<>();
      List<Feed> feeds = new ArrayList<>();
      long left = ENTERED_BYTES;
      for (Room room : directory.rooms().of(call.who())) {
        Cursor cursor = cursors.get(room.id());
        RoomView view =
            left > 0
                ? views.view(call.account(), room, cursor, enter.messages(), enter.files())
                : views.bare(call.account(), room, cursor);
        left -= RoomViews.weight(view);
        shown.add(view);
        // fault-point: feed-start
        long from = cursor != null && view.resumed() ? cursor.number() : view.head();
        feeds.add(new Feed(call.session(), room, from));
      }
      call.answer(
          new Reply.Entered(
              shown,
              withSelf(call.who()),
              presence.standings(call.who()),
              directory.contacts().of(call.who()).keySet().stream()
                  .map(other -> directory.contacts().shown(call.who(), other, directory.accounts()))
                  .toList()));
      call.session().follow(feeds, enter.availability());
    });
  }

  private List<Person> withSelf(long self) {
    List<Person> online = presence.online(self);
    if (online.stream().anyMatch(person -> person.account() == self)) {
      return online;
    }
    List<Person> all = new ArrayList<>(online);
    all.add(directory.accounts().person(self));
    return all;
  }

  /** Shows one room and follows it. */
  public void open(Call call, Command.Open open) {
    if (!pageable(call, open.messages()) || !pageable(call, open.files())) {
      return;
    }
    Room room = gate.room(call, open.room());
    if (room != null) {
      call.read(() -> {
        RoomView view = views.view(call.account(), room, null, open.messages(), open.files());
        if (room.member(call.who()) == null) {
          call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
          return;
        }
        call.answer(new Reply.Opened(view));
        call.session().follow(new Feed(call.session(), room, view.head()));
      });
    }
  }

  private boolean pageable(Call call, int wanted) {
    int page = limits.page();
    if (wanted < 0 || wanted > page) {
      call.fail(Problem.TOO_LARGE, "0 to " + page + " entries");
      return false;
    }
    return true;
  }
}
