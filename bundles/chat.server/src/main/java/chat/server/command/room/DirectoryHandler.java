// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.server.base.Refusal;
import chat.server.base.Tokens;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.RoomQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Lists of people and of rooms. */
public record DirectoryHandler(
    AccessGuard guard, RoomQueries queries, Directory directory, Limits limits) {
  public void people(Request request, Command.People people) throws Refusal {
    Room room = guard.room(request, people.room());
    request.read(() -> request.answer(page(room, people)));
  }

  private Reply page(Room room, Command.People people) {
    int limit = Math.clamp(people.limit(), 1, limits.page());
    List<Person> next =
        first(
            limit + 1,
            room.members().keySet().stream()
                .map(directory.accounts()::person)
                .filter(person -> person.name().compareTo(people.after()) > 0),
            Comparator.comparing(Person::name));
    List<Member> page =
        next.stream().limit(limit).flatMap(person -> member(room, person).stream()).toList();
    return new Reply.PeoplePage(page, next.size() > limit);
  }

  private static Optional<Member> member(Room room, Person person) {
    Versioned<Membership> member = room.member(person.account());
    return member == null
        ? Optional.empty()
        : Optional.of(new Member(person, member.value().rank(), member.value().mutedUntil()));
  }

  /** The public rooms. */
  public void rooms(Request request, Command.Rooms rooms) {
    request.read(() -> request.answer(page(request, rooms)));
  }

  private Reply page(Request request, Command.Rooms rooms) {
    String words = Tokens.fold(rooms.words());
    String after = Tokens.fold(rooms.after());
    int limit = Math.clamp(rooms.limit(), 1, limits.page());
    List<Room> next =
        first(
            limit + 1,
            directory.rooms().all().stream()
                .filter(room -> room.kind() == RoomKind.PUBLIC)
                .filter(room -> !room.settings().archived())
                .filter(room -> room.folded().name().compareTo(after) > 0)
                .filter(room -> room.folded().contains(words)),
            Comparator.comparing(room -> room.folded().name()));
    List<RoomInfo> page =
        next.stream().limit(limit).map(room -> queries.info(room, request.accountId())).toList();
    return new Reply.RoomsPage(page, next.size() > limit);
  }

  /** The first so many of all, sorted, without sorting all. */
  private static <T> List<T> first(int count, Stream<T> all, Comparator<T> order) {
    PriorityQueue<T> first = new PriorityQueue<>(order.reversed());
    all.forEach(each -> {
      if (first.size() < count) {
        first.add(each);
      } else if (order.compare(each, first.element()) < 0) {
        first.remove();
        first.add(each);
      }
    });
    return first.stream().sorted(order).toList();
  }
}
