// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a room shows comes from one list, and every setting stands in it. */
class RoomSettingTest {
  private static final RoomSettings ALL =
      RoomSettings.Change.NONE
          .withReadOnly(true)
          .withArchived(true)
          .appliedTo(RoomSettings.of("Lab", "tests"));

  @Test
  void everySettingIsShownUnderItsOwnName() {
    assertEquals(
        Arrays.stream(RoomSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList(),
        RoomSetting.of(ALL).stream().map(RoomSetting::key).toList());
  }

  @Test
  void programsReadEachOfThem() {
    RoomInfo room = new RoomInfo(7, RoomKind.PUBLIC, ALL, 0, 2, new Person(0, ""));
    assertEquals(
        "{\"room\":7,\"kind\":\"public\",\"name\":\"Lab\",\"topic\":\"tests\",\"members\":2,"
            + "\"readOnly\":true,\"archived\":true}",
        Json.room(room));
  }

  @Test
  void whatIsUsualIsLeftOut() {
    RoomInfo room =
        new RoomInfo(7, RoomKind.PUBLIC, RoomSettings.of("Lab", ""), 0, 2, new Person(0, ""));
    assertEquals(
        "{\"room\":7,\"kind\":\"public\",\"name\":\"Lab\",\"members\":2}", Json.room(room));
  }

  @Test
  void aRoomOfTwoIsKnownByTheOtherOne() {
    RoomInfo room =
        new RoomInfo(7, RoomKind.DIRECT, RoomSettings.of("", ""), 0, 2, new Person(3, "anna"));
    assertEquals(
        "{\"room\":7,\"kind\":\"direct\",\"peer\":\"anna\",\"members\":2}", Json.room(room));
  }

  @Test
  void aChangeIsToldWithWhatHoldsNow() {
    assertEquals(
        "[room: Lab, read only, archived]", MessageFormatter.words(new Content.RoomSet(ALL)));
    assertEquals(List.of(), RoomSetting.labels(RoomSettings.of("Lab", "tests")).toList());
  }
}
