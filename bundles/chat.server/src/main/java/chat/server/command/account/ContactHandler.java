// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Contacts.ContactState;
import chat.server.room.Directory;
import chat.server.room.Room.Versioned;
import chat.server.room.RoomInvitations.Pending;
import chat.server.session.Devices;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Friends and blocked people. */
public record ContactHandler(
    AccessGuard guard, Directory directory, Devices devices, Presence presence, Seals seals) {
  private static final int CONTACTS = 2_000;

  /** The ties of both sides after a step. */
  private record Ties(ContactState own, ContactState theirs) {}

  public void approach(Request request, Command.UpdateContact approach) throws Refusal {
    long self = request.accountId();
    long other = approach.account();
    ContactAction action = approach.action();
    if (other == self || directory.accounts().get(other).isEmpty()) {
      throw Refusal.denied(Problem.PERSON_UNKNOWN, "there is no such person");
    }
    Versioned<ContactState> mine = directory.contacts().state(self, other);
    Versioned<ContactState> theirs = directory.contacts().state(other, self);
    if (action == ContactAction.REQUEST) {
      guard.checkNotBlocked(request, other);
      if (directory.contacts().of(self).size() >= CONTACTS) {
        throw Refusal.denied(Problem.LIMIT_REACHED, "at most " + CONTACTS + " people");
      }
    }
    Ties next = next(action, mine.value(), theirs.value());
    if (next == null) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "there is no such request or friendship");
    } else if (next.equals(new Ties(mine.value(), theirs.value()))) {
      request.answer(new Reply.Done());
      return;
    }
    guard.checkRate(
        request, action == ContactAction.REQUEST ? RateLimits.Kind.START : RateLimits.Kind.MESSAGE);
    write(request, approach, mine, theirs, next);
  }

  /** Null if the step can't be taken. */
  private static @Nullable Ties next(ContactAction action, ContactState mine, ContactState theirs) {
    Ties apart =
        new Ties(
            new ContactState(Relation.NONE, mine.blocks()),
            new ContactState(Relation.NONE, theirs.blocks()));
    Ties friends =
        new Ties(
            new ContactState(Relation.FRIEND, false), new ContactState(Relation.FRIEND, false));
    return switch (action) {
      case REQUEST ->
          switch (mine.relation()) {
            case NONE ->
                new Ties(
                    new ContactState(Relation.OUTGOING, false),
                    new ContactState(Relation.INCOMING, false));
            case INCOMING -> friends;
            case OUTGOING, FRIEND -> new Ties(mine, theirs);
          };
      case ACCEPT ->
          switch (mine.relation()) {
            case INCOMING, FRIEND -> friends;
            case NONE, OUTGOING -> null;
          };
      case DECLINE ->
          mine.relation() == Relation.INCOMING || mine.relation() == Relation.NONE ? apart : null;
      case WITHDRAW ->
          mine.relation() == Relation.OUTGOING || mine.relation() == Relation.NONE ? apart : null;
      case REMOVE ->
          mine.relation() == Relation.FRIEND || mine.relation() == Relation.NONE ? apart : null;
      case BLOCK -> new Ties(new ContactState(Relation.NONE, true), apart.theirs());
      case UNBLOCK -> new Ties(new ContactState(mine.relation(), false), theirs);
    };
  }

  private void write(
      Request request,
      Command.UpdateContact approach,
      Versioned<ContactState> mine,
      Versioned<ContactState> theirs,
      Ties next) {
    long self = request.accountId();
    long other = approach.account();
    CellKey mineKey = Cells.contact(self, other);
    CellKey theirsKey = Cells.contact(other, self);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new CellPresent(Cells.account(other)));
    conditions.add(new CellVersion(mineKey, mine.version()));
    conditions.add(new CellVersion(theirsKey, theirs.version()));
    List<CellWrite> cells = new ArrayList<>();
    cells.add(cell(mineKey, next.own()));
    cells.add(cell(theirsKey, next.theirs()));
    Map<Long, Versioned<Pending>> refused =
        next.own().blocks() ? directory.invitations().of(self, other) : Map.of();
    refused.forEach((room, pending) -> {
      CellKey key = Cells.roomInvitation(room, self);
      conditions.add(new CellVersion(key, pending.version()));
      cells.add(new CellWrite(key, null));
    });
    request.write(
        conditions,
        cells,
        () -> {
          refused
              .keySet()
              .forEach(room -> {
                directory.invitations().remove(room, self);
                devices.tell(self, new StateUpdate.OfRoom(room));
              });
          directory.contacts().set(self, other, new Versioned<>(next.own(), mine.version() + 1));
          directory
              .contacts()
              .set(other, self, new Versioned<>(next.theirs(), theirs.version() + 1));
          devices.tell(self, new StateUpdate.OfContact(other));
          if (!next.theirs().equals(theirs.value())) {
            devices.tell(other, new StateUpdate.OfContact(self));
          }
          if (next.own().blocks() != mine.value().blocks()) {
            presence.veil(self, other, next.own().blocks());
          }
        },
        retried -> approach(retried, approach));
  }

  private CellWrite cell(CellKey key, ContactState state) {
    return seals.write(key, state.bytes());
  }
}
