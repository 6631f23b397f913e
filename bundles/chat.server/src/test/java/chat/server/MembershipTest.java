// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People join and leave rooms, and members do to each other what their ranks allow. */
@Timeout(60)
class MembershipTest {
  private static final long LOBBY = 1;

  @TempDir Path folder;
  private ServerFixture server;
  private Somebody anna;
  private Somebody boris;
  private Somebody carla;
  private long room;

  @BeforeEach
  void open() throws Exception {
    server = new ServerFixture(folder, "anna", "boris", "carla");
    anna = server.one(0);
    boris = server.one(1);
    carla = server.one(2);
    room = anna.makes(RoomKind.PUBLIC, "garden");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Command.Join join() {
    return new Command.Join(UUID.randomUUID(), room);
  }

  private Command.Leave leave() {
    return new Command.Leave(UUID.randomUUID(), room);
  }

  private Rank rank(Somebody somebody) {
    return server
        .directory()
        .rooms()
        .of(anna.account(), room)
        .member(somebody.account())
        .value()
        .rank();
  }

  private static boolean heardOf(Somebody somebody, Class<? extends Event> kind) {
    return somebody.hears().stream().anyMatch(kind::isInstance);
  }

  @Test
  void whoJoinsHearsWhatIsSaidAndWhoLeavesHearsNothingMore() throws Exception {
    boris.does(join());
    server.settle();
    assertTrue(heardOf(boris, Event.RoomChanged.class));
    boris.asks(new Command.Open(room, 10, 0));
    anna.says(room, "hello");
    server.settle();
    assertTrue(heardOf(boris, Event.Entry.class));
    boris.does(leave());
    server.settle();
    assertTrue(heardOf(boris, Event.RoomGone.class));
    anna.says(room, "still there?");
    server.settle();
    assertEquals(false, heardOf(boris, Event.Entry.class));
  }

  @Test
  void aRoomIsJoinedOnceAndOnlyIfItIsPublicAndOpen() {
    boris.does(join());
    assertEquals(Problem.NOT_ALLOWED, boris.problem(join()));
    long secret = anna.makes(RoomKind.PRIVATE, "secret");
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Join(UUID.randomUUID(), secret)));
    anna.does(new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withArchived(true)));
    assertEquals(Problem.NOT_ALLOWED, carla.problem(join()));
  }

  @Test
  void whoIsBannedIsToldWhenToComeBackAndComesBackWhenTheBanIsEnded() {
    boris.does(join());
    long until = System.currentTimeMillis() + 3_600_000;
    anna.does(
        new Command.Moderate(
            UUID.randomUUID(), room, boris.account(), ModerationAction.BAN, until));
    Reply.Failed denied = assertInstanceOf(Reply.Failed.class, boris.asks(join()));
    assertEquals(Problem.NOT_ALLOWED, denied.problem());
    assertTrue(denied.retryAfter() > 0 && denied.retryAfter() <= 3_600_000);
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(anna.command(ModerationAction.INVITE, boris, room)));
    anna.does(ModerationAction.UNBAN, boris, room);
    boris.does(join());
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(anna.command(ModerationAction.UNBAN, boris, room)));
  }

  @Test
  void theLastOwnerLeavesOnlyAsTheLastMember() {
    boris.does(join());
    assertEquals(Problem.NOT_ALLOWED, anna.problem(leave()));
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(anna.command(ModerationAction.MAKE_MEMBER, anna, room)));
    anna.does(ModerationAction.MAKE_OWNER, boris, room);
    anna.does(leave());
    boris.does(leave());
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(leave()));
  }

  @Test
  void nobodyLeavesTheLobby() {
    assertEquals(Problem.NOT_ALLOWED, boris.problem(new Command.Leave(UUID.randomUUID(), LOBBY)));
  }

  @Test
  void moderatorsActOnMembersAndNotOnEachOther() {
    boris.does(join());
    carla.does(join());
    anna.does(ModerationAction.MAKE_MODERATOR, boris, room);
    assertEquals(Rank.MODERATOR, rank(boris));
    boris.does(ModerationAction.MUTE, carla, room);
    assertEquals(
        Problem.NOT_ALLOWED, carla.problem(new Command.Post(UUID.randomUUID(), room, "hm")));
    boris.does(ModerationAction.UNMUTE, carla, room);
    carla.says(room, "again");
    anna.does(ModerationAction.MAKE_MODERATOR, carla, room);
    for (ModerationAction action :
        new ModerationAction[] {
          ModerationAction.KICK, ModerationAction.BAN, ModerationAction.MUTE
        }) {
      assertEquals(
          Problem.NOT_ALLOWED, boris.problem(boris.command(action, carla, room)), action::name);
      assertEquals(
          Problem.NOT_ALLOWED, boris.problem(boris.command(action, boris, room)), action::name);
    }
    boris.does(ModerationAction.MAKE_MEMBER, boris, room);
    assertEquals(Rank.MEMBER, rank(boris));
  }

  @Test
  void aBanOrAMuteEndsInTheFuture() {
    boris.does(join());
    for (ModerationAction action :
        new ModerationAction[] {ModerationAction.BAN, ModerationAction.MUTE}) {
      Command.Moderate past =
          new Command.Moderate(UUID.randomUUID(), room, boris.account(), action, 1);
      assertEquals(Problem.NOT_ALLOWED, anna.problem(past), action::name);
    }
  }

  @Test
  void anInvitationIntoARoomNeedsSomebodyWhoIsThereAndTakesIt() {
    assertEquals(
        Problem.PERSON_UNKNOWN,
        anna.problem(
            new Command.Moderate(UUID.randomUUID(), room, 4_711, ModerationAction.INVITE, 0)));
    assertNull(carla.problem(new Command.UpdateContact(anna.account(), ContactAction.BLOCK)));
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(anna.command(ModerationAction.INVITE, carla, room)));
    anna.does(ModerationAction.INVITE, boris, room);
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(anna.command(ModerationAction.INVITE, boris, room)));
  }

  @Test
  void oneIsInSoManyRoomsAndNoMore() {
    Problem last = null;
    int made = 0;
    for (; made < 300 && last == null; made++) {
      last =
          boris.problem(
              new Command.Create(UUID.randomUUID(), RoomKind.PRIVATE, "room " + made, ""));
    }
    assertEquals(Problem.LIMIT_REACHED, last);
    assertEquals(200, made, "the Lobby is one of them");
    assertEquals(Problem.LIMIT_REACHED, boris.problem(join()));
    anna.does(ModerationAction.INVITE, boris, room);
    assertEquals(Problem.LIMIT_REACHED, boris.problem(join()), "asking costs the other nothing");
  }

  private List<RoomInvitation> invitations(Somebody somebody) {
    Reply.Synced synced =
        assertInstanceOf(Reply.Synced.class, somebody.asks(new Command.Sync(List.of(), 0, 0)));
    return synced.invitations();
  }

  @Test
  void nobodyIsPutIntoARoom() throws Exception {
    long secret = anna.makes(RoomKind.PRIVATE, "secret");
    boris.hears();
    anna.does(ModerationAction.INVITE, boris, secret);
    server.settle();
    assertTrue(heardOf(boris, Event.RoomInvited.class));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Open(secret, 10, 0)));
    RoomInvitation invitation = invitations(boris).getFirst();
    assertEquals(secret, invitation.info().room());
    assertEquals("secret", invitation.info().name());
    assertEquals(anna.account(), invitation.by().account());

    assertNull(boris.problem(new Command.DeclineInvitation(secret)));
    server.settle();
    assertTrue(heardOf(boris, Event.RoomGone.class));
    assertEquals(List.of(), invitations(boris));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Join(UUID.randomUUID(), secret)));

    anna.bringsIn(boris, secret);
    assertNull(boris.problem(new Command.Open(secret, 10, 0)));
    assertEquals(List.of(), invitations(boris));
  }

  @Test
  void anInvitationIsTakenBackByARemovalABanAndABlock() {
    long secret = anna.makes(RoomKind.PRIVATE, "secret");
    anna.does(ModerationAction.INVITE, boris, secret);
    anna.does(ModerationAction.KICK, boris, secret);
    assertEquals(List.of(), invitations(boris));
    anna.does(ModerationAction.INVITE, boris, secret);
    anna.does(ModerationAction.BAN, boris, secret);
    assertEquals(List.of(), invitations(boris));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Join(UUID.randomUUID(), secret)));
    anna.does(ModerationAction.INVITE, carla, secret);
    assertNull(carla.problem(new Command.UpdateContact(anna.account(), ContactAction.BLOCK)));
    assertEquals(List.of(), invitations(carla));
    assertNull(carla.problem(new Command.UpdateContact(anna.account(), ContactAction.UNBLOCK)));
    assertEquals(List.of(), invitations(carla));
    assertEquals(Problem.ROOM_UNKNOWN, carla.problem(new Command.Join(UUID.randomUUID(), secret)));
  }

  @Test
  void nobodyTakesThePlaceOfAllOtherInvitations() {
    for (int i = 0; i < 10; i++) {
      anna.does(ModerationAction.INVITE, carla, anna.makes(RoomKind.PRIVATE, "room " + i));
    }
    long eleventh = anna.makes(RoomKind.PRIVATE, "one more");
    assertEquals(
        Problem.LIMIT_REACHED,
        anna.problem(anna.command(ModerationAction.INVITE, carla, eleventh)));
    boris.does(ModerationAction.INVITE, carla, boris.makes(RoomKind.PRIVATE, "another's"));
    assertEquals(11, invitations(carla).size());
  }

  @Test
  void whoseInvitationsOneTakesIsOnesOwnChoice() {
    Command.Moderate invite = anna.command(ModerationAction.INVITE, boris, room);
    assertNull(boris.problem(new Command.SetInvitationPolicy(InvitationPolicy.NOBODY)));
    assertEquals(Problem.NOT_ALLOWED, anna.problem(invite));
    assertNull(boris.problem(new Command.SetInvitationPolicy(InvitationPolicy.FRIENDS)));
    assertNull(boris.problem(new Command.SetProfile("", "busy", "", true, true)));
    assertEquals(Problem.NOT_ALLOWED, anna.problem(invite), "a change of the profile keeps it");
    assertNull(anna.problem(new Command.UpdateContact(boris.account(), ContactAction.REQUEST)));
    assertNull(boris.problem(new Command.UpdateContact(anna.account(), ContactAction.ACCEPT)));
    assertNull(anna.problem(invite));
    Reply.ProfileFound seen =
        assertInstanceOf(
            Reply.ProfileFound.class, anna.asks(new Command.GetProfile(boris.account(), "")));
    assertEquals(InvitationPolicy.EVERYBODY, seen.profile().invitations(), "one's own to know");
  }
}
