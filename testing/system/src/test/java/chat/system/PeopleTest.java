// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.export.Export;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Friends, rooms, private chat and what is done to messages, over TLS against the assembled server,
 * on each store and with a swap in the middle of each dialogue.
 */
class PeopleTest {

  @Nested
  class OnSqlite extends Dialogues {
    OnSqlite() {
      super(StoreUnderTest.SQLITE);
    }
  }

  @Nested
  class InMemory extends Dialogues {
    InMemory() {
      super(StoreUnderTest.MEMORY);
    }
  }

  @Nested
  class OnPostgresql extends Dialogues {
    OnPostgresql() {
      super(StoreUnderTest.POSTGRESQL);
    }
  }

  @Timeout(300)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Dialogues {
    private final StoreUnderTest store;
    private Path folder;
    private ServerProcess server;
    private int people;

    Dialogues(StoreUnderTest store) {
      this.store = store;
    }

    @BeforeAll
    void startServer(@TempDir Path temporary) throws IOException {
      folder = temporary;
      server = store.server(folder.resolve("data"), "people");
      server.set("membersInvite", "B\"true\"").start();
    }

    @AfterAll
    void stopServer() throws InterruptedException {
      server.close();
    }

    private TestUser somebody(String name) throws IOException {
      return TestUser.named(name + ++people, server, folder.resolve("profiles")).registers();
    }

    private void swap() throws IOException {
      store.swap(server, folder);
    }

    private static Cursor at(Event.Entry entry) {
      return Cursor.behind(entry);
    }

    /** A private room of two. */
    private static long roomOf(TestUser owner, String name, TestUser guest) {
      long room = owner.makes(RoomKind.PRIVATE, name);
      owner.bringsIn(guest, room);
      return room;
    }

    private static UUID id() {
      return UUID.randomUUID();
    }

    @Test
    void friendsAreAskedForAndAnswer() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser carol = somebody("carol")) {
        Profile found = TestUser.get(alice.client().who(bob.name().toUpperCase(Locale.ROOT)));
        assertEquals(bob.account(), found.person().account());
        assertEquals(
            Problem.PERSON_UNKNOWN, TestUser.refusal(alice.client().who("nobody of that name")));
        alice.approaches(bob, ContactAction.REQUEST);
        alice.approaches(bob, ContactAction.REQUEST);
        alice.knows(bob, Relation.OUTGOING);
        bob.knows(alice, Relation.INCOMING);
        swap();
        bob.approaches(alice, ContactAction.ACCEPT);
        alice.knows(bob, Relation.FRIEND);
        bob.knows(alice, Relation.FRIEND);
        assertEquals(
            Problem.NOT_ALLOWED,
            TestUser.refusal(
                carol
                    .client()
                    .set(new Command.UpdateContact(bob.account(), ContactAction.ACCEPT))));
        carol.approaches(bob, ContactAction.REQUEST);
        bob.approaches(carol, ContactAction.DECLINE);
        carol.knows(bob, Relation.NONE);
        carol.approaches(bob, ContactAction.REQUEST);
        carol.approaches(bob, ContactAction.WITHDRAW);
        bob.approaches(alice, ContactAction.REMOVE);
        alice.knows(bob, Relation.NONE);
      }
    }

    @Test
    void whoWasAskedWhileAwayHearsItOnComing() throws IOException {
      try (TestUser alice = somebody("alice")) {
        TestUser bob = somebody("bob");
        long account = bob.account();
        bob.close();
        TestUser.get(alice.client().set(new Command.UpdateContact(account, ContactAction.REQUEST)));
        swap();
        try (TestUser back = TestUser.named(bob.name(), server, folder.resolve("profiles"))) {
          back.comesBack();
          back.knows(alice, Relation.INCOMING);
        }
      }
    }

    @Test
    void whoIsBlockedHearsAndSaysNothing() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = alice.meets(bob);
        bob.isIn(room);
        alice.says(room, "first");
        bob.hears(alice, "first");
        bob.approaches(alice, ContactAction.BLOCK);
        alice.seesGoing(bob);
        swap();
        assertEquals(Problem.NOT_ALLOWED, alice.isRefused(alice.client().send(room, "again")));
        assertEquals(
            Problem.NOT_ALLOWED,
            TestUser.refusal(
                alice
                    .client()
                    .set(new Command.UpdateContact(bob.account(), ContactAction.REQUEST))));
        long group = alice.makes(RoomKind.PRIVATE, "group");
        assertEquals(Problem.NOT_ALLOWED, alice.mayNot(ModerationAction.INVITE, bob, group));
        Profile hidden = TestUser.get(alice.client().who(bob.account()));
        assertEquals(0, hidden.lastSeen());
        bob.approaches(alice, ContactAction.UNBLOCK);
        alice.says(room, "and now");
        bob.hears(alice, "and now");
        assertEquals(List.of("first", "and now"), bob.book(room).texts());
      }
    }

    @Test
    void privateChatIsThereWhenTheOtherComesBack() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser carol = somebody("carol")) {
        TestUser bob = somebody("bob");
        long room = alice.meets(bob);
        assertEquals(room, bob.isIn(room).room());
        assertEquals(alice.name(), bob.isIn(room).info().peer().name());
        bob.close();
        alice.says(room, "are you there?");
        swap();
        alice.says(room, "你在吗？");
        try (TestUser back = TestUser.named(bob.name(), server, folder.resolve("profiles"))) {
          back.comesBack();
          assertEquals(2, back.isIn(room).state().unread());
          assertEquals(List.of("are you there?", "你在吗？"), back.book(room).texts());
          back.says(room, "here");
          alice.hears(back, "here");
          assertEquals(room, back.meets(alice), "one room for the two");
        }
        assertEquals(
            Problem.ROOM_UNKNOWN,
            TestUser.refusal(carol.client().history(room, Command.Direction.BEFORE, 0, 10)));
        assertEquals(Problem.ROOM_UNKNOWN, carol.isRefused(carol.client().send(room, "hello?")));
      }
    }

    @Test
    void aRoomIsMadeFoundJoinedAndLeft() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        String name = "Garden " + people;
        long room = alice.makes(RoomKind.PUBLIC, name);
        assertEquals(
            Problem.ROOM_NAME_TAKEN,
            bob.mayNot(
                new Command.Create(id(), RoomKind.PUBLIC, name.toUpperCase(Locale.ROOT), "")));
        List<RoomInfo> found = TestUser.get(bob.client().rooms("GARDEN " + people, "", 10)).rooms();
        assertEquals(List.of(room), found.stream().map(RoomInfo::room).toList());
        UUID again = id();
        Reply.Posted joined = bob.does(new Command.Join(again, room));
        swap();
        assertEquals(joined, bob.does(new Command.Join(again, room)), "the same again");
        bob.isIn(room);
        alice.hears(room, Content.Joined.class::isInstance);
        bob.says(room, "nice here");
        alice.hears(bob, "nice here");
        assertEquals(
            Problem.NOT_ALLOWED,
            bob.mayNot(new Command.SetRoom(id(), room, Change.NONE.withTopic("mine"))));
        alice.does(
            new Command.SetRoom(id(), room, Change.NONE.withTopic("flowers").withReadOnly(true)));
        bob.place(room, place -> true);
        assertEquals(Problem.NOT_ALLOWED, bob.isRefused(bob.client().send(room, "weeds")));
        alice.does(ModerationAction.MAKE_MODERATOR, bob, room);
        bob.says(room, "weeds");
        assertEquals(Problem.NOT_ALLOWED, alice.mayNot(new Command.Leave(id(), room)));
        alice.does(ModerationAction.MAKE_OWNER, bob, room);
        alice.does(new Command.Leave(id(), room));
        alice.isOutOf(room);
        bob.does(
            new Command.SetRoom(id(), room, Change.NONE.withReadOnly(false).withArchived(true)));
        assertEquals(Problem.NOT_ALLOWED, bob.isRefused(bob.client().send(room, "over")));
        assertEquals(
            List.of(), TestUser.get(alice.client().rooms("garden " + people, "", 10)).rooms());
      }
    }

    @Test
    void aPrivateRoomIsKnownToItsMembersAlone() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser carol = somebody("carol")) {
        long room = alice.makes(RoomKind.PRIVATE, "Secret " + people);
        alice.says(room, "before bob");
        alice.does(ModerationAction.INVITE, bob, room);
        alice.does(ModerationAction.INVITE, carol, room);
        bob.isInvitedTo(room);
        carol.isInvitedTo(room);
        swap();
        assertEquals(Problem.ROOM_UNKNOWN, bob.isRefused(bob.client().send(room, "not yet")));
        bob.does(new Command.Join(id(), room));
        bob.isIn(room);
        TestUser.get(carol.client().set(new Command.DeclineInvitation(room)));
        carol.isOutOf(room);
        alice.says(room, "for bob");
        bob.hears(alice, "for bob");
        assertEquals(Problem.ROOM_UNKNOWN, carol.mayNot(new Command.Join(id(), room)));
        assertEquals(List.of(), TestUser.get(carol.client().rooms("secret", "", 10)).rooms());
        assertEquals(List.of(), carol.finds("bob"));
        alice.does(ModerationAction.KICK, bob, room);
        bob.isOutOf(room);
        alice.says(room, "without bob");
        assertEquals(Problem.ROOM_UNKNOWN, bob.isRefused(bob.client().send(room, "let me in")));
        assertEquals(
            Problem.ROOM_UNKNOWN,
            TestUser.refusal(bob.client().history(room, Command.Direction.BEFORE, 0, 10)));
        assertFalse(bob.book(room).texts().contains("without bob"));
      }
    }

    @Test
    void whoIsBannedOrMutedWaits() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = alice.makes(RoomKind.PUBLIC, "Rules " + people);
        bob.does(new Command.Join(id(), room));
        bob.isIn(room);
        assertEquals(Problem.NOT_ALLOWED, bob.mayNot(ModerationAction.KICK, alice, room));
        alice.does(ModerationAction.MUTE, bob, room);
        assertEquals(Problem.NOT_ALLOWED, bob.isRefused(bob.client().send(room, "but")));
        swap();
        alice.does(ModerationAction.UNMUTE, bob, room);
        bob.says(room, "thanks");
        alice.does(ModerationAction.BAN, bob, room);
        bob.isOutOf(room);
        assertEquals(Problem.NOT_ALLOWED, bob.mayNot(new Command.Join(id(), room)));
        assertEquals(Problem.NOT_ALLOWED, alice.mayNot(ModerationAction.INVITE, bob, room));
        alice.does(ModerationAction.UNBAN, bob, room);
        int before = bob.heard();
        bob.does(new Command.Join(id(), room));
        bob.isInAgain(room, before);
        bob.says(room, "back");
        alice.hears(bob, "back");
      }
    }

    @Test
    void messagesAreChangedAnsweredAndReactedTo() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = roomOf(alice, "Talk " + people, bob);
        Event.Entry first = alice.says(room, "frist");
        bob.hears(alice, "frist");
        UUID again = id();
        Reply.Posted edited = alice.does(new Command.Edit(again, at(first), "first"));
        swap();
        assertEquals(edited, alice.does(new Command.Edit(again, at(first), "first")));
        bob.sees(room, List.of("first"));
        assertEquals(
            Problem.NOT_ALLOWED, bob.mayNot(new Command.Edit(id(), at(first), "mine now")));
        bob.does(new Command.React(id(), at(first), "👍", true));
        alice.does(new Command.React(id(), at(first), "👍🏽", true));
        alice.does(new Command.React(id(), at(first), "👍🏽", false));
        assertEquals(
            Problem.TEXT_INVALID, bob.mayNot(new Command.React(id(), at(first), "nice", true)));
        Event.Entry answer = bob.answers(first, "second, @" + alice.name() + "!");
        Content.Text said = (Content.Text) answer.content();
        assertEquals(first.number(), said.reply());
        assertEquals(List.of(alice.account()), said.mentions());
        alice.does(new Command.Pin(id(), at(first), true));
        bob.hears(room, Content.Pinned.class::isInstance);
        RoomEntries.Shown shown = bob.book(room).messages().get(first.number());
        assertTrue(shown.pinned() && shown.edited());
        assertEquals(Map.of("👍", new TreeSet<>(List.of(bob.name()))), shown.reactions());
        RoomEntries fresh = new RoomEntries();
        fresh.view(TestUser.get(bob.client().open(room, 10, 10)));
        assertEquals(bob.book(room).messages(), fresh.messages(), "the same from history");
      }
    }

    @Test
    void whatIsDeletedIsGoneForEverybody() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = roomOf(alice, "Regret " + people, bob);
        Event.Entry said = bob.says(room, "a secret pineapple");
        bob.does(new Command.Edit(id(), at(said), "a secret mango"));
        Event.Entry other = alice.says(room, "alice's own");
        alice.sees(room, List.of("a secret mango", "alice's own"));
        assertEquals(Problem.NOT_ALLOWED, bob.mayNot(new Command.Delete(id(), at(other))));
        alice.does(new Command.Delete(id(), at(said)));
        swap();
        bob.sees(room, List.of(RoomEntries.Shown.DELETED, "alice's own"));
        assertEquals(List.of(), bob.finds("pineapple"));
        assertEquals(List.of(), bob.finds("mango"));
        assertEquals(Problem.ENTRY_UNKNOWN, bob.mayNot(new Command.Edit(id(), at(said), "again")));
        RoomEntries fresh = new RoomEntries();
        fresh.view(TestUser.get(bob.client().open(room, 10, 10)));
        assertEquals(List.of(RoomEntries.Shown.DELETED, "alice's own"), fresh.texts());
        for (Event.Entry entry :
            TestUser.get(bob.client().history(room, Command.Direction.AFTER, 0, 50)).entries()) {
          assertFalse(entry.content().toString().contains("secret"), entry.toString());
        }
      }
    }

    @Test
    void aDeletedFileCanNotBeFetchedAndAForwardedOneCan() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        byte[] bytes = new byte[200_000];
        new Random(people).nextBytes(bytes);
        Path file = Files.write(folder.resolve("picture" + people + ".bin"), bytes);
        long room = roomOf(alice, "Files " + people, bob);
        UUID upload = alice.client().upload(room, file);
        Event.Entry sent = alice.hears(upload);
        assertEquals(
            List.of(file.getFileName().toString()),
            bob.finds("has:file in:\"Files " + people + "\""));
        long two = bob.meets(alice);
        Reply.Posted copy = bob.does(new Command.Forward(id(), at(sent), two));
        swap();
        alice.does(new Command.Delete(id(), at(sent)));
        bob.sees(room, List.of(RoomEntries.Shown.DELETED));
        Event.Entry forwarded =
            TestUser.get(bob.client().history(two, Command.Direction.AFTER, copy.number() - 1, 1))
                .entries()
                .getFirst();
        assertEquals(alice.name(), ((Content.File) forwarded.content()).forwarded());
        Path target = folder.resolve("fetched" + people + ".bin");
        bob.fetches(forwarded, target);
        assertArrayEquals(bytes, Files.readAllBytes(target));
        UUID gone = bob.client().download(sent, folder.resolve("gone" + people + ".bin"));
        assertTrue(bob.ends(gone).state() instanceof ClientEvent.Transfer.Failed);
      }
    }

    @Test
    void whatWasSaidIsFound() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        String here = "Library " + people;
        long room = roomOf(alice, here, bob);
        String in = " in:\"" + here + "\"";
        alice.says(room, "The quick brown fox jumps");
        bob.says(room, "the brown QUICK dog: see https://example.org/x");
        alice.says(room, "今天天气很好，我们去公园");
        bob.says(room, "東京タワーはきれいです");
        Event.Entry long1 = alice.says(room, "唯一".repeat(10) + uniques(700) + " needle");
        swap();
        assertEquals(2, alice.finds("quick brown" + in).size());
        assertEquals(List.of("The quick brown fox jumps"), alice.finds("\"quick brown\"" + in));
        assertEquals(1, alice.finds("quick from:" + bob.name() + in).size());
        assertEquals(1, alice.finds("has:link" + in).size());
        assertEquals(List.of("今天天气很好，我们去公园"), bob.finds("天气" + in));
        assertEquals(List.of("今天天气很好，我们去公园"), bob.finds("公园" + in));
        assertEquals(List.of(), bob.finds("气天" + in));
        assertEquals(List.of("東京タワーはきれいです"), bob.finds("タワー" + in));
        assertEquals(1, bob.finds("needle" + in).size(), "beyond the words that are kept");
        assertEquals(List.of(), bob.finds("quick before:2020-01-01" + in));
        assertEquals(2, bob.finds("quick after:2020-01-01" + in).size());
        alice.does(new Command.Edit(id(), at(long1), "short now"));
        assertEquals(List.of(), bob.finds("needle" + in));
        assertEquals(List.of("short now"), bob.finds("short" + in));
        assertEquals(
            Problem.SEARCH_INVALID, TestUser.refusal(bob.client().search(" ", List.of(), 9)));
        assertEquals(
            Problem.SEARCH_INVALID,
            TestUser.refusal(bob.client().search("x before:soon", List.of(), 9)));
      }
    }

    private static String uniques(int count) {
      StringBuilder words = new StringBuilder();
      for (int i = 0; i < count; i++) {
        words.append(" w").append(i);
      }
      return words.toString();
    }

    @Test
    void profilesPicturesAndAvailability() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        byte[] picture = picture(1);
        alice.sets(new Command.SetProfile("Alice W.", "gardening", "I like\nflowers", false, true));
        TestUser.get(alice.client().setPicture(0, picture));
        swap();
        Profile profile = TestUser.get(bob.client().who(alice.account()));
        assertEquals("Alice W.", profile.person().shown());
        assertEquals("gardening", profile.status());
        assertEquals("I like\nflowers", profile.about());
        assertNotEquals(0, profile.person().picture());
        assertArrayEquals(picture, TestUser.get(bob.client().pictureOf(alice.account())));
        bob.first(
            "the new name",
            e ->
                e instanceof ClientEvent.Presence presence
                        && presence.came().stream().anyMatch(p -> p.display().equals("Alice W."))
                    ? presence
                    : null);
        assertEquals(
            Problem.FILE_INVALID, TestUser.refusal(bob.client().setPicture(0, new byte[100])));
        alice.sets(new Command.SetPresence(Availability.DO_NOT_DISTURB));
        sees(bob, alice, Availability.DO_NOT_DISTURB);
        alice.sets(new Command.SetPresence(Availability.INVISIBLE));
        bob.seesGoing(alice);
        int before = bob.heard();
        swap();
        Event.Entry entry = alice.saysAndHears("still here");
        assertEquals("Alice W.", bob.hears(entry.id()).author().display());
        TestUser.get(bob.client().who(alice.account()));
        for (ClientEvent event : bob.heardSince(before)) {
          assertFalse(
              event instanceof ClientEvent.Presence presence
                  && presence.came().stream().anyMatch(p -> p.account() == alice.account()),
              "whoever is invisible is not shown by an exchange");
        }
      }
    }

    private static byte[] picture(int seed) {
      byte[] picture = new byte[100_000];
      new Random(seed).nextBytes(picture);
      byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
      System.arraycopy(png, 0, picture, 0, png.length);
      return picture;
    }

    @Test
    void aRoomHasAPictureForThoseWhoKnowIt() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser carol = somebody("carol")) {
        long room = roomOf(alice, "Gallery " + people, bob);
        assertEquals(
            Problem.NOT_ALLOWED, TestUser.refusal(bob.client().setPicture(room, picture(2))));
        TestUser.get(alice.client().setPicture(room, picture(2)));
        swap();
        bob.first(
            "the picture",
            e ->
                e instanceof ClientEvent.RoomChanged(RoomInfo info, RoomState place)
                        && info.room() == room
                        && info.picture() != 0
                    ? info
                    : null);
        assertArrayEquals(picture(2), TestUser.get(bob.client().pictureOfRoom(room)));
        assertEquals(Problem.ROOM_UNKNOWN, TestUser.refusal(carol.client().pictureOfRoom(room)));
        TestUser.get(alice.client().setPicture(room, new byte[0]));
        assertEquals(Problem.FILE_UNKNOWN, TestUser.refusal(bob.client().pictureOfRoom(room)));
      }
    }

    @Test
    void aMemberBringsSomebodyAlong() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser guest = TestUser.named("guest" + people, server, folder.resolve("profiles"));
          TestUser late = TestUser.named("late" + people, server, folder.resolve("profiles"))) {
        String code = TestUser.get(alice.client().invite(1, 1));
        swap();
        guest.client().start();
        TestUser.get(guest.client().register(guest.name(), TestUser.PASSWORD, code));
        late.client().start();
        assertEquals(
            Problem.INVITATION_INVALID,
            TestUser.refusal(late.client().register(late.name(), TestUser.PASSWORD, code)));
        assertEquals(Problem.TOO_LARGE, TestUser.refusal(alice.client().invite(1_000, 1)));
      }
    }

    @Test
    void countersAndMarksAgreeOnAllDevices() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser phone =
              TestUser.named(bob.name(), server, folder.resolve("profiles"), "phone")) {
        long room = alice.meets(bob);
        bob.isIn(room);
        phone.logsIn();
        alice.says(room, "one");
        Event.Entry two = alice.says(room, "two, @" + bob.name());
        bob.hears(two.id());
        swap();
        bob.sets(new Command.MarkRead(room, two.number(), two.number() - 1));
        phone.place(room, place -> place.unread() == 1 && place.mentions() == 1);
        alice.first(
            "bob's mark",
            e ->
                e instanceof ClientEvent.Marked(long r, var mark)
                        && r == room
                        && mark.received() == two.number()
                        && mark.read() == two.number() - 1
                    ? mark
                    : null);
        phone.sets(new Command.MarkRead(room, two.number(), two.number()));
        bob.place(room, place -> place.unread() == 0);
        phone.sets(new Command.Draft(room, "I was going to"));
        bob.place(room, place -> place.draft().equals("I was going to"));
        phone.sets(new Command.MuteNotifications(room, true));
        bob.place(room, RoomState::silent);
        bob.sets(new Command.Typing(room));
        alice.first(
            "typing", e -> e instanceof ClientEvent.Typing t && t.room() == room ? t : null);
      }
    }

    @Test
    void devicesOfOnePersonAddUp() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        TestUser phone = TestUser.named(bob.name(), server, folder.resolve("profiles"), "phone");
        phone.logsIn();
        phone.sets(new Command.SetPresence(Availability.AWAY));
        bob.sets(new Command.SetPresence(Availability.DO_NOT_DISTURB));
        sees(alice, bob, Availability.DO_NOT_DISTURB);
        swap();
        bob.sets(new Command.SetPresence(Availability.AWAY));
        sees(alice, bob, Availability.AWAY);
        int before = alice.heard();
        phone.close();
        TestUser carol = somebody("carol");
        alice.seesComing(carol); // who comes and goes between two notices is not told of
        carol.close();
        alice.seesGoing(carol);
        bob.sets(new Command.SetPresence(Availability.ONLINE));
        sees(alice, bob, Availability.ONLINE);
        assertTrue(
            alice.heardSince(before).stream()
                .noneMatch(e ->
                    e instanceof ClientEvent.Presence presence
                        && presence.went().stream().anyMatch(p -> p.account() == bob.account())),
            "who has another device here has not gone");
      }
    }

    private static void sees(TestUser who, TestUser other, Availability availability) {
      who.first(
          other.name() + " is " + availability,
          e ->
              e instanceof ClientEvent.Presence presence
                      && presence
                          .statuses()
                          .contains(new PresenceStatus(other.account(), availability))
                  ? presence
                  : null);
    }

    @Test
    void whatOneDoesNotShowIsNotSeen() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = alice.meets(bob);
        bob.isIn(room);
        bob.sets(new Command.SetProfile("", "", "", false, false));
        Event.Entry said = alice.says(room, "are you there?");
        bob.hears(said.id());
        int before = alice.heard();
        bob.sets(new Command.MarkRead(room, said.number(), said.number()));
        swap();
        alice.says(room, "still?");
        bob.hears(alice, "still?");
        assertTrue(
            alice.heardSince(before).stream()
                .noneMatch(e -> e instanceof ClientEvent.Marked marked && marked.room() == room),
            "what was read is not told");
        bob.close();
        alice.seesGoing(bob);
        assertEquals(0, TestUser.get(alice.client().who(bob.account())).lastSeen());
        TestUser carol = somebody("carol");
        alice.seesComing(carol); // who comes and goes between two notices is not told of
        carol.close();
        alice.seesGoing(carol);
        assertNotEquals(0, TestUser.get(alice.client().who(carol.account())).lastSeen());
      }
    }

    @Test
    void anImportantMessageIsOneForAllWhoReadIt() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = roomOf(alice, "Alarm " + people, bob);
        UUID id = alice.client().send(room, "the *house* is on fire", 0, true);
        Event.Entry heard = bob.hears(id);
        assertTrue(((Content.Text) heard.content()).important());
        swap();
        Event.Entry read =
            TestUser.get(bob.client().history(room, Command.Direction.BEFORE, 0, 1))
                .entries()
                .getFirst();
        assertEquals(heard, read);
      }
    }

    @Test
    void anExportHoldsAllThatWasSaid() throws Exception {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        byte[] bytes = new byte[150_000];
        new Random(people).nextBytes(bytes);
        Path file = Files.write(folder.resolve("sent" + people + ".bin"), bytes);
        long room = roomOf(alice, "Minutes " + people, bob);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 260; i++) {
          TestUser author = i % 2 == 0 ? alice : bob;
          said.add("line " + i + " of " + author.name() + " 你好 <b>");
          author.client().send(room, said.getLast());
        }
        Event.Entry last = alice.says(room, "last line");
        said.add("last line");
        bob.does(new Command.React(id(), at(last), "👍", true));
        UUID upload = bob.client().upload(room, file);
        alice.hears(upload);
        bob.hears(bob, said.get(259));
        RoomView view = TestUser.get(alice.client().open(room, 0, 0));
        Path target = folder.resolve("export" + people);
        AtomicBoolean swapped = new AtomicBoolean();
        Export.Written written =
            new Export(alice.client(), order(target), (_, _) -> swapOnce(swapped)).room(view);
        assertTrue(swapped.get());
        List<String> lines = Files.readAllLines(target.resolve("messages.jsonl"));
        String jsonl = String.join("\n", lines);
        said.forEach(text -> assertEquals(1, count(jsonl, "\"" + text + "\""), text));
        assertEquals(said.size() + 1, count(jsonl, "\"text\":") + count(jsonl, "\"size\":"));
        assertEquals(written.messages(), lines.size());
        assertTrue(jsonl.contains("\"reactions\":{\"👍\":[\"" + bob.name() + "\"]}"));
        assertEquals(new Export.Written(written.messages(), 1, 0), written);
        try (Stream<Path> files = Files.list(target.resolve("files"))) {
          assertArrayEquals(bytes, Files.readAllBytes(files.findFirst().orElseThrow()));
        }
        Path own = folder.resolve("account" + people);
        swapped.set(false);
        new Export(bob.client(), order(own), (_, _) -> swapOnce(swapped)).account(entered(bob));
        assertTrue(swapped.get());
        String mine = Files.readString(own.resolve("messages.jsonl"));
        assertEquals(130, count(mine, " of " + bob.name()));
        assertEquals(0, count(mine, " of " + alice.name()));
      }
    }

    private static Export.Order order(Path target) {
      return new Export.Order(
          target, EnumSet.allOf(Export.Form.class), true, ZoneId.of("Europe/Berlin"));
    }

    private void swapOnce(AtomicBoolean swapped) {
      if (swapped.compareAndSet(false, true)) {
        try {
          swap();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    /** What comes on entering, now. */
    private ClientEvent.Entered entered(TestUser who) throws IOException {
      try (TestUser device =
          TestUser.named(who.name(), server, folder.resolve("profiles"), "export").logsIn()) {
        return device.first("entering", e -> e instanceof ClientEvent.Entered x ? x : null);
      }
    }

    private static int count(String text, String part) {
      return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void anAccountThatIsDeletedLeavesNothing() throws IOException {
      try (TestUser alice = somebody("alice")) {
        TestUser bob = somebody("bob");
        long room = bob.makes(RoomKind.PRIVATE, "Bye " + people);
        bob.bringsIn(alice, room);
        bob.says(room, "remember me, walnut");
        alice.says(room, "sure");
        assertEquals(
            Problem.PASSWORD_WRONG,
            TestUser.refusal(bob.client().set(new Command.DeleteAccount("not my password"))));
        swap();
        TestUser.get(bob.client().set(new Command.DeleteAccount(TestUser.PASSWORD)));
        alice.sees(room, List.of(RoomEntries.Shown.DELETED, "sure"));
        assertEquals(List.of(), alice.finds("walnut"));
        assertEquals(Problem.PERSON_UNKNOWN, TestUser.refusal(alice.client().who(bob.name())));
        bob.close();
        alice.does(new Command.SetRoom(id(), room, Change.NONE.withName("Mine")));
      }
    }
  }
}
