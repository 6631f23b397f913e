// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Account;
import chat.server.room.Contacts.ContactState;
import chat.server.room.Directory;
import chat.server.room.ProfileData;
import chat.server.room.Room.Versioned;
import chat.server.session.Devices;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import java.util.List;
import java.util.Optional;

/** What people say of themselves. */
public record ProfileHandler(
    AccessGuard guard, Directory directory, Seals seals, Devices devices, Presence presence) {
  public void who(Request request, Command.GetProfile who) throws Refusal {
    Optional<Account> account =
        who.account() != 0
            ? directory.accounts().get(who.account())
            : directory.accounts().named(AccountName.fold(who.name()));
    if (account.isEmpty()) {
      throw Refusal.denied(Problem.PERSON_UNKNOWN, "there is nobody of this name");
    }
    long id = account.get().id();
    boolean own = id == request.accountId();
    ProfileData profile = directory.accounts().profile(id).value();
    ContactState state = directory.contacts().state(request.accountId(), id).value();
    boolean hidden = directory.contacts().blocks(id, request.accountId());
    long seen = !hidden && (own || profile.showSeen()) ? directory.accounts().seen(id) : 0;
    request.answer(
        new Reply.ProfileFound(
            new Profile(
                directory.accounts().person(id),
                hidden ? "" : profile.status(),
                hidden ? "" : profile.about(),
                seen,
                state.relation(),
                state.blocks(),
                !own || profile.showSeen(),
                !own || profile.showRead())));
  }

  public void setProfile(Request request, Command.SetProfile set) throws Refusal {
    String display = Texts.line(set.display(), Limits.NAME);
    String status = Texts.line(set.status(), Limits.STATUS);
    String about = Texts.lines(set.about()).strip();
    if (display == null || status == null) {
      throw Refusal.invalid(
          Problem.NAME_INVALID,
          "a name has at most " + Limits.NAME + " characters, a status " + Limits.STATUS);
    } else if (about.codePointCount(0, about.length()) > Limits.ABOUT || Texts.hasControls(about)) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "at most " + Limits.ABOUT + " characters, none of control");
    }
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    Versioned<ProfileData> before = directory.accounts().profile(request.accountId());
    ProfileData after =
        new ProfileData(
            display.equals(request.account().name()) ? "" : display,
            status,
            about,
            set.showSeen(),
            set.showRead(),
            before.value().picture());
    CellKey key = Cells.profile(request.accountId());
    request.write(
        List.of(new CellVersion(key, before.version())),
        List.of(seals.write(key, after.bytes())),
        () -> changed(request.accountId(), new Versioned<>(after, before.version() + 1)),
        retried -> setProfile(retried, set));
  }

  void changed(long account, Versioned<ProfileData> self) {
    directory.accounts().profile(account, self);
    presence.renamed(account);
    directory
        .contacts()
        .of(account)
        .keySet()
        .forEach(other -> devices.tell(other, new StateUpdate.OfContact(account)));
  }
}
