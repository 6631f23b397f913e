// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Deed;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.Room.Known;
import chat.server.Room.Membership;
import chat.server.Room.Settings;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Making rooms, coming and going, and who may do what. */
record MemberDesk(Services services, Gate gate) {
  /** Rooms of an account, those of two not counted. */
  private static final int ROOMS = 200;

  void create(Call call, Command.Create create) {
    String name = Texts.line(create.name(), Limits.ROOM_NAME);
    String topic = Texts.line(create.topic(), Limits.TOPIC);
    if (create.kind() == RoomKind.DIRECT) {
      call.fail(Problem.NOT_ALLOWED, "Direct makes a room of two");
    } else if (name == null || name.isEmpty() || topic == null) {
      call.fail(Problem.ROOM_NAME_INVALID, lengths());
    } else {
      call.unlessDone(() -> {
        long id = services.rooms().nextId();
        Settings settings = Settings.named(create.kind(), name, topic);
        if (mayHaveMore(call, call.who())
            && titleIsFree(call, settings, 0)
            && gate.pace(call, RateLimits.Kind.START)) {
          Room room = services.rooms().make(id, new Known<>(settings, 1), 0);
          Step step =
              founding(call, room, create.id(), new Content.RoomSet(name, topic, false, false));
          if (settings.kind() == RoomKind.PUBLIC) {
            CellKey title = title(settings);
            step.relying(new CellVersion(title, 0)).writing(new CellWrite(title, Cells.bytes(id)));
          }
          member(step, room, call.who(), Rank.OWNER);
          step.then(() -> told(room, call.who())).submit(again -> create(again, create));
        }
      });
    }
  }

  private static String lengths() {
    return "a name has 1 to " + Limits.ROOM_NAME + " characters, a topic at most " + Limits.TOPIC;
  }

  private static CellKey title(Settings settings) {
    return Cells.title(Tokens.fold(settings.name()));
  }

  private boolean mayHaveMore(Call call, long account) {
    long rooms =
        services.rooms().of(account).stream()
            .filter(room -> room.settings().kind() != RoomKind.DIRECT)
            .count();
    if (rooms >= ROOMS) {
      call.refuse(Problem.LIMIT_REACHED, "at most " + ROOMS + " rooms for one person");
    }
    return rooms < ROOMS;
  }

  private boolean titleIsFree(Call call, Settings settings, long room) {
    boolean taken =
        settings.kind() == RoomKind.PUBLIC
            && services.rooms().all().stream()
                .anyMatch(other ->
                    other.id() != room
                        && other.settings().kind() == RoomKind.PUBLIC
                        && title(other.settings()).equals(title(settings)));
    if (taken) {
      call.refuse(Problem.ROOM_NAME_TAKEN, "choose another name");
    }
    return !taken;
  }

  /** The first entry of a new room. */
  private Step founding(Call call, Room room, UUID id, Content.RoomSet content) {
    CellKey key = Cells.room(room.id());
    return new Step(call, room, id, Bodies.of(content), content)
        .relying(new CellVersion(key, 0))
        .writing(new CellWrite(key, services.seals().sealCell(key, room.settings().bytes())))
        .then(() -> services.rooms().add(room));
  }

  /** Makes somebody a member with a step. */
  private void member(Step step, Room room, long account, Rank rank) {
    CellKey key = Cells.member(room.id(), account);
    CellKey seatKey = Cells.seat(room.id(), account);
    Membership membership = new Membership(rank, 0, services.clock().millis());
    Seat seat = Seat.at(room.tail().head());
    step.relying(new CellPresent(Cells.account(account)))
        .relying(new CellVersion(key, 0))
        .relying(new CellVersion(seatKey, 0))
        .writing(new CellWrite(key, membership.bytes()))
        .writing(new CellWrite(seatKey, services.seals().sealCell(seatKey, seat.bytes())))
        .then(() -> {
          services.rooms().seat(room, account, new Known<>(membership, 1));
          room.seat(account, new Known<>(seat, 1));
        });
  }

  /** Ends somebody's being a member with a step. */
  private void noMember(Step step, Room room, long account) {
    Known<Membership> member = room.member(account);
    CellKey key = Cells.member(room.id(), account);
    step.relying(new CellVersion(key, member == null ? 0 : member.version()))
        .writing(new CellWrite(key, null))
        .writing(new CellWrite(Cells.seat(room.id(), account), null))
        .then(() -> {
          services.rooms().unseat(room, account);
          services.devices().of(account).forEach(session -> session.unfollow(room.id()));
          told(room, account);
        });
  }

  private void told(Room room, long account) {
    services.devices().tell(account, new News.OfRoom(room.id()));
  }

  /** The room of two; made at the first asking. */
  void direct(Call call, Command.Direct direct) {
    long self = call.who();
    long other = direct.account();
    if (other == self || services.accounts().get(other).isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is no such person");
    } else if (!gate.walled(call, other)) {
      call.unlessDone(() -> {
        Optional<Room> there = services.rooms().direct(self, other);
        if (there.isPresent()) {
          call.answer(new Reply.Posted(direct.id(), there.get().id(), 1, 0));
        } else if (!services.rooms().shared(self, other)
            && services.contacts().tie(self, other).value().relation() != Relation.FRIEND) {
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
    Room room = services.rooms().make(services.rooms().nextId(), new Known<>(settings, 1), 0);
    CellKey pair = Cells.direct(self, other);
    Step step =
        founding(call, room, direct.id(), new Content.RoomSet("", "", false, false))
            .relying(new CellVersion(pair, 0))
            .relying(
                new CellVersion(
                    Cells.contact(other, self), services.contacts().tie(other, self).version()))
            .writing(new CellWrite(pair, Cells.bytes(room.id())));
    member(step, room, self, Rank.MEMBER);
    member(step, room, other, Rank.MEMBER);
    step.then(
            () -> {
              told(room, self);
              told(room, other);
            })
        .submit(again -> direct(again, direct));
  }

  void join(Call call, Command.Join join) {
    Room room = services.rooms().get(join.room());
    long now = services.clock().millis();
    if (room == null || room.settings().kind() != RoomKind.PUBLIC) {
      call.refuse(Problem.ROOM_UNKNOWN, "there is no such room");
    } else if (room.member(call.who()) != null) {
      call.refuse(Problem.NOT_ALLOWED, "you are a member already");
    } else if (room.settings().archived()) {
      call.refuse(Problem.NOT_ALLOWED, "the room is archived");
    } else if (banned(room, call.who(), now)) {
      long until = until(room, call.who());
      call.refuse(
          Problem.NOT_ALLOWED,
          "you may not come back yet",
          until == Long.MAX_VALUE ? 0 : until - now);
    } else if (mayHaveMore(call, call.who()) && gate.pace(call, RateLimits.Kind.MESSAGE)) {
      Step step =
          new Step(call, room, join.id(), Bodies.empty(Bodies.JOINED), new Content.Joined())
              .relying(new CellVersion(Cells.room(room.id()), room.known().version()));
      noBan(step, room, call.who());
      member(step, room, call.who(), Rank.MEMBER);
      step.then(() -> told(room, call.who())).submit(again -> join(again, join));
    }
  }

  private static boolean banned(Room room, long account, long now) {
    return until(room, account) > now;
  }

  private static long until(Room room, long account) {
    Known<Long> ban = room.bans().get(account);
    return ban == null ? 0 : ban.value();
  }

  /** Relies on the ban that is known, and ends it. */
  private void noBan(Step step, Room room, long account) {
    ban(step, room, account, 0);
  }

  private void ban(Step step, Room room, long account, long until) {
    CellKey key = Cells.ban(room.id(), account);
    Known<Long> known = room.bans().get(account);
    long version = known == null ? 0 : known.version();
    step.relying(new CellVersion(key, version));
    if (until > 0) {
      step.writing(new CellWrite(key, Cells.bytes(until)))
          .then(() -> room.bans().put(account, new Known<>(until, version + 1)));
    } else if (known != null) {
      step.writing(new CellWrite(key, null)).then(() -> room.bans().remove(account));
    }
  }

  void leave(Call call, Command.Leave leave) {
    Room room = gate.room(call, leave.room(), Right.LEAVE);
    if (room == null) {
      return;
    }
    if (room.id() == Room.LOBBY) {
      call.refuse(Problem.NOT_ALLOWED, "everybody is in the Lobby");
    } else if (isLastOwner(room, call.who()) && room.members().size() > 1) {
      call.refuse(Problem.NOT_ALLOWED, "make somebody else an owner first");
    } else if (gate.storeIsThere(call)) {
      Step step =
          new Step(call, room, leave.id(), Bodies.empty(Bodies.LEFT), new Content.Left())
              .asMember();
      noMember(step, room, call.who());
      step.submit(again -> leave(again, leave));
    }
  }

  private static boolean isLastOwner(Room room, long account) {
    Known<Membership> member = room.member(account);
    return member != null && member.value().rank() == Rank.OWNER && Rooms.owners(room) == 1;
  }

  void setRoom(Call call, Command.SetRoom set) {
    Room room = gate.room(call, set.room());
    if (room == null) {
      return;
    }
    String name = Texts.line(set.name(), Limits.ROOM_NAME);
    String topic = Texts.line(set.topic(), Limits.TOPIC);
    if (name == null || name.isEmpty() || topic == null) {
      call.fail(Problem.ROOM_NAME_INVALID, lengths());
      return;
    }
    Settings before = room.settings();
    Settings after = before.with(name, topic, set.readOnly(), set.archived());
    boolean archives = before.archived() != after.archived();
    boolean changes =
        !after.equals(
            before.with(before.name(), before.topic(), before.readOnly(), after.archived()));
    if (archives && !gate.allowed(call, room, Right.ARCHIVE)
        || (changes || !archives) && !gate.allowed(call, room, Right.SET_ROOM)) {
      return;
    }
    if (archives && room.id() == Room.LOBBY) {
      call.refuse(Problem.NOT_ALLOWED, "the Lobby stays");
      return;
    }
    if (!titleIsFree(call, after, room.id()) || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    Content.RoomSet content = new Content.RoomSet(name, topic, set.readOnly(), set.archived());
    CellKey key = Cells.room(room.id());
    long version = room.known().version();
    Step step =
        new Step(call, room, set.id(), Bodies.of(content), content)
            .asMember()
            .writing(new CellWrite(key, services.seals().sealCell(key, after.bytes())));
    if (after.kind() == RoomKind.PUBLIC && !title(after).equals(title(before))) {
      step.relying(new CellVersion(title(after), 0))
          .writing(new CellWrite(title(before), null))
          .writing(new CellWrite(title(after), Cells.bytes(room.id())));
    }
    step.then(
            () -> {
              room.set(new Known<>(after, version + 1));
              toldAll(room);
            })
        .submit(again -> setRoom(again, set));
  }

  /** Everybody in a room shall hear how it is now. */
  void toldAll(Room room) {
    room.members().keySet().forEach(account -> told(room, account));
  }

  /** One does something to another in a room. */
  void manage(Call call, Command.Manage manage) {
    Right right =
        switch (manage.deed()) {
          case INVITE -> Right.INVITE;
          case KICK -> Right.KICK;
          case BAN, UNBAN -> Right.BAN;
          case MUTE, UNMUTE -> Right.MUTE;
          case MAKE_OWNER, MAKE_MODERATOR, MAKE_MEMBER -> Right.SET_RANK;
        };
    Room room = gate.room(call, manage.room());
    if (room == null) {
      return;
    }
    boolean stepsDown = manage.account() == call.who() && manage.deed() == Deed.MAKE_MEMBER;
    if (!stepsDown && !gate.allowed(call, room, right)) {
      return;
    }
    Optional<Account> whom = services.accounts().get(manage.account());
    if (whom.isEmpty()) {
      call.refuse(Problem.PERSON_UNKNOWN, "there is no such person");
      return;
    }
    String denial = denial(call, room, manage, whom.get());
    if (denial != null) {
      call.refuse(Problem.NOT_ALLOWED, denial);
    } else if (manage.deed() != Deed.INVITE || mayHaveMore(call, manage.account())) {
      if (gate.pace(call, RateLimits.Kind.MESSAGE)) {
        carryOut(call, room, manage);
      }
    }
  }

  private @Nullable String denial(Call call, Room room, Command.Manage manage, Account whom) {
    Known<Membership> member = room.member(whom.id());
    Rank own = gate.rank(room, call.account());
    boolean self = whom.id() == call.who();
    boolean above =
        self || own == Rank.OWNER || gate.rank(room, whom).compareTo(own) < 0 || member == null;
    boolean timed = manage.deed() == Deed.BAN || manage.deed() == Deed.MUTE;
    if (timed && manage.until() <= services.clock().millis()) {
      return "until when must lie ahead";
    }
    return switch (manage.deed()) {
      case INVITE -> {
        if (member != null) {
          yield "already a member";
        } else if (banned(room, whom.id(), services.clock().millis())) {
          yield "banned; end that first";
        }
        yield services.contacts().blocks(whom.id(), call.who())
            ? "this person does not take anything from you"
            : null;
      }
      case KICK, MUTE -> {
        if (self) {
          yield "not to yourself";
        } else if (member == null) {
          yield "not a member";
        }
        yield above ? null : "not to somebody of your own rank or above";
      }
      case UNMUTE -> {
        if (member == null) {
          yield "not a member";
        }
        yield above && !self ? null : "not to somebody of your own rank or above";
      }
      case BAN -> {
        if (self) {
          yield "not to yourself";
        }
        yield above ? null : "not to somebody of your own rank or above";
      }
      case UNBAN -> room.bans().containsKey(whom.id()) ? null : "not banned";
      case MAKE_OWNER, MAKE_MODERATOR, MAKE_MEMBER -> {
        if (member == null) {
          yield "not a member";
        }
        boolean last = isLastOwner(room, whom.id()) && manage.deed() != Deed.MAKE_OWNER;
        yield last ? "make somebody else an owner first" : null;
      }
    };
  }

  private void carryOut(Call call, Room room, Command.Manage manage) {
    long whom = manage.account();
    Person person = services.accounts().person(whom);
    boolean timed = manage.deed() == Deed.BAN || manage.deed() == Deed.MUTE;
    Content.Done content = new Content.Done(person, manage.deed(), timed ? manage.until() : 0);
    Step step = new Step(call, room, manage.id(), Bodies.of(content), content).asMember();
    switch (manage.deed()) {
      case INVITE -> {
        noBan(step, room, whom);
        member(step, room, whom, Rank.MEMBER);
        step.relying(
                new CellVersion(
                    Cells.contact(whom, call.who()),
                    services.contacts().tie(whom, call.who()).version()))
            .then(() -> told(room, whom));
      }
      case KICK -> noMember(step, room, whom);
      case BAN -> {
        ban(step, room, whom, manage.until());
        noMember(step, room, whom);
      }
      case UNBAN -> noBan(step, room, whom);
      case MUTE ->
          remember(step, room, whom, m -> new Membership(m.rank(), manage.until(), m.since()));
      case UNMUTE -> remember(step, room, whom, m -> new Membership(m.rank(), 0, m.since()));
      case MAKE_OWNER -> rank(step, room, whom, Rank.OWNER);
      case MAKE_MODERATOR -> rank(step, room, whom, Rank.MODERATOR);
      case MAKE_MEMBER -> rank(step, room, whom, Rank.MEMBER);
    }
    step.submit(again -> manage(again, manage));
  }

  private void rank(Step step, Room room, long account, Rank rank) {
    remember(step, room, account, m -> new Membership(rank, m.mutedUntil(), m.since()));
  }

  private void remember(Step step, Room room, long account, UnaryOperator<Membership> change) {
    Known<Membership> before = room.member(account);
    if (before == null) {
      throw new IllegalStateException("account " + account + " is no member");
    }
    Membership after = change.apply(before.value());
    CellKey key = Cells.member(room.id(), account);
    step.relying(new CellVersion(key, before.version()))
        .writing(new CellWrite(key, after.bytes()))
        .then(() -> {
          services.rooms().seat(room, account, new Known<>(after, before.version() + 1));
          told(room, account);
        });
  }
}
