// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.ImportOperations.Friendship;
import chat.operations.ImportOperations.Person;
import chat.operations.ImportOperations.Text;
import chat.operations.ImportOutcome;
import chat.protocol.Command;
import chat.protocol.ContactAction;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
