// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.ModerationAction;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.ServerFixture.Somebody;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.store.ActiveStore;
import chat.server.store.CellLoader;
import chat.server.store.ChangeCapture;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the next build of the server read while the one before it was at work is, once it was
 * refreshed, what it would read from the beginning.
 */
@Timeout(120)
class StandbyTest {
  private static final int BEFORE = 60;
  private static final int AFTER = 60;
  private static final int ACTING = 4;
  private static final int ACCOUNTS = 64;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsDoneWhileItReadsIsReadAgain(long seed) throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "bert", "cleo", "dora")) {
      People people = new People(server, new Random(seed));
      people.act(BEFORE);
      Somebody leaver = server.registers("emil");
      leaver.asks(new Command.UpdateContact(server.one(0).account(), ContactAction.REQUEST));

      ActiveStore store = server.server().context().access().store();
      Seals seals = server.server().seals();
      ChangeCapture changes = new ChangeCapture();
      Directory standby = Directory.empty();
      try (var _ = store.follow(changes::touched)) {
        store.read(
            Loaded.FOREVER,
            (open, generation) -> {
              standby.load(
                  acting(open, people),
                  (loader, cell) -> {
                    people.act(1);
                    read(loader, cell, seals, changes);
                  });
              return true;
            });
        people.act(AFTER);
        leaver.asks(new Command.DeleteAccount("correct horse"));
        server.registers("frida");
        server.settle();
        store.read(
            Loaded.FOREVER,
            (open, generation) -> {
              standby.refresh(
                  open, changes.take(), (loader, cell) -> read(loader, cell, seals, changes));
              assertEquals(told(Directory.load(open, generation, seals)), told(standby));
              return true;
            });
        assertEquals(0, changes.take().size(), "something could not be opened");
      }
    }
  }

  /** It may end up on disk although its server has given it up: the next one has to look. */
  @Test
  void aBatchThatIsStuckInTheStoreIsKnown() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean stuck = new AtomicBoolean();
    UnaryOperator<ChatStore> guard =
        store ->
            InterceptingStore.store(
                store,
                (method, arguments, call) -> {
                  if (method.equals("commit") && stuck.get()) {
                    inside.countDown();
                    goOn.await();
                  }
                  return call.goOn();
                });
    try (ServerFixture server = new ServerFixture(folder, guard, "anna")) {
      server.settle();
      ChangeCapture changes = new ChangeCapture();
      try (var _ = server.server().context().access().store().follow(changes::touched)) {
        stuck.set(true);
        int asked =
            server.one(0).sends(new Command.Post(UUID.randomUUID(), Room.LOBBY, "on its way"));
        inside.await();
        assertTrue(changes.take().streams.contains(Room.LOBBY));
        goOn.countDown();
        server.one(0).answered(asked);
      } finally {
        goOn.countDown();
      }
    }
  }

  /** Things happen between the kinds of cells as well. */
  private static ChatStore acting(ChatStore store, People people) {
    return InterceptingStore.store(
        store,
        (method, arguments, call) -> {
          if (method.equals("cells")) {
            people.act(2);
          }
          return call.goOn();
        });
  }

  private static void read(CellLoader loader, Cell cell, Seals seals, ChangeCapture changes)
      throws StorageException {
    try {
      loader.taking().take(cell, seals.openCell(cell));
    } catch (IOException | SealException e) {
      changes.touched(cell.key());
    }
  }

  /** All that is in memory, in words. */
  private static String told(Directory directory) {
    StringBuilder told = new StringBuilder();
    for (long id = 1; id < ACCOUNTS; id++) {
      long account = id;
      told.append(id)
          .append(directory.accounts().get(id))
          .append(
              directory.accounts().get(id).map(Account::name).flatMap(directory.accounts()::named))
          .append(directory.accounts().profile(id))
          .append(directory.accounts().seen(id))
          .append(new TreeMap<>(directory.contacts().of(id)))
          .append(new TreeSet<>(directory.contacts().blockers(id)))
          .append(directory.rooms().of(id).stream().map(Room::id).toList())
          .append('\n');
      for (Room room : directory.rooms().all()) {
        told.append(room.id()).append(room.state(account));
      }
    }
    for (Room room : directory.rooms().all()) {
      told.append(room.id())
          .append(room.stored())
          .append(room.tail().head())
          .append(new TreeMap<>(room.members()))
          .append(new TreeMap<>(room.bans()))
          .append('\n');
    }
    return told.append(directory.accounts().ids().next())
        .append(directory.rooms().nextId())
        .toString();
  }

  /** They do what comes to their minds; the server refuses what they may not. */
  private static final class People {
    private final ServerFixture server;
    private final Random random;
    private final List<Long> rooms = new ArrayList<>(List.of(Room.LOBBY));

    People(ServerFixture server, Random random) {
      this.server = server;
      this.random = random;
    }

    void act(int times) {
      for (int i = 0; i < times; i++) {
        act();
      }
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private void act() {
      List<Somebody> acting = server.people().subList(0, ACTING);
      Somebody somebody = any(acting);
      Somebody other = any(acting);
      long room = any(rooms);
      switch (random.nextInt(10)) {
        case 0 -> {
          RoomKind kind = random.nextBoolean() ? RoomKind.PUBLIC : RoomKind.PRIVATE;
          rooms.add(somebody.makes(kind, "room " + rooms.size()));
        }
        case 1 -> somebody.asks(new Command.Post(UUID.randomUUID(), room, "said"));
        case 2 -> somebody.asks(new Command.Join(UUID.randomUUID(), room));
        case 3 -> somebody.asks(new Command.Leave(UUID.randomUUID(), room));
        case 4, 5 ->
            somebody.asks(somebody.command(any(List.of(ModerationAction.values())), other, room));
        case 6 ->
            somebody.asks(
                new Command.UpdateContact(other.account(), any(List.of(ContactAction.values()))));
        case 7 ->
            somebody.asks(new Command.SetProfile("", "status " + random.nextInt(), "", true, true));
        case 8 -> somebody.asks(new Command.Draft(room, "draft " + random.nextInt()));
        default ->
            somebody.asks(
                new Command.SetRoom(
                    UUID.randomUUID(),
                    room,
                    RoomSettings.Change.NONE.withTopic("topic " + random.nextInt())));
      }
    }
  }
}
