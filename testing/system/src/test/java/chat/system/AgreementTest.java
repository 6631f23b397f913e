// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.RoomKind;
import chat.protocol.RoomState;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two devices of one person, and two more people. They say, change, delete, react, pin and read, go
 * away in the middle of it and come back, while parts of the server are exchanged. In the end all
 * of them see the same, and the same as somebody who comes new.
 */
@Timeout(300)
class AgreementTest {
  private static final int STEPS = 400;

  @TempDir Path folder;

  private final Random random = new Random(11);
  private final List<Event.Entry> said = new ArrayList<>();
  private ServerProcess server;

  @Test
  void everybodySeesTheSame() throws Exception {
    try (ServerProcess running =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start()) {
      server = running;
      List<TestUser> devices = new ArrayList<>();
      Path profiles = folder.resolve("profiles");
      devices.add(TestUser.named("alice", server, profiles).registers());
      devices.add(TestUser.named("alice", server, profiles, "phone").logsIn());
      devices.add(TestUser.named("bob", server, profiles).registers());
      devices.add(TestUser.named("carol", server, profiles).registers());
      long room = devices.getFirst().makes(RoomKind.PRIVATE, "agreement");
      devices.get(1).isIn(room);
      for (TestUser guest : devices.subList(2, 4)) {
        devices.getFirst().bringsIn(guest, room);
      }
      for (int step = 0; step < STEPS; step++) {
        something(devices, room);
        if (step == STEPS / 3) {
          swap("chat.storage.sqlite");
        } else if (step == STEPS / 2) {
          swap("chat.server");
        }
      }
      Event.Entry last = devices.getFirst().says(room, "the end");
      for (int i = 0; i < devices.size(); i++) {
        devices.get(i).hears(last.id());
      }
      RoomEntries fresh = new RoomEntries();
      fresh.view(TestUser.get(devices.get(3).client().open(room, 200, 0)));
      Map<Long, RoomEntries.Shown> truth = whole(devices.get(3), room).messages();
      for (TestUser device : devices) {
        Map<Long, RoomEntries.Shown> seen = device.book(room).messages();
        assertTrue(seen.size() >= 5, device.name() + " has seen " + seen.size());
        seen.forEach((number, shown) -> assertEquals(truth.get(number), shown, "at " + number));
      }
      fresh.messages().forEach((number, shown) -> assertEquals(truth.get(number), shown));
      countersAgree(devices, room, last);
      for (TestUser device : devices) {
        device.close();
      }
    }
  }

  /** The whole room as history shows it. */
  private static RoomEntries whole(TestUser reader, long room) {
    RoomEntries book = new RoomEntries();
    long after = 0;
    while (true) {
      var page = TestUser.get(reader.client().history(room, Command.Direction.AFTER, after, 50));
      page.entries().forEach(book::add);
      if (page.entries().isEmpty()) {
        return book;
      }
      after = page.entries().getLast().number();
    }
  }

  private void countersAgree(List<TestUser> devices, long room, Event.Entry last) {
    TestUser desk = devices.getFirst();
    TestUser phone = devices.get(1);
    phone.sets(new Command.MarkRead(room, last.number(), last.number()));
    desk.place(room, place -> place.unread() == 0 && place.read() == last.number());
    Event.Entry one = devices.get(2).says(room, "one more, @alice");
    devices.get(3).says(room, "and one");
    desk.sets(new Command.MarkRead(room, one.number(), last.number()));
    RoomState phones =
        phone.place(room, place -> place.read() == last.number() && place.unread() > 0);
    RoomState desks =
        desk.place(room, place -> place.read() == last.number() && place.unread() > 0);
    assertEquals(phones, desks);
    assertEquals(2, phones.unread());
    assertEquals(1, phones.mentions());
  }

  private void swap(String bundle) throws IOException {
    AdminAnswer answer = server.ask("swap", Builds.newer(bundle, folder).toString());
    assertTrue(answer.isDone(), answer.raw());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void something(List<TestUser> devices, long room) throws IOException {
    int who = random.nextInt(devices.size());
    TestUser actor = devices.get(who);
    List<Event.Entry> own =
        said.stream().filter(entry -> entry.author().name().equals(actor.name())).toList();
    switch (said.isEmpty() ? 0 : random.nextInt(10)) {
      case 3 -> {
        if (!own.isEmpty()) {
          actor.does(new Command.Edit(UUID.randomUUID(), Cursor.behind(any(own)), text()));
        }
      }
      case 4 -> {
        if (!own.isEmpty() && own.size() > 3) {
          Event.Entry entry = any(own);
          said.remove(entry);
          actor.does(new Command.Delete(UUID.randomUUID(), Cursor.behind(entry)));
        }
      }
      case 5, 6 ->
          actor.does(
              new Command.React(
                  UUID.randomUUID(),
                  Cursor.behind(any(said)),
                  any(List.of("👍", "❤️", "🎂")),
                  random.nextBoolean()));
      case 7 ->
          devices
              .getFirst()
              .does(
                  new Command.Pin(
                      UUID.randomUUID(), Cursor.behind(any(said)), random.nextBoolean()));
      case 8 -> {
        long number = any(said).number();
        actor.sets(new Command.MarkRead(room, number, number));
      }
      case 9 -> {
        if (random.nextInt(4) == 0) {
          devices.set(who, comesBack(actor, who == 1 ? "phone" : ""));
        }
      }
      default -> said.add(actor.says(room, text()));
    }
  }

  private String text() {
    return "text " + random.nextInt(1_000_000);
  }

  /** The connection breaks, and the same device is there again with what its profile has. */
  private TestUser comesBack(TestUser friend, String device) throws IOException {
    friend.close();
    return TestUser.named(friend.name(), server, folder.resolve("profiles"), device).comesBack();
  }
}
