// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Command;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a room are changed one by one, and each change happens once. */
@Timeout(60)
class RoomSettingsTest {
  @TempDir Path folder;

  private long room;
  private Somebody anna;
  private Somebody boris;

  private void both(ServerFixture server) {
    anna = server.one(0);
    boris = server.one(1);
    room = anna.makes(RoomKind.PRIVATE, "room");
    anna.bringsIn(boris, room);
    anna.does(ModerationAction.MAKE_OWNER, boris, room);
  }

  private Command.SetRoom set(Change change) {
    return new Command.SetRoom(UUID.randomUUID(), room, change);
  }

  private RoomSettings settings() {
    return ((Reply.Opened) anna.asks(new Command.Open(room, 0, 0))).room().info().settings();
  }

  @Test
  void whatAChangeDoesNotNameStaysAsItIs() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      both(server);
      anna.does(set(Change.NONE.withTopic("plants").withReadOnly(true)));
      boris.does(set(Change.NONE.withName("garden")));
      RoomSettings readOnly =
          Change.NONE.withReadOnly(true).appliedTo(RoomSettings.of("garden", "plants"));
      assertEquals(readOnly, settings());
      anna.does(set(Change.NONE.withTopic("")));
      assertEquals(Change.NONE.withTopic("").appliedTo(readOnly), settings());
    }
  }

  @Test
  void aChangeThatIsSentAgainIsAnsweredAsBeforeWhateverElseHasChanged() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      both(server);
      Command.SetRoom topic = set(Change.NONE.withTopic("plants"));
      Reply.Posted first = anna.does(topic);
      boris.does(set(Change.NONE.withName("garden").withTopic("stones")));
      assertEquals(first, anna.does(topic));
      assertEquals(RoomSettings.of("garden", "stones"), settings());
      Command.SetRoom another =
          new Command.SetRoom(topic.id(), room, Change.NONE.withTopic("trees"));
      assertEquals(Problem.ID_TAKEN, anna.problem(another));
      Command.SetRoom more =
          new Command.SetRoom(topic.id(), room, topic.change().withReadOnly(false));
      assertEquals(Problem.ID_TAKEN, anna.problem(more));
    }
  }

  @Test
  void everySettingTellsARepeatFromSomethingElse() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      both(server);
      RecordComponent[] parts = Change.class.getRecordComponents();
      for (int i = 0; i < parts.length; i++) {
        Command.SetRoom first = set(only(i));
        Reply.Posted posted = anna.does(first);
        anna.does(set(Change.NONE.withArchived(false)));
        for (int j = 0; j < parts.length; j++) {
          Command.SetRoom again = new Command.SetRoom(first.id(), room, only(j));
          if (i == j) {
            assertEquals(posted, anna.does(again));
          } else {
            assertEquals(Problem.ID_TAKEN, anna.problem(again), parts[i] + ", " + parts[j]);
          }
        }
      }
    }
  }

  /** A change of one setting alone. */
  private static Change only(int position) throws ReflectiveOperationException {
    RecordComponent[] parts = Change.class.getRecordComponents();
    Object[] values = new Object[parts.length];
    Class<?>[] types = new Class<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      Object value =
          parts[i].getGenericType().getTypeName().contains("Boolean") ? (Object) true : "word";
      values[i] = i == position ? Optional.of(value) : Optional.empty();
    }
    return Change.class.getDeclaredConstructor(types).newInstance(values);
  }
}
