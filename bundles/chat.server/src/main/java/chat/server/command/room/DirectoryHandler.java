// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Member;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.server.base.Tokens;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import java.util.Comparator;
import java.util.List;

/** Lists of people and of rooms. */
public record DirectoryHandler(
    AccessGuard guard, RoomQueries queries, Directory directory, Limits limits) {
  public void people(Request request, Command.People people) {
    Room room = guard.room(request, people.room());
    if (room == null) {
      return;
    }
    int limit = Math.clamp(people.limit(), 1, limits.page());
    List<Member> page =
        room.members().entrySet().stream()
            .map(entry ->
                new Member(
                    directory.accounts().person(entry.getKey()),
                    entry.getValue().value().rank(),
                    entry.getValue().value().mutedUntil()))
            .filter(member -> member.person().name().compareTo(people.after()) > 0)
            .sorted(Comparator.comparing(member -> member.person().name()))
            .limit(limit + 1L)
            .toList();
    request.answer(
        new Reply.PeoplePage(page.subList(0, Math.min(limit, page.size())), page.size() > limit));
  }

  /** The public rooms. */
  public void rooms(Request request, Command.Rooms rooms) {
    String words = Tokens.fold(rooms.words());
    String after = Tokens.fold(rooms.after());
    int limit = Math.clamp(rooms.limit(), 1, limits.page());
    List<RoomInfo> page =
        directory.rooms().all().stream()
            .filter(room -> room.kind() == RoomKind.PUBLIC)
            .filter(room -> !room.settings().archived())
            .filter(room -> Tokens.fold(room.settings().name()).compareTo(after) > 0)
            .filter(room ->
                Tokens.fold(room.settings().name() + "\n" + room.settings().topic())
                    .contains(words))
            .sorted(Comparator.comparing(room -> Tokens.fold(room.settings().name())))
            .limit(limit + 1L)
            .map(room -> queries.info(room, request.accountId()))
            .toList();
    request.answer(
        new Reply.RoomsPage(page.subList(0, Math.min(limit, page.size())), page.size() > limit));
  }
}
