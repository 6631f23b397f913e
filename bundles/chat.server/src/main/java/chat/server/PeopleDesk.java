// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Overture;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.Contacts.Tie;
import chat.server.Room.Known;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Friends, profiles, pictures, and how much somebody is here. */
record PeopleDesk(Services services, Gate gate, MemberDesk members) {
  private static final int CONTACTS = 2_000;
  private static final int MOST_USES = 25;
  private static final int MOST_DAYS = 30;

  /** The ties of both sides after a step; null if the step can't be taken. */
  private record Ties(Tie mine, Tie theirs) {}

  void approach(Call call, Command.Approach approach) {
    long self = call.who();
    long other = approach.account();
    Overture overture = approach.overture();
    if (other == self || services.accounts().get(other).isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is no such person");
      return;
    }
    Known<Tie> mine = services.contacts().tie(self, other);
    Known<Tie> theirs = services.contacts().tie(other, self);
    if (overture == Overture.REQUEST) {
      if (gate.walled(call, other)) {
        return;
      }
      if (services.contacts().of(self).size() >= CONTACTS) {
        call.fail(Problem.LIMIT_REACHED, "at most " + CONTACTS + " people");
        return;
      }
    }
    Ties next = next(overture, mine.value(), theirs.value());
    if (next == null) {
      call.fail(Problem.NOT_ALLOWED, "there is no such request or friendship");
    } else if (next.equals(new Ties(mine.value(), theirs.value()))) {
      call.answer(new Reply.Done());
    } else if (gate.pace(
        call, overture == Overture.REQUEST ? RateLimits.Kind.START : RateLimits.Kind.MESSAGE)) {
      write(call, approach, mine, theirs, next);
    }
  }

  private static @Nullable Ties next(Overture overture, Tie mine, Tie theirs) {
    Ties apart =
        new Ties(new Tie(Relation.NONE, mine.blocks()), new Tie(Relation.NONE, theirs.blocks()));
    Ties friends = new Ties(new Tie(Relation.FRIEND, false), new Tie(Relation.FRIEND, false));
    return switch (overture) {
      case REQUEST ->
          switch (mine.relation()) {
            case NONE -> new Ties(new Tie(Relation.ASKED, false), new Tie(Relation.WANTED, false));
            case WANTED -> friends;
            case ASKED, FRIEND -> new Ties(mine, theirs);
          };
      case ACCEPT ->
          switch (mine.relation()) {
            case WANTED, FRIEND -> friends;
            case NONE, ASKED -> null;
          };
      case DECLINE ->
          mine.relation() == Relation.WANTED || mine.relation() == Relation.NONE ? apart : null;
      case WITHDRAW ->
          mine.relation() == Relation.ASKED || mine.relation() == Relation.NONE ? apart : null;
      case REMOVE ->
          mine.relation() == Relation.FRIEND || mine.relation() == Relation.NONE ? apart : null;
      case BLOCK -> new Ties(new Tie(Relation.NONE, true), apart.theirs());
      case UNBLOCK -> new Ties(new Tie(mine.relation(), false), theirs);
    };
  }

  private void write(
      Call call, Command.Approach approach, Known<Tie> mine, Known<Tie> theirs, Ties next) {
    long self = call.who();
    long other = approach.account();
    CellKey mineKey = Cells.contact(self, other);
    CellKey theirsKey = Cells.contact(other, self);
    call.write(
        List.of(
            new CellPresent(Cells.account(other)),
            new CellVersion(mineKey, mine.version()),
            new CellVersion(theirsKey, theirs.version())),
        List.of(cell(mineKey, next.mine()), cell(theirsKey, next.theirs())),
        () -> {
          services.contacts().set(self, other, new Known<>(next.mine(), mine.version() + 1));
          services.contacts().set(other, self, new Known<>(next.theirs(), theirs.version() + 1));
          services.devices().tell(self, new News.OfContact(other));
          if (!next.theirs().equals(theirs.value())) {
            services.devices().tell(other, new News.OfContact(self));
          }
          if (next.mine().blocks() != mine.value().blocks()) {
            services.presence().veil(self, other, next.mine().blocks());
          }
        },
        again -> approach(again, approach));
  }

  private CellWrite cell(CellKey key, Tie tie) {
    return new CellWrite(key, services.seals().sealCell(key, tie.bytes()));
  }

  void who(Call call, Command.Who who) {
    Optional<Account> account =
        who.account() != 0
            ? services.accounts().get(who.account())
            : services.accounts().named(Names.fold(who.name()));
    if (account.isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is nobody of this name");
      return;
    }
    long id = account.get().id();
    boolean own = id == call.who();
    Self self = services.accounts().self(id).value();
    Tie tie = services.contacts().tie(call.who(), id).value();
    boolean hidden = services.contacts().blocks(id, call.who());
    long seen = !hidden && (own || self.showSeen()) ? services.accounts().seen(id) : 0;
    call.answer(
        new Reply.Profiled(
            new Profile(
                services.accounts().person(id),
                hidden ? "" : self.status(),
                hidden ? "" : self.about(),
                seen,
                tie.relation(),
                tie.blocks(),
                !own || self.showSeen(),
                !own || self.showRead())));
  }

  void setProfile(Call call, Command.SetProfile set) {
    String display = Texts.line(set.display(), Limits.NAME);
    String status = Texts.line(set.status(), Limits.STATUS);
    String about = Texts.lines(set.about()).strip();
    if (display == null || status == null) {
      call.fail(
          Problem.NAME_INVALID,
          "a name has at most " + Limits.NAME + " characters, a status " + Limits.STATUS);
    } else if (about.codePointCount(0, about.length()) > Limits.ABOUT
        || Texts.faultOfAny(about, 4 * Limits.ABOUT) != null) {
      call.fail(Problem.TOO_LARGE, "at most " + Limits.ABOUT + " characters, none of control");
    } else if (gate.pace(call, RateLimits.Kind.MESSAGE)) {
      Known<Self> before = services.accounts().self(call.who());
      Self after =
          new Self(
              display.equals(call.account().name()) ? "" : display,
              status,
              about,
              set.showSeen(),
              set.showRead(),
              before.value().picture());
      CellKey key = Cells.profile(call.who());
      call.write(
          List.of(new CellVersion(key, before.version())),
          List.of(new CellWrite(key, services.seals().sealCell(key, after.bytes()))),
          () -> changed(call.who(), new Known<>(after, before.version() + 1)),
          again -> setProfile(again, set));
    }
  }

  private void changed(long account, Known<Self> self) {
    services.accounts().self(account, self);
    services.presence().renamed(account);
    services
        .contacts()
        .of(account)
        .keySet()
        .forEach(other -> services.devices().tell(other, new News.OfContact(account)));
  }

  void setPicture(Call call, Command.SetPicture set) {
    if (set.size() < 0
        || set.size() > Limits.PICTURE
        || set.offset() < 0
        || set.bytes().length > services.limits().chunk()
        || set.offset() + set.bytes().length > set.size()) {
      call.fail(Problem.TOO_LARGE, "a picture has at most " + Limits.PICTURE + " bytes");
      return;
    }
    if (set.room() != 0 && gate.room(call, set.room(), Right.SET_ROOM) == null) {
      return;
    }
    if (set.offset() == 0 && !gate.pace(call, RateLimits.Kind.PICTURE)) {
      return;
    }
    call.read(() -> {
      ByteArrayOutputStream picture = call.session().transfers().picture(set.offset() == 0);
      if (picture.size() != set.offset()) {
        call.fail(Problem.MALFORMED, "go on from " + picture.size());
        return;
      }
      picture.writeBytes(set.bytes());
      if (picture.size() < set.size()) {
        call.answer(new Reply.Received(new UUID(0, 0), picture.size()));
      } else if (set.size() > 0 && !Pictures.known(picture.toByteArray())) {
        call.fail(Problem.FILE_INVALID, "a picture is PNG, JPEG or WebP");
      } else {
        take(call, set.room(), picture.toByteArray());
      }
    });
  }

  private void take(Call call, long roomId, byte[] picture) {
    if (roomId == 0) {
      takeOwn(call, picture);
    } else {
      takeOfRoom(call, roomId, picture);
    }
  }

  private void takeOwn(Call call, byte[] picture) {
    Known<Self> before = services.accounts().self(call.who());
    Self after = before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.profile(call.who());
    call.write(
        List.of(new CellVersion(key, before.version())),
        List.of(
            new CellWrite(key, services.seals().sealCell(key, after.bytes())),
            cell(Cells.pictureOf(call.who()), picture)),
        () -> changed(call.who(), new Known<>(after, before.version() + 1)),
        again -> takeOwn(again, picture));
  }

  private void takeOfRoom(Call call, long roomId, byte[] picture) {
    Room room = gate.room(call, roomId, Right.SET_ROOM);
    if (room == null) {
      return;
    }
    Known<Room.Settings> before = room.known();
    Room.Settings after =
        before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.room(roomId);
    Known<Room.Membership> member = room.member(call.who());
    call.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(roomId, call.who()), member == null ? -1 : member.version())),
        List.of(
            new CellWrite(key, services.seals().sealCell(key, after.bytes())),
            cell(Cells.pictureOfRoom(roomId), picture)),
        () -> {
          room.set(new Known<>(after, before.version() + 1));
          members.toldAll(room);
        },
        again -> takeOfRoom(again, roomId, picture));
  }

  private CellWrite cell(CellKey key, byte[] picture) {
    return new CellWrite(key, picture.length == 0 ? null : services.seals().sealCell(key, picture));
  }

  /** A part of a picture; of a room only for those who may know of it. */
  void picture(Call call, Command.Picture asked) {
    if (asked.offset() < 0 || asked.length() < 1 || asked.length() > services.limits().chunk()) {
      call.fail(Problem.TOO_LARGE, "1 to " + services.limits().chunk() + " bytes");
      return;
    }
    if (asked.account() == 0) {
      Room room = services.rooms().get(asked.room());
      boolean mayKnow =
          room != null
              && (room.settings().kind() == RoomKind.PUBLIC || room.member(call.who()) != null);
      if (!mayKnow) {
        call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
        return;
      }
    }
    CellKey key =
        asked.account() == 0 ? Cells.pictureOfRoom(asked.room()) : Cells.pictureOf(asked.account());
    call.read(() -> {
      Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
      if (cell.isEmpty()) {
        call.fail(Problem.FILE_UNKNOWN, "there is no picture");
        return;
      }
      byte[] picture = services.seals().openCell(key, cell.get().value());
      int from = Math.min(asked.offset(), picture.length);
      int to = Math.min(from + asked.length(), picture.length);
      call.answer(new Reply.Data(from, Arrays.copyOfRange(picture, from, to)));
    });
  }

  void be(Call call, Command.Be be) {
    call.session().be(be.availability());
    call.answer(new Reply.Done());
  }

  /** Lets a member bring others to the server, if the operator lets members do so. */
  void invite(Call call, Command.Invite invite) {
    if (!services.config().membersInvite() && call.account().role() == Role.MEMBER) {
      call.fail(Problem.NOT_ALLOWED, "the operator of this server invites");
    } else if (invite.uses() < 1
        || invite.uses() > MOST_USES
        || invite.days() < 1
        || invite.days() > MOST_DAYS) {
      call.fail(
          Problem.TOO_LARGE, "1 to " + MOST_USES + " uses within 1 to " + MOST_DAYS + " days");
    } else if (gate.pace(call, RateLimits.Kind.START)) {
      String code = Invitations.newCode();
      long end = services.clock().millis() + Duration.ofDays(invite.days()).toMillis();
      CellWrite cell =
          new CellWrite(Invitations.key(code), new Terms(Role.MEMBER, invite.uses(), end).bytes());
      services
          .journal()
          .submit(
              Change.write(List.of(new CellPresent(Cells.account(call.who()))), cell),
              new Decision(call.session(), call.correlation()) {
                @Override
                void done(long number, long time) {
                  call.answer(new Reply.Invited(code));
                }
              });
    }
  }
}
