// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Overture;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.room.Contacts.Tie;
import chat.server.room.Directory;
import chat.server.room.Room.Known;
import chat.server.session.Devices;
import chat.server.session.News;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Friends and blocked people. */
public record PeopleDesk(
    Gate gate, Directory directory, Devices devices, Presence presence, Seals seals) {
  private static final int CONTACTS = 2_000;

  /** The ties of both sides after a step; null if the step can't be taken. */
  private record Ties(Tie mine, Tie theirs) {}

  public void approach(Call call, Command.Approach approach) {
    long self = call.who();
    long other = approach.account();
    Overture overture = approach.overture();
    if (other == self || directory.accounts().get(other).isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is no such person");
      return;
    }
    Known<Tie> mine = directory.contacts().tie(self, other);
    Known<Tie> theirs = directory.contacts().tie(other, self);
    if (overture == Overture.REQUEST) {
      if (gate.walled(call, other)) {
        return;
      }
      if (directory.contacts().of(self).size() >= CONTACTS) {
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
          directory.contacts().set(self, other, new Known<>(next.mine(), mine.version() + 1));
          directory.contacts().set(other, self, new Known<>(next.theirs(), theirs.version() + 1));
          devices.tell(self, new News.OfContact(other));
          if (!next.theirs().equals(theirs.value())) {
            devices.tell(other, new News.OfContact(self));
          }
          if (next.mine().blocks() != mine.value().blocks()) {
            presence.veil(self, other, next.mine().blocks());
          }
        },
        again -> approach(again, approach));
  }

  private CellWrite cell(CellKey key, Tie tie) {
    return new CellWrite(key, seals.sealCell(key, tie.bytes()));
  }
}
