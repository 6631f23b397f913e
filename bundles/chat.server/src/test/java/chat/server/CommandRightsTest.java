// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import chat.server.room.Right;
import chat.server.room.StoredRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command that names a room, by everybody who could send it, in rooms of every state. */
@Timeout(300)
class CommandRightsTest {
  @TempDir Path folder;

  /** What an actor is to a room; null for nobody. */
  private static final List<@Nullable Rank> ACTORS = new ArrayList<>();

  static {
    ACTORS.add(null);
    ACTORS.addAll(List.of(Rank.values()));
  }

  private record State(RoomKind kind, boolean readOnly, boolean archived, boolean muted) {
    Change change() {
      return Change.NONE.withReadOnly(readOnly).withArchived(archived);
    }
  }

  /**
   * A command and what it takes.
   *
   * @param right null if being a member is enough
   */
  private record Trial(Command command, @Nullable Right right) {}

  private int rooms;

  @Test
  void everyCommandAsksForItsRight() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "olga", "actor", "member", "outsider")) {
      List<String> wrong = new ArrayList<>();
      int cells = 0;
      int trials = trials(server, 1, null).size();
      for (RoomKind kind : List.of(RoomKind.PUBLIC, RoomKind.PRIVATE)) {
        for (boolean readOnly : new boolean[] {false, true}) {
          for (boolean archived : new boolean[] {false, true}) {
            for (boolean muted : new boolean[] {false, true}) {
              for (Rank rank : ACTORS) {
                State state = new State(kind, readOnly, archived, muted && rank != null);
                for (int i = 0; i < trials; i++) {
                  tries(server, state, rank, i, wrong);
                  cells++;
                }
              }
            }
          }
        }
      }
      assertEquals(List.of(), wrong);
      assertEquals(true, cells > 1_500, "only " + cells + " cells");
    }
  }

  private void tries(
      ServerFixture server, State state, @Nullable Rank rank, int i, List<String> wrong) {
    Somebody owner = server.one(0);
    Somebody actor = server.one(1);
    Somebody member = server.one(2);
    long room = owner.makes(state.kind(), "room " + ++rooms);
    owner.bringsIn(member, room);
    Event.Entry own = null;
    Event.Entry others = owner.says(room, "the owner's");
    if (rank != null) {
      owner.bringsIn(actor, room);
      own = actor.says(room, "the actor's");
      if (rank == Rank.MODERATOR) {
        owner.does(ModerationAction.MAKE_MODERATOR, actor, room);
      } else if (rank == Rank.OWNER) {
        owner.does(ModerationAction.MAKE_OWNER, actor, room);
      }
    }
    if (state.muted()) {
      owner.does(ModerationAction.MUTE, actor, room);
    }
    if (state.readOnly() || state.archived()) {
      owner.does(new Command.SetRoom(UUID.randomUUID(), room, state.change()));
    }
    Trial trial = trials(server, room, new Target("room " + rooms, own, others, state)).get(i);
    Reply reply = actor.asks(trial.command());
    StoredRoom settings =
        StoredRoom.of(state.kind(), state.change().appliedTo(RoomSettings.of("", "")));
    Problem expected = null;
    if (rank == null) {
      expected = Problem.ROOM_UNKNOWN;
    } else if (trial.right() != null
        && trial.right().denial(settings, rank, state.muted()) != null) {
      expected = Problem.NOT_ALLOWED;
    }
    Problem said = reply instanceof Reply.Failed failed ? failed.problem() : null;
    // Whoever is told to slow down would have been allowed to.
    said = said == Problem.TOO_MANY ? null : said;
    if (said != expected) {
      wrong.add(
          state + ", " + rank + ": " + trial.command() + " was " + said + ", not " + expected);
    }
    leave(server, room, owner);
  }

  /** Keeps everybody below the limit of rooms. */
  private static void leave(ServerFixture server, long room, Somebody owner) {
    for (Somebody somebody : server.people()) {
      if (somebody != owner) {
        somebody.asks(new Command.Leave(UUID.randomUUID(), room));
      }
    }
    owner.asks(new Command.Leave(UUID.randomUUID(), room));
  }

  private record Target(String name, Event.@Nullable Entry own, Event.Entry others, State state) {}

  private static Cursor cursor(Event.@Nullable Entry entry, long room) {
    return entry == null ? new Cursor(room, 1, 0) : Cursor.behind(entry);
  }

  private static List<Trial> trials(ServerFixture server, long room, @Nullable Target target) {
    Somebody member = server.one(2);
    Somebody actor = server.one(1);
    Somebody outsider = server.one(3);
    Cursor own = cursor(target == null ? null : target.own(), room);
    Cursor others = cursor(target == null ? null : target.others(), room);
    boolean archived = target != null && target.state().archived();
    String name = "renamed " + room;
    return List.of(
        new Trial(new Command.Post(UUID.randomUUID(), room, "text"), Right.WRITE),
        new Trial(
            new Command.StartUpload(UUID.randomUUID(), room, "file", "", 3, new byte[32]),
            Right.WRITE),
        new Trial(new Command.Forward(UUID.randomUUID(), others, room), Right.WRITE),
        new Trial(new Command.Typing(room), Right.WRITE),
        new Trial(new Command.Edit(UUID.randomUUID(), own, "other"), Right.EDIT),
        new Trial(new Command.Delete(UUID.randomUUID(), own), Right.DELETE_OWN),
        new Trial(new Command.Delete(UUID.randomUUID(), others), Right.DELETE),
        new Trial(new Command.React(UUID.randomUUID(), others, "👍", true), Right.REACT),
        new Trial(new Command.Pin(UUID.randomUUID(), others, true), Right.PIN),
        new Trial(actor.command(ModerationAction.INVITE, outsider, room), Right.INVITE),
        new Trial(actor.command(ModerationAction.KICK, member, room), Right.KICK),
        new Trial(actor.command(ModerationAction.BAN, outsider, room), Right.BAN),
        new Trial(actor.command(ModerationAction.MUTE, member, room), Right.MUTE),
        new Trial(actor.command(ModerationAction.UNMUTE, member, room), Right.MUTE),
        new Trial(actor.command(ModerationAction.MAKE_MODERATOR, member, room), Right.SET_RANK),
        new Trial(actor.command(ModerationAction.MAKE_OWNER, member, room), Right.SET_RANK),
        new Trial(
            new Command.SetRoom(
                UUID.randomUUID(), room, Change.NONE.withName(name).withTopic("topic")),
            Right.SET_ROOM),
        new Trial(
            new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withArchived(!archived)),
            Right.ARCHIVE),
        new Trial(new Command.SetPicture(room, 0, 0, new byte[0]), Right.SET_ROOM),
        new Trial(new Command.Leave(UUID.randomUUID(), room), Right.LEAVE),
        new Trial(new Command.History(room, Direction.BEFORE, 0, 10), null),
        new Trial(new Command.Files(room, 0, 10), null),
        new Trial(new Command.People(room, "", 10), null),
        new Trial(new Command.Open(room, 10, 10), null),
        new Trial(new Command.MarkRead(room, 1, 1), null),
        new Trial(new Command.MuteNotifications(room, true), null),
        new Trial(new Command.Draft(room, "begun"), null));
  }

  /** What has no right of a room: it is before log-in, about oneself, or tested with its target. */
  private static final Set<Class<?>> WITHOUT_RIGHT =
      Set.of(
          Command.Hello.class,
          Command.Register.class,
          Command.LogIn.class,
          Command.Resume.class,
          Command.ResetPassword.class,
          Command.SetSecondFactor.class,
          Command.Accounts.class,
          Command.AdministerAccount.class,
          Command.DevicesOf.class,
          Command.InviteToResetPassword.class,
          Command.Announce.class,
          Command.LogOut.class,
          Command.Sync.class,
          Command.UploadChunk.class,
          Command.CancelUpload.class,
          Command.Download.class,
          Command.Join.class,
          Command.Create.class,
          Command.UpdateContact.class,
          Command.Picture.class,
          Command.DeleteAccount.class);

  @Test
  void noCommandIsForgotten() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "olga", "actor", "member", "outsider")) {
      Set<Class<?>> tried = new HashSet<>(WITHOUT_RIGHT);
      trials(server, 1, null).forEach(trial -> tried.add(trial.command().getClass()));
      withoutRight(server).forEach(command -> tried.add(command.getClass()));
      assertEquals(Set.of(), missing(Command.class, tried));
    }
  }

  private static Set<Class<?>> missing(Class<?> sealed, Set<Class<?>> tried) {
    Set<Class<?>> missing = new HashSet<>();
    for (Class<?> each : sealed.getPermittedSubclasses()) {
      if (each.isSealed()) {
        missing.addAll(missing(each, tried));
      } else if (!tried.contains(each)) {
        missing.add(each);
      }
    }
    return missing;
  }

  private static List<Command> withoutRight(ServerFixture server) {
    return List.of(
        new Command.Ping(),
        new Command.SetPresence(Availability.AWAY),
        new Command.Rooms("", "", 10),
        new Command.GetProfile(0, server.one(1).name()),
        new Command.Search("word", List.of(), 10),
        new Command.SetProfile("A", "", "", true, true),
        new Command.Direct(UUID.randomUUID(), server.one(1).account()),
        new Command.Devices(),
        new Command.DeclineInvitation(1),
        new Command.SetInvitationPolicy(InvitationPolicy.NOBODY),
        new Command.EndDevice(UUID.randomUUID()),
        new Command.EndOtherDevices(),
        new Command.ChangePassword("correct horse", "battery staple"),
        new Command.ChangeName("Alicia"),
        new Command.GetSecondFactor(),
        new Command.RemoveSecondFactor("battery staple", ""),
        new Command.Invite(1, 1));
  }

  /** What is about oneself or about nobody's room is everybody's. */
  @Test
  void theOthersNeedNoRight() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "alice", "bob")) {
      Somebody alice = server.one(0);
      for (Command command : withoutRight(server)) {
        assertEquals(null, alice.problem(command), command::toString);
      }
    }
  }
}
