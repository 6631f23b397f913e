// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.ImportOperations.Friendship;
import chat.operations.ImportOperations.Message;
import chat.operations.ImportOperations.Person;
import chat.operations.ImportOperations.Placement;
import chat.operations.ImportOperations.Text;
import chat.operations.ImportOutcome;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.server.ServerFixture.Somebody;
import chat.server.base.Cells;
import chat.server.command.importer.Importer;
import chat.server.room.Room;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people said elsewhere comes into rooms that are like all others. */
@Timeout(60)
class ImportedTalkTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;
  private ChatStore store;
  private ServerFixture server;
  private Somebody anna;
  private Somebody ben;
  private Importer importer;

  @BeforeEach
  void takeInPeople() throws Exception {
    server =
        new ServerFixture(
            folder,
            opened -> {
              store = opened;
              return opened;
            },
            Map.of(),
            "anna",
            "ben");
    anna = server.one(0);
    ben = server.one(1);
    importer = server.server().importer();
    List<ImportOutcome> outcomes =
        importer.people(
            List.of(
                new Person("anna", PASSWORD),
                new Person("ben", PASSWORD),
                new Person("cleo", PASSWORD)));
    assertInstanceOf(ImportOutcome.Imported.class, outcomes.getLast());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Text text(String author, String peer, String text) {
    return new Text(
        UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)),
        author,
        Optional.ofNullable(peer),
        Instant.ofEpochSecond(1_000_000_000),
        text);
  }

  private String why(Text text) throws StorageException {
    return assertInstanceOf(ImportOutcome.Refused.class, importer.texts(List.of(text)).getFirst())
        .why();
  }

  private Room talk() {
    return server.directory().rooms().direct(anna.account(), ben.account()).orElseThrow();
  }

  @Test
  void aRoomOfTwoIsStoredAsIfOneOfThemHadMadeIt() throws Exception {
    assertInstanceOf(
        ImportOutcome.Imported.class,
        importer.texts(List.of(text("anna", "ben", "said there"))).getFirst());
    long imported = talk().id();
    ben.does(new Command.Direct(UUID.randomUUID(), server.registers("dora").account()));
    for (Somebody one : List.of(anna, ben)) {
      assertTrue(store.cell(Cells.member(imported, one.account())).isPresent());
      assertTrue(store.cell(Cells.seat(imported, one.account())).isPresent(), "has no read mark");
      assertEquals(1, talk().state(one.account()).version());
    }
    assertInstanceOf(
        ImportOutcome.Present.class,
        importer.texts(List.of(text("anna", "ben", "said there"))).getFirst());
  }

  @Test
  void whoBlockedSomebodyGetsNoRoomWithThem() throws Exception {
    anna.asks(new Command.UpdateContact(ben.account(), ContactAction.BLOCK));
    assertTrue(why(text("anna", "ben", "one way")).contains("blocked"));
    assertTrue(why(text("ben", "anna", "other way")).contains("blocked"));
    assertTrue(server.directory().rooms().direct(anna.account(), ben.account()).isEmpty());
    anna.asks(new Command.UpdateContact(ben.account(), ContactAction.UNBLOCK));
    assertInstanceOf(
        ImportOutcome.Imported.class,
        importer.texts(List.of(text("ben", "anna", "other way"))).getFirst());
  }

  @Test
  void textsForAllAreInTheLobbyOnceWithTheirTime() throws Exception {
    Text said = text("cleo", null, "good morning");
    assertInstanceOf(ImportOutcome.Imported.class, importer.texts(List.of(said)).getFirst());
    assertInstanceOf(ImportOutcome.Present.class, importer.texts(List.of(said)).getFirst());
    server.settle();
    List<Event.Entry> heard =
        anna.hears().stream()
            .filter(Event.Entry.class::isInstance)
            .map(Event.Entry.class::cast)
            .filter(entry -> entry.id().equals(said.id()))
            .toList();
    assertEquals(1, heard.size());
    assertEquals(said.time().toEpochMilli(), heard.getFirst().time());
  }

  private RoomView lobby() {
    Reply reply = anna.asks(new Command.Open(Room.LOBBY, 5, 0));
    return assertInstanceOf(Reply.Opened.class, reply).room();
  }

  @Test
  void whatIsImportedIsNotUnreadAndNeverOfTheFuture() throws Exception {
    int unread = lobby().state().unread();
    Text future =
        new Text(
            UUID.randomUUID(),
            "cleo",
            Optional.empty(),
            Instant.parse("9999-12-31T00:00:00Z"),
            "said by a wrong clock");
    importer.texts(List.of(text("cleo", null, "good morning"), future));
    assertEquals(unread, lobby().state().unread());
    Event.Entry last = lobby().entries().getLast();
    assertEquals(future.id(), last.id());
    assertTrue(last.time() <= System.currentTimeMillis(), () -> "is told as of " + last.time());
  }

  @Test
  void whatCanNotBeIsRefusedWithTheReason() throws Exception {
    assertEquals("nobody was taken in as dora", why(text("dora", null, "who am I")));
    assertEquals("it takes two to talk", why(text("anna", "anna", "to myself")));
    assertEquals(
        new ImportOutcome.Refused("somebody else has this name here"),
        importer.people(List.of(new Person("Anna", "another password"))).getFirst());
    assertEquals(
        new ImportOutcome.Refused("nobody is a friend of themselves"),
        importer.friendships(List.of(new Friendship("ben", "ben"))).getFirst());
  }

  @Test
  void aFriendshipComesOnceAndWhatWasDecidedHereStays() throws Exception {
    List<Friendship> friends = List.of(new Friendship("anna", "ben"));
    anna.asks(new Command.UpdateContact(ben.account(), ContactAction.BLOCK));
    assertInstanceOf(ImportOutcome.Present.class, importer.friendships(friends).getFirst());
    assertTrue(server.directory().contacts().blocks(anna.account(), ben.account()));
    List<Friendship> others = List.of(new Friendship("cleo", "ben"));
    assertInstanceOf(ImportOutcome.Imported.class, importer.friendships(others).getFirst());
    assertInstanceOf(ImportOutcome.Present.class, importer.friendships(others).getFirst());
  }

  private static Message message(Text text) {
    return new Message(text.id(), text.author());
  }

  /** Each behind the one before it. */
  private List<ImportOutcome> ordered(List<Text> texts) throws Exception {
    List<Placement> placements = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      placements.add(
          new Placement(
              message(texts.get(i)),
              i == 0 ? Optional.empty() : Optional.of(message(texts.get(i - 1)))));
    }
    return importer.order(placements);
  }

  private List<String> said(long room) {
    Reply.Page page =
        assertInstanceOf(
            Reply.Page.class,
            anna.asks(new Command.History(room, Command.Direction.BEFORE, 0, 50)));
    return page.entries().stream()
        .filter(entry -> entry.content() instanceof Content.Text)
        .map(entry -> ((Content.Text) entry.content()).text())
        .toList();
  }

  /** As version 0.1 took the IDs 1, 10, 2, 3 for words. */
  @Test
  void whatWasImportedInAWrongOrderIsPutRightAndOnceOnly() throws Exception {
    Text one = text("cleo", null, "one");
    Text two = text("ben", null, "two");
    Text three = text("cleo", null, "three");
    Text ten = text("anna", null, "ten");
    importer.texts(List.of(one, ten, two, three));
    anna.says(Room.LOBBY, "said here");
    assertEquals(List.of("one", "ten", "two", "three", "said here"), said(Room.LOBBY));
    assertEquals(
        List.of(
            new ImportOutcome.Present(),
            new ImportOutcome.Present(),
            new ImportOutcome.Present(),
            new ImportOutcome.Imported()),
        ordered(List.of(one, two, three, ten)));
    assertEquals(List.of("one", "two", "three", "said here", "ten"), said(Room.LOBBY));
    assertEquals(
        List.of(new ImportOutcome.Present()),
        List.copyOf(Set.copyOf(ordered(List.of(one, two, three, ten)))));
    assertEquals(
        List.of(new ImportOutcome.Present()),
        List.copyOf(Set.copyOf(importer.texts(List.of(one, two, three, ten)))),
        "an import finds it there");
    assertEquals(List.of("one", "two", "three", "said here", "ten"), said(Room.LOBBY));
    Reply.Found found =
        assertInstanceOf(Reply.Found.class, anna.asks(new Command.Search("ten", List.of(), 10)));
    assertEquals(1, found.entries().size(), "it is found once, where it is now");
    assertEquals(ten.time().toEpochMilli(), found.entries().getFirst().time());
  }

  @Test
  void whatWasChangedOrDeletedHereStaysSoInItsNewPlace() throws Exception {
    Text one = text("anna", "ben", "one");
    Text two = text("ben", "anna", "two");
    Text three = text("anna", "ben", "three");
    importer.texts(List.of(three, two, one));
    long room = talk().id();
    anna.does(
        new Command.Edit(
            UUID.randomUUID(),
            new Cursor(room, 2, Cursor.prefix(three.id())),
            "three, as I meant it"));
    anna.does(new Command.Delete(UUID.randomUUID(), new Cursor(room, 4, Cursor.prefix(one.id()))));
    ordered(List.of(one, two, three));
    assertEquals(List.of("two", "three, as I meant it"), said(room));
    assertEquals(
        new ImportOutcome.Refused("it is not here"),
        ordered(List.of(text("anna", "ben", "never imported"))).getFirst());
  }
}
