// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.ServerConfig;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransactions;
import chat.server.command.account.AccessTokens;
import chat.server.command.account.AccountChanges;
import chat.server.command.account.AccountErasure;
import chat.server.command.account.AuthHandler;
import chat.server.command.account.ContactHandler;
import chat.server.command.account.GuestRequest;
import chat.server.command.account.InvitationHandler;
import chat.server.command.account.PasswordResetHandler;
import chat.server.command.account.PictureHandler;
import chat.server.command.account.ProfileHandler;
import chat.server.command.account.RegistrationHandler;
import chat.server.command.account.StoredSessions;
import chat.server.command.factor.SecondFactors;
import chat.server.command.message.DownloadHandler;
import chat.server.command.message.FileQuotas;
import chat.server.command.message.ForwardHandler;
import chat.server.command.message.HistoryHandler;
import chat.server.command.message.Mentions;
import chat.server.command.message.MessageHandler;
import chat.server.command.message.MessageTargets;
import chat.server.command.message.Posts;
import chat.server.command.message.SearchHandler;
import chat.server.command.message.SearchQueue;
import chat.server.command.message.SessionTransfers;
import chat.server.command.message.SharedBlobs;
import chat.server.command.message.UploadHandler;
import chat.server.command.room.DirectoryHandler;
import chat.server.command.room.MemberStateHandler;
import chat.server.command.room.MembershipHandler;
import chat.server.command.room.Memberships;
import chat.server.command.room.ReadMarks;
import chat.server.command.room.RoomCreationHandler;
import chat.server.command.room.RoomNames;
import chat.server.command.room.RoomSettingsHandler;
import chat.server.command.room.RoomViews;
import chat.server.command.room.SyncHandler;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.session.CommandRouter;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.server.session.Session;
import chat.server.session.SessionContext;
import chat.server.store.StoreAccess;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who deals with which commands. */
record CommandHandlers(
    GuestHandlers guests,
    RoomHandlers rooms,
    MessageHandlers messages,
    PeopleHandlers people,
    AccountHandlers account,
    AdministrationHandlers administration,
    SessionTransfers transfers)
    implements CommandRouter {

  /** For those who are not logged in. */
  record GuestHandlers(
      AuthHandler auth, RegistrationHandler registration, PasswordResetHandler reset) {}

  /** For rooms, and for what they are to their members. */
  record RoomHandlers(
      SyncHandler sync,
      HistoryHandler history,
      DirectoryHandler directory,
      MemberStateHandler state,
      RoomCreationHandler creation,
      RoomSettingsHandler settings,
      MembershipHandler members) {}

  /** For what is said and sent. */
  record MessageHandlers(
      MessageHandler messages,
      ForwardHandler forward,
      SearchHandler search,
      UploadHandler uploads,
      DownloadHandler downloads) {}

  /** For people. */
  record PeopleHandlers(
      ContactHandler contacts,
      ProfileHandler profiles,
      PictureHandler pictures,
      InvitationHandler invitations) {}

  /** The handlers of a server at work. */
  static CommandHandlers of(
      SessionContext context,
      Seals seals,
      Passwords passwords,
      ServerConfig config,
      AccountErasure erasure,
      InstantSource clock) {
    StoreAccess access = context.access();
    Directory directory = context.directory();
    RateLimits rates = new RateLimits(config);
    AccessGuard guard = new AccessGuard(access, directory, rates, clock);
    AccessTokens tokens = new AccessTokens(seals);
    StoredSessions sessions =
        StoredSessions.of(access, directory, context.online().devices(), seals, config, clock);
    HandlerParts parts =
        new HandlerParts(
            context,
            seals,
            guard,
            new RoomTransactions(access, directory, seals),
            new SessionTransfers(),
            config,
            clock);
    SecondFactors factors = new SecondFactors(access, seals, parts.audit(), clock);
    AccountChanges changes = new AccountChanges(access, directory, sessions, seals);
    AccountHandlers account = AccountHandlers.of(parts, changes, passwords, factors, erasure);
    return new CommandHandlers(
        new GuestHandlers(
            new AuthHandler(
                tokens,
                sessions,
                passwords,
                new LogInLimits(config),
                factors,
                context.online(),
                config),
            new RegistrationHandler(
                tokens, sessions, passwords, rates, parts.audit(), config, clock),
            account.reset()),
        roomHandlers(parts),
        messageHandlers(parts),
        peopleHandlers(parts),
        account,
        AdministrationHandlers.of(parts, account, changes),
        parts.transfers());
  }

  private static RoomHandlers roomHandlers(HandlerParts parts) {
    ReadMarks marks = new ReadMarks(parts.directory(), parts.presence());
    RoomViews views =
        new RoomViews(parts.queries(), parts.access(), parts.directory(), marks, parts.limits());
    RoomNames names = new RoomNames(parts.directory());
    Memberships memberships =
        new Memberships(parts.directory(), parts.seals(), parts.devices(), parts.clock());
    return new RoomHandlers(
        new SyncHandler(parts.guard(), views, parts.directory(), parts.presence(), parts.limits()),
        new HistoryHandler(parts.guard(), parts.queries(), parts.access(), parts.limits()),
        new DirectoryHandler(parts.guard(), parts.queries(), parts.directory(), parts.limits()),
        new MemberStateHandler(
            parts.guard(),
            parts.directory(),
            marks,
            parts.devices(),
            parts.presence(),
            parts.seals()),
        new RoomCreationHandler(
            parts.guard(),
            parts.transactions(),
            memberships,
            names,
            parts.directory(),
            parts.seals()),
        new RoomSettingsHandler(
            parts.guard(), parts.transactions(), names, parts.devices(), parts.seals()),
        new MembershipHandler(
            parts.guard(),
            parts.transactions(),
            memberships,
            parts.directory(),
            parts.audit(),
            parts.clock()));
  }

  private static MessageHandlers messageHandlers(HandlerParts parts) {
    MessageTargets targets = new MessageTargets(parts.queries(), parts.access());
    SharedBlobs shared = new SharedBlobs(parts.access(), parts.seals());
    Posts posts =
        new Posts(
            parts.guard(),
            parts.transactions(),
            new Mentions(parts.directory()),
            parts.context().providers().hooks(),
            parts.limits());
    return new MessageHandlers(
        new MessageHandler(parts.guard(), parts.queries(), targets, posts, shared, parts.limits()),
        new ForwardHandler(
            parts.guard(), parts.queries(), targets, posts, shared, parts.directory()),
        new SearchHandler(
            parts.guard(),
            parts.queries(),
            parts.access(),
            parts.directory(),
            parts.seals(),
            new SearchQueue(),
            parts.limits()),
        new UploadHandler(
            parts.guard(),
            posts,
            parts.access(),
            parts.seals(),
            parts.clock(),
            parts.transfers(),
            new FileQuotas(parts.config(), parts.limits(), parts.access().store()::freeBytes)),
        new DownloadHandler(
            parts.guard(), parts.queries(), parts.access(), parts.limits(), parts.transfers()));
  }

  private static PeopleHandlers peopleHandlers(HandlerParts parts) {
    ProfileHandler profiles =
        new ProfileHandler(
            parts.guard(), parts.directory(), parts.seals(), parts.devices(), parts.presence());
    return new PeopleHandlers(
        new ContactHandler(
            parts.guard(), parts.directory(), parts.devices(), parts.presence(), parts.seals()),
        profiles,
        new PictureHandler(
            parts.guard(),
            profiles,
            parts.access(),
            parts.directory(),
            parts.seals(),
            parts.limits(),
            parts.transfers()),
        new InvitationHandler(
            parts.guard(), parts.access(), parts.seals(), parts.config(), parts.clock()));
  }

  @Override
  public void route(Session session, Session.Stage.Open stage, int correlation, Command command) {
    GuestRequest request = new GuestRequest(session, correlation);
    switch (stage) {
      case Session.Stage.Greeting greeting -> {
        switch (command) {
          case Command.Hello hello -> request.run(() -> guests.auth().hello(request, hello));
          case Command.Ping ping -> request.answer(new Reply.Done());
          default -> session.refuse(correlation, outOfPlace("say Hello first"));
        }
      }
      case Session.Stage.Guest guest -> {
        switch (command) {
          case Command.Register register when !guest.busy() ->
              request.run(() -> guests.registration().register(request, register));
          case Command.LogIn logIn when !guest.busy() ->
              request.run(() -> guests.auth().logIn(request, logIn));
          case Command.Resume resume when !guest.busy() -> guests.auth().resume(request, resume);
          case Command.ResetPassword reset when !guest.busy() ->
              request.run(() -> guests.reset().reset(request, reset));
          case Command.Ping ping -> request.answer(new Reply.Done());
          default -> session.refuse(correlation, outOfPlace("log in first"));
        }
      }
      case Session.Stage.Member member -> route(session, member, correlation, command);
    }
  }

  private static Refusal outOfPlace(String why) {
    return Refusal.invalid(Problem.OUT_OF_PLACE, why);
  }

  private void route(
      Session session, Session.Stage.Member member, int correlation, Command command) {
    Request request = new Request(session, correlation, current(member.account()), id(command));
    request.run(() -> carryOut(request, command));
  }

  /** The id under which a command appends an entry, at once or at its end; null if it does not. */
  private static @Nullable UUID id(Command command) {
    return switch (command) {
      case Command.Append append -> append.id();
      case Command.StartUpload offer -> offer.id();
      default -> null;
    };
  }

  private void carryOut(Request request, Command command) throws Refusal {
    switch (command) {
      case Command.Hello hello -> throw outOfPlace("Hello was said");
      case Command.Register _, Command.LogIn _, Command.Resume _, Command.ResetPassword _ ->
          throw outOfPlace("log out first");
      case Command.LogOut logOut -> account.devices().logOut(request);
      case Command.Sync enter -> rooms.sync().sync(request, enter);
      case Command.Open open -> rooms.sync().open(request, open);
      case Command.History history -> rooms.history().history(request, history);
      case Command.Files files -> rooms.history().files(request, files);
      case Command.People asked -> rooms.directory().people(request, asked);
      case Command.Rooms asked -> rooms.directory().rooms(request, asked);
      case Command.MarkRead mark -> rooms.state().mark(request, mark);
      case Command.MuteNotifications silence -> rooms.state().silence(request, silence);
      case Command.Draft draft -> rooms.state().draft(request, draft);
      case Command.Typing typing -> rooms.state().typing(request, typing);
      case Command.Post post -> messages.messages().post(request, post);
      case Command.Edit edit -> messages.messages().edit(request, edit);
      case Command.Delete delete -> messages.messages().delete(request, delete);
      case Command.React react -> messages.messages().react(request, react);
      case Command.Pin pin -> messages.messages().pin(request, pin);
      case Command.Forward forward -> messages.forward().forward(request, forward);
      case Command.Search search -> messages.search().search(request, search);
      case Command.StartUpload offer -> messages.uploads().offer(request, offer);
      case Command.UploadChunk chunk -> messages.uploads().chunk(request, chunk);
      case Command.CancelUpload withdraw -> messages.uploads().withdraw(request, withdraw);
      case Command.Download fetch -> messages.downloads().fetch(request, fetch);
      case Command.Create create -> rooms.creation().create(request, create);
      case Command.Direct direct -> rooms.creation().direct(request, direct);
      case Command.Join join -> rooms.members().join(request, join);
      case Command.DeclineInvitation decline -> rooms.members().decline(request, decline);
      case Command.Leave leave -> rooms.members().leave(request, leave);
      case Command.SetRoom set -> rooms.settings().setRoom(request, set);
      case Command.Moderate manage -> rooms.members().manage(request, manage);
      case Command.UpdateContact approach -> people.contacts().approach(request, approach);
      case Command.GetProfile who -> people.profiles().who(request, who);
      case Command.SetProfile set -> people.profiles().setProfile(request, set);
      case Command.SetInvitationPolicy set -> people.profiles().setInvitationPolicy(request, set);
      case Command.SetPicture set -> people.pictures().setPicture(request, set);
      case Command.Picture picture -> people.pictures().picture(request, picture);
      case Command.SetPresence be -> setPresence(request, be);
      case Command.Invite invite -> people.invitations().invite(request, invite);
      case Command.ChangeName change -> administration.handler().changeName(request, change);
      case Command.OwnAccount own -> account.carryOut(request, own);
      case Command.Administration administer -> administration.carryOut(request, administer);
      case Command.Ping ping -> request.answer(new Reply.Done());
    }
  }

  /** Behind a Sync that is still being read, which says the same of an earlier moment. */
  private static void setPresence(Request request, Command.SetPresence be) {
    request.read(() -> {
      request.session().be(be.availability(), be.leaving());
      request.answer(new Reply.Done());
    });
  }

  /** The account as it is now; it may have changed since the log-in. */
  private Account current(Account atLogIn) {
    return account.sessions().directory().accounts().get(atLogIn.id()).orElse(atLogIn);
  }

  @Override
  public void left(Session session, Session.Stage.Member member) {
    account.sessions().forget(member.account().id(), member.tokenHash());
  }

  @Override
  public void ended(Session session) {
    transfers.end(session);
  }
}
