// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.MessageLink;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is unread, on all devices, is what was never in view. */
class UnreadTest {
  private static final Person ANNA = new Person(2, "Anna");
  private static final int BEFORE = 20;

  private final FakeService service = new FakeService();
  private final List<Runnable> later = new ArrayList<>();
  private ChatModel model = device();

  private ChatModel device() {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config =
        new ClientConfig(Path.of("unused"), "chat.example.org", 7667, "", "", "en", 50, 10);
    ChatModel made =
        new ChatModel(
            service.open(config, relay),
            config,
            Runnable::run,
            Runnable::run,
            InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L)),
            (_, task) -> later.add(task));
    relay.to(made);
    return made;
  }

  /** Time goes by. */
  private void pass() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  /** Comes back after so many messages. */
  private Room away(int count) {
    for (int i = 1; i <= BEFORE + count; i++) {
      service.past(ANNA, "m" + i);
    }
    service.place = FakeService.place(BEFORE, BEFORE + count, Math.min(count, 1_000), 0, false);
    service.enter();
    return model.current();
  }

  private long marked() {
    pass();
    List<Command.MarkRead> told = service.commands(Command.MarkRead.class);
    return told.isEmpty() ? 0 : told.getLast().read();
  }

  @Test
  void fortyMessagesAreReadAsTheyComeIntoView() {
    Room room = away(40);
    assertEquals(40, room.unread());
    assertEquals(BEFORE, room.freshAfter());
    assertEquals(21, room.shown().rows().get(room.firstUnread()).number());
    model.saw(room, 15, 30);
    assertEquals(30, room.unread());
    assertEquals(30, model.calling());
    assertEquals(30, marked());
    model.saw(room, 45, 60);
    assertEquals(30, room.unread(), "what was passed over is not read");
    assertEquals(30, marked());
    model.saw(room, 28, 50);
    model.saw(room, 45, 60);
    assertEquals(0, room.unread());
    assertEquals(60, marked());
    assertEquals(BEFORE, room.freshAfter(), "the line stays while the room is shown");
  }

  @Test
  void aThousandMessagesBeginWithTheFirstUnreadAndAreReadOn() {
    Room room = away(1_000);
    assertTrue(room.past(), "the first unread message was fetched");
    assertEquals(21, room.shown().rows().get(room.firstUnread()).number());
    assertTrue(room.transcript().indexOf(21) < 0);
    for (long at = 10; room.past(); at += 30) {
      model.saw(room, at, at + 30);
      assertEquals(1_000 - (at + 30 - BEFORE), room.unread(), "at " + at);
      if (room.shown().highest() < at + 60) {
        model.loadNewer(room);
      }
    }
    assertEquals(BEFORE + 1_000, room.transcript().highest());
    service.say(ANNA, "live");
    assertTrue(room.transcript().indexOf(BEFORE + 1_001) > 0);
    long read = room.readTo();
    model.saw(room, read, BEFORE + 1_001);
    assertEquals(0, room.unread());
    assertEquals(BEFORE + 1_001, marked());
  }

  @Test
  void whatComesWhileOneReadsOnIsBehindThatAndNotLost() {
    Room room = away(200);
    assertTrue(room.past());
    service.say(ANNA, "live");
    assertEquals(201, room.unread());
    for (int i = 0; i < 10 && room.past(); i++) {
      model.loadNewer(room);
    }
    assertFalse(room.past());
    assertEquals(BEFORE + 201, room.shown().rows().getLast().number());
    assertEquals(201, room.unread(), "fetched is not seen");
  }

  @Test
  void anOwnTextOnItsWayStaysWhereThePastBecomesNow() {
    Room room = away(200);
    service.holdTexts = true;
    var _ = model.send("on its way");
    assertEquals(1, model.unsent());
    for (int i = 0; i < 10 && room.past(); i++) {
      model.loadNewer(room);
    }
    assertFalse(room.past());
    assertEquals(1, model.unsent());
  }

  @Test
  void twoDevicesAgree() {
    Room room = away(40);
    model.saw(room, 15, 30);
    assertEquals(30, marked());
    service.tell(new ClientEvent.RoomChanged(room.info(), FakeService.place(50, 60, 10, 0, false)));
    assertEquals(10, room.unread(), "the other one has read more");
    assertEquals(51, room.shown().rows().get(room.firstUnread()).number());
    service.tell(new ClientEvent.RoomChanged(room.info(), FakeService.place(25, 60, 35, 0, false)));
    assertEquals(35, room.unread(), "the other one has marked it as unread");
    assertEquals(25, room.freshAfter());
    model.saw(room, 15, 60);
    assertEquals(35, room.unread(), "which is not undone because it is in view");
    model.select(room);
    model.saw(room, 15, 60);
    assertEquals(0, room.unread());
    assertEquals(60, marked());
  }

  @Test
  void whatWasSeenBeforeACrashAndNotMarkedIsUnread() {
    Room room = away(40);
    service.link(new Link.Lost("no route", Instant.EPOCH));
    model.saw(room, 15, 60);
    assertEquals(0, room.unread());
    assertEquals(0, marked());
    model = device();
    service.enter();
    assertEquals(40, model.current().unread());
    assertEquals(BEFORE, model.current().freshAfter());
  }

  @Test
  void whatTheServerNeverGotIsToldAgain() {
    Room room = away(40);
    model.saw(room, 15, 60);
    assertEquals(60, marked());
    service.commands.clear();
    service.enter();
    assertEquals(0, room.unread());
    assertEquals(60, marked());
  }

  @Test
  void aMessageIsMarkedAsUnreadUntilTheRoomIsOpenedAgain() {
    Room room = away(0);
    model.attentive(true);
    service.say(ANNA, "seen");
    service.say(ANNA, "for later");
    service.say(ANNA, "and this");
    assertEquals(0, room.unread());
    model.markUnread(room, BEFORE + 2);
    assertEquals(
        new Command.MarkRead(FakeService.LOBBY, 0, BEFORE + 1, true),
        service.commands(Command.MarkRead.class).getLast());
    assertEquals(2, room.unread());
    model.saw(room, 1, BEFORE + 3);
    service.say(ANNA, "more");
    assertEquals(3, room.unread());
    assertEquals(BEFORE + 1, room.freshAfter());
    model.select(room);
    model.saw(room, 1, BEFORE + 4);
    assertEquals(0, room.unread());
    assertEquals(BEFORE + 4, marked());
  }

  @Test
  void allIsTakenForReadWhenThatIsSaid() {
    Room room = away(1_000);
    service.say(ANNA, "live");
    model.markAllRead();
    assertEquals(0, model.unread());
    assertEquals(-1, room.freshAfter());
    assertEquals(BEFORE + 1_001, marked());
  }

  @Test
  void whatSomebodySaidToDoesNotCountAsRead() {
    Room room = away(40);
    service.happen(FakeService.ME, new Content.Text("an answer from another device"));
    assertEquals(40, room.unread());
    assertEquals(BEFORE, room.freshAfter());
  }

  @Test
  void aDayIsFoundByItsTime() {
    Room room = away(1_000);
    long hundredth = service.entries.get(99).time();
    assertEquals(100, model.numberAt(room, hundredth).join());
    assertEquals(101, model.numberAt(room, hundredth + 1).join());
    assertEquals(1, model.numberAt(room, 0).join());
    assertEquals(BEFORE + 1_000, model.numberAt(room, Long.MAX_VALUE).join());
  }

  @Test
  void aLinkLeadsToItsMessageOnItsServerOnly() {
    away(3);
    MessageLink link = MessageLink.to(model.config(), service.entries.get(7));
    assertEquals("chatroom://chat.example.org:7667/room/1/message/8", link.toString());
    assertEquals(Optional.of(link), MessageLink.parse(" " + link + " "));
    assertTrue(link.leadsTo(model.config()));
    assertFalse(new MessageLink("chat.example.org", 7668, 1, 8).leadsTo(model.config()));
    MessageLink six = new MessageLink("::1", 7667, 1, 8);
    assertEquals(Optional.of(six), MessageLink.parse(six.toString()));
    for (String other :
        List.of("chatroom://a:1/room/1", "https://a/room/1/message/2", link + "0".repeat(20))) {
      assertEquals(Optional.empty(), MessageLink.parse(other), other);
    }
  }

  @Test
  void whoJumpsToAMessageStaysThereWhereverTheFirstUnreadOneIs() {
    Room room = away(1_000);
    model.backToNow(room);
    model.jump(room, 1_010).join();
    assertFalse(room.past(), "it was here");
    model.jump(room, 500).join();
    assertTrue(room.shown().indexOf(500) > 0);
    model.saw(room, 495, 505);
    assertEquals(1_000, room.unread());
    model.select(room);
    assertTrue(room.shown().indexOf(500) > 0);
  }
}
