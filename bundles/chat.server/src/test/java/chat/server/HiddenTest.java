// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is invisible, or has blocked somebody, gives no sign but what is said aloud. */
@Timeout(60)
class HiddenTest {
  /** A signature is all that is looked at. */
  private static final byte[] PICTURE = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
  };

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
    room = anna.makes(RoomKind.PRIVATE, "garden");
    anna.bringsIn(boris, room);
    anna.bringsIn(carla, room);
    for (Somebody each : server.people()) {
      each.asks(new Command.Sync(List.of(), 10, 0));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Somebody writes, reads and changes what they say of themselves. */
  private void isBusy(Somebody somebody, int round) throws Exception {
    long head = anna.says(room, "something to read").number();
    server.settle();
    server.people().forEach(Somebody::hears);
    assertNull(somebody.problem(new Command.Typing(room)));
    assertNull(somebody.problem(new Command.MarkRead(room, head, head)));
    assertNull(somebody.problem(new Command.SetProfile("", "status " + round, "", true, true)));
    server.settle();
  }

  private static Set<Class<?>> signs(Somebody viewer) {
    return viewer.hears().stream()
        .filter(message ->
            message instanceof Event.Typing
                || message instanceof Event.ReadMarkChanged
                || message instanceof Event.ContactChanged)
        .map(Object::getClass)
        .collect(Collectors.toSet());
  }

  private boolean showsMark(Somebody viewer, Somebody of) {
    Reply.Opened opened =
        assertInstanceOf(Reply.Opened.class, viewer.asks(new Command.Open(room, 10, 0)));
    return opened.room().marks().stream().map(ReadMark::account).anyMatch(a -> a == of.account());
  }

  private void befriend(Somebody one, Somebody other) {
    assertNull(one.problem(new Command.UpdateContact(other.account(), ContactAction.REQUEST)));
    assertNull(other.problem(new Command.UpdateContact(one.account(), ContactAction.ACCEPT)));
  }

  private static final Set<Class<?>> ALL =
      Set.of(Event.Typing.class, Event.ReadMarkChanged.class, Event.ContactChanged.class);

  @Test
  void whoIsInvisibleGivesNoSign() throws Exception {
    befriend(anna, boris);
    isBusy(boris, 1);
    assertEquals(ALL, signs(anna));
    assertEquals(true, showsMark(anna, boris));

    assertNull(boris.problem(new Command.SetPresence(Availability.INVISIBLE)));
    isBusy(boris, 2);
    assertEquals(Set.of(), signs(anna));
    assertEquals(false, showsMark(anna, boris));

    assertNull(boris.problem(new Command.SetPresence(Availability.ONLINE)));
    isBusy(boris, 3);
    assertEquals(ALL, signs(anna));
    assertEquals(true, showsMark(anna, boris));
  }

  @Test
  void whoHasBlockedSomebodyGivesThatPersonNoSign() throws Exception {
    befriend(carla, boris);
    assertNull(boris.problem(new Command.SetPicture(0, PICTURE.length, 0, PICTURE)));
    assertNull(boris.problem(new Command.UpdateContact(anna.account(), ContactAction.BLOCK)));
    isBusy(boris, 1);
    assertEquals(Set.of(), signs(anna));
    assertEquals(ALL, signs(carla));
    assertEquals(false, showsMark(anna, boris));
    assertEquals(true, showsMark(carla, boris));
    Command.Picture picture = new Command.Picture(boris.account(), 0, 0, 100);
    assertEquals(Problem.FILE_UNKNOWN, anna.problem(picture));
    assertNull(carla.problem(picture));
  }
}
