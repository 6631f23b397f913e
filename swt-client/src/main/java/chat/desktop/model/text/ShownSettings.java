// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.client.text.RoomSetting;
import chat.protocol.RoomSettings;
import java.util.stream.Collectors;

/** What a room's settings say in the windows' language. */
public final class ShownSettings {
  private ShownSettings() {}

  /** All that there is to say, but for the room's name. */
  public static String details(Texts texts, RoomSettings settings) {
    return RoomSetting.of(settings).stream()
        .filter(setting -> !setting.key().equals("name"))
        .map(setting -> words(texts, setting))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static String words(Texts texts, RoomSetting setting) {
    return switch (setting) {
      case RoomSetting.Words words -> words.words();
      case RoomSetting.Flag flag -> flag.on() ? texts.get("setting." + flag.key()) : "";
    };
  }
}
