// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.InvitationPolicy;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.base.text.NameRule;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Account;
import chat.server.room.Accounts;
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
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.ArrayList;
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
                !own || profile.showRead(),
                own ? profile.invitations() : InvitationPolicy.EVERYBODY)));
  }

  public void setProfile(Request request, Command.SetProfile set) throws Refusal {
    String status = Texts.line(set.status(), Limits.STATUS);
    String about = Texts.lines(set.about()).strip();
    if (status == null) {
      throw Refusal.invalid(
          Problem.NAME_INVALID, "a status has at most " + Limits.STATUS + " characters");
    } else if (about.codePointCount(0, about.length()) > Limits.ABOUT || Texts.hasControls(about)) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "at most " + Limits.ABOUT + " characters, none of control");
    }
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    ProfileData before = directory.accounts().profile(request.accountId()).value();
    if (set.display().equals(before.display())) {
      write(request, set, before.display(), status, about);
    } else {
      // Who looks alike is looked up, which no event loop waits for.
      var unused =
          directory
              .accounts()
              .lookalikes()
              .ready()
              .whenComplete((_, _) ->
                  request.read(() -> write(request, set, newDisplay(request, set), status, about)));
    }
  }

  private String newDisplay(Request request, Command.SetProfile set) throws Refusal {
    if (set.display().equals(request.account().name())) {
      return "";
    }
    String display = NameRule.ofDisplay(set.display());
    if (!display.isEmpty()
        && directory
            .accounts()
            .lookalikes()
            .isTaken(NameRule.skeletons(display), request.accountId())) {
      throw Refusal.denied(
          Problem.NAME_TAKEN, "somebody else is called so, or something that looks like it");
    }
    return display;
  }

  private void write(
      Request request, Command.SetProfile set, String display, String status, String about) {
    Accounts accounts = directory.accounts();
    Versioned<ProfileData> before = accounts.profile(request.accountId());
    ProfileData after =
        new ProfileData(
            display,
            status,
            about,
            set.showSeen(),
            set.showRead(),
            before.value().picture(),
            before.value().invitations());
    CellKey key = Cells.profile(request.accountId());
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    conditions.add(new CellVersion(key, before.version()));
    cells.add(seals.write(key, after.bytes()));
    if (!display.equals(before.value().display())) {
      SkeletonChange skeletons =
          SkeletonChange.of(
              NameRule.skeletons(request.account().name()),
              before.value().skeletons(),
              after.skeletons());
      conditions.addAll(skeletons.conditions(seals));
      cells.addAll(skeletons.cells(seals, request.accountId()));
    }
    request.write(
        conditions,
        cells,
        () -> changed(request.accountId(), new Versioned<>(after, before.version() + 1)),
        retried -> setProfile(retried, set));
  }

  public void setInvitationPolicy(Request request, Command.SetInvitationPolicy set) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    Versioned<ProfileData> before = directory.accounts().profile(request.accountId());
    ProfileData after = before.value().withInvitations(set.policy());
    CellKey key = Cells.profile(request.accountId());
    request.write(
        List.of(new CellVersion(key, before.version())),
        List.of(seals.write(key, after.bytes())),
        () -> changed(request.accountId(), new Versioned<>(after, before.version() + 1)),
        retried -> setInvitationPolicy(retried, set));
  }

  void changed(long account, Versioned<ProfileData> self) {
    directory.accounts().profile(account, self);
    presence.renamed(account);
    if (!presence.isInvisible(account)) {
      directory.contacts().of(account).keySet().stream()
          .filter(other -> !directory.contacts().blocks(account, other))
          .forEach(other -> devices.tell(other, new StateUpdate.OfContact(account)));
    }
  }
}
