// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Names;
import chat.server.base.Seals;
import chat.server.base.Texts;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.room.Account;
import chat.server.room.Contacts.Tie;
import chat.server.room.Directory;
import chat.server.room.Room.Known;
import chat.server.room.Self;
import chat.server.session.Devices;
import chat.server.session.News;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.util.List;
import java.util.Optional;

/** What people say of themselves. */
public record ProfileHandler(
    Gate gate, Directory directory, Seals seals, Devices devices, Presence presence) {
  public void who(Call call, Command.Who who) {
    Optional<Account> account =
        who.account() != 0
            ? directory.accounts().get(who.account())
            : directory.accounts().named(Names.fold(who.name()));
    if (account.isEmpty()) {
      call.fail(Problem.PERSON_UNKNOWN, "there is nobody of this name");
      return;
    }
    long id = account.get().id();
    boolean own = id == call.who();
    Self self = directory.accounts().self(id).value();
    Tie tie = directory.contacts().tie(call.who(), id).value();
    boolean hidden = directory.contacts().blocks(id, call.who());
    long seen = !hidden && (own || self.showSeen()) ? directory.accounts().seen(id) : 0;
    call.answer(
        new Reply.Profiled(
            new Profile(
                directory.accounts().person(id),
                hidden ? "" : self.status(),
                hidden ? "" : self.about(),
                seen,
                tie.relation(),
                tie.blocks(),
                !own || self.showSeen(),
                !own || self.showRead())));
  }

  public void setProfile(Call call, Command.SetProfile set) {
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
      Known<Self> before = directory.accounts().self(call.who());
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
          List.of(new CellWrite(key, seals.sealCell(key, after.bytes()))),
          () -> changed(call.who(), new Known<>(after, before.version() + 1)),
          again -> setProfile(again, set));
    }
  }

  void changed(long account, Known<Self> self) {
    directory.accounts().self(account, self);
    presence.renamed(account);
    directory
        .contacts()
        .of(account)
        .keySet()
        .forEach(other -> devices.tell(other, new News.OfContact(account)));
  }
}
