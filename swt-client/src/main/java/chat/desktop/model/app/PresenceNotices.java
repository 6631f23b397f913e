// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.protocol.Person;
import java.util.HashSet;
import java.util.Set;

/** Who comes and who goes, and what of it is worth a line in the room that is looked at. */
final class PresenceNotices {
  /** How long after a coming somebody may turn out to be new here. */
  private static final long NEW_MILLIS = 10_000;

  /** After a loss of the connection, how long others may take to come back unnoticed. */
  private static final long RETURNING_MILLIS = 45_000;

  private final ChatModel model;
  private final Set<Long> newcomers = new HashSet<>();
  private final Set<Long> returning = new HashSet<>();
  private long returningUntil;

  PresenceNotices(ChatModel model) {
    this.model = model;
  }

  /** Whoever was here may come back; to be called before it is known who is here now. */
  void reconnected() {
    newcomers.clear();
    returning.clear();
    model.people().online().forEach(person -> returning.add(person.account()));
    returningUntil = model.clock().millis() + RETURNING_MILLIS;
  }

  /** Takes in who came, who went, and who is here in another way. */
  void told(ClientEvent.Presence presence) {
    presence.went().forEach(this::went);
    presence.came().forEach(this::came);
    presence.statuses().forEach(model.people()::stands);
  }

  private void came(Person person) {
    boolean isNew = model.people().came(person);
    boolean back = returning.remove(person.account()) && model.clock().millis() < returningUntil;
    if (isNew && !newcomers.remove(person.account()) && !back) {
      notice(Row.Notice.Kind.CAME, person);
    }
  }

  /** Somebody new both becomes a member and comes, in any order: one line is enough. */
  void joined(Room room, Person person) {
    if (model.people().isOnline(person)) {
      room.transcript().forgetComing(person, model.clock().millis() - NEW_MILLIS);
    } else {
      newcomers.add(person.account());
    }
  }

  private void went(Person person) {
    if (model.people().went(person)) {
      notice(Row.Notice.Kind.WENT, person);
    }
  }

  private void notice(Row.Notice.Kind kind, Person about) {
    Room current = model.current();
    if (current != null) {
      current.transcript().notice(kind, about, model.clock().millis());
    }
  }
}
