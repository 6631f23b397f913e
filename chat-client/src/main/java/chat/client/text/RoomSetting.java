// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import chat.protocol.RoomSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * A setting of a room as it is shown. {@link #of} is the one list: the command line, JSON, exports
 * and the windows show what stands there, in that order.
 */
public sealed interface RoomSetting {

  /** By which programs know it; windows find their words for it by this. */
  String key();

  /** Words, shown unless there are none. */
  record Words(String key, String words) implements RoomSetting {}

  /**
   * Something that holds or not, shown if it does.
   *
   * @param label what it says, in English
   */
  record Flag(String key, String label, boolean on) implements RoomSetting {}

  /** All of them. */
  static List<RoomSetting> of(RoomSettings settings) {
    return List.of(
        new Words("name", settings.name()),
        new Words("topic", settings.topic()),
        new Flag("readOnly", "read only", settings.readOnly()),
        new Flag("archived", "archived", settings.archived()));
  }

  /** The labels of what holds. */
  static Stream<String> labels(RoomSettings settings) {
    return of(settings).stream()
        .flatMap(setting ->
            setting instanceof Flag flag && flag.on() ? Stream.of(flag.label()) : Stream.empty());
  }
}
