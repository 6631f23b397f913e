// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.notify;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.room.Room;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomKind;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * What may be notified. The server keeps whether a room is muted, for all devices of the account;
 * finer choices are kept in the profile.
 */
public record NotificationRules(ChatModel model, Settings settings, ZoneId zone) {

  /** How loud a room is: public rooms only where this account is named, unless it chose. */
  public NotificationLevel level(Room room) {
    NotificationLevel usual =
        room.kind() == RoomKind.PUBLIC ? NotificationLevel.MENTIONS : NotificationLevel.ALL;
    NotificationLevel chosen = settings.choice(NotificationLevel.class, key(room)).orElse(usual);
    if (room.silent()) {
      return chosen == NotificationLevel.NOTHING ? chosen : NotificationLevel.MENTIONS;
    }
    // Another device may have taken the mute away.
    return chosen == NotificationLevel.NOTHING ? usual : chosen;
  }

  /** Makes a room louder or quieter. */
  public void level(Room room, NotificationLevel level) {
    settings.choice(key(room), level);
    boolean silent = level == NotificationLevel.NOTHING;
    if (room.silent() != silent) {
      var unused = model.set(new Command.MuteNotifications(room.id(), silent));
    }
  }

  /** Whether something that came into a room is to be notified now. */
  public boolean wants(Room room, Event.Entry entry) {
    if (!settings.notifications() || quiet()) {
      return false;
    }
    return switch (level(room)) {
      case ALL -> true;
      case MENTIONS -> urgent(entry);
      case NOTHING -> false;
    };
  }

  /** Whether it names this account, or was marked as important. */
  boolean urgent(Event.Entry entry) {
    return entry.content() instanceof Content.Text said
        && (said.important() || said.mentions().contains(model.account()));
  }

  private boolean quiet() {
    LocalTime now = model.clock().instant().atZone(zone).toLocalTime();
    return model.attendance().chosen() == Availability.DO_NOT_DISTURB
        || settings.quietHours().filter(hours -> hours.contains(now)).isPresent();
  }

  private String key(Room room) {
    return "level." + model.config().host() + "." + model.config().port() + "." + room.id();
  }
}
