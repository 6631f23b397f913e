// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.server.base.Announcement;
import chat.server.base.Refusal;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.session.Feed;
import chat.server.session.Presence;
import chat.server.session.StateUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows rooms and follows them: all of them at once, or one. */
public record SyncHandler(
    AccessGuard guard, RoomViews views, Directory directory, Presence presence, Limits limits) {
  private static final long ENTERED_BYTES = 512 << 10;

  /** Shows every room and follows it, in one go. */
  public void sync(Request request, Command.Sync enter) throws Refusal {
    checkPage(enter.messages());
    checkPage(enter.files());
    Map<Long, Cursor> cursors =
        enter.cursors().stream()
            .collect(Collectors.toMap(Cursor::room, Function.identity(), (a, b) -> b));
    request.read(() -> {
      request.session().listen();
      List<RoomView> shown = new ArrayList<>();
      List<Feed> feeds = new ArrayList<>();
      long left = ENTERED_BYTES;
      for (Room room : directory.rooms().of(request.accountId())) {
        Cursor cursor = cursors.get(room.id());
        long since = room.memberSince(request.accountId());
        RoomView view =
            left > 0
                ? views.view(request.account(), room, cursor, enter.messages(), enter.files())
                : views.bare(request.account(), room, cursor);
        left -= RoomViews.weight(view);
        shown.add(view);
        // fault-point: feed-start
        long from = cursor != null && view.resumed() ? cursor.number() : view.head();
        feeds.add(request.session().feed(room, since, from));
      }
      request.answer(
          new Reply.Synced(
              shown,
              withSelf(request.accountId()),
              presence.statuses(request.accountId()),
              directory.contacts().of(request.accountId()).keySet().stream()
                  .map(other ->
                      directory.contacts().shown(request.accountId(), other, directory.accounts()))
                  .toList(),
              views.queries().invitations(request.accountId())));
      request.session().follow(feeds, enter.availability());
      if (!directory.announced().equals(Announcement.NONE)) {
        request.session().tell(new StateUpdate.OfAnnouncement());
      }
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
  public void open(Request request, Command.Open open) throws Refusal {
    checkPage(open.messages());
    checkPage(open.files());
    Room room = guard.room(request, open.room());
    request.read(() -> {
      long since = room.memberSince(request.accountId());
      RoomView view = views.view(request.account(), room, null, open.messages(), open.files());
      if (since < 0 || room.memberSince(request.accountId()) != since) {
        throw AccessGuard.noSuchRoom();
      }
      request.answer(new Reply.Opened(view));
      request.session().follow(request.session().feed(room, since, view.head()));
    });
  }

  private void checkPage(int wanted) throws Refusal {
    int page = limits.page();
    if (wanted < 0 || wanted > page) {
      throw Refusal.invalid(Problem.TOO_LARGE, "0 to " + page + " entries");
    }
  }
}
