// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;
import java.util.UUID;

/** What a client hears unasked, after it has entered. */
public sealed interface Event extends ServerMessage {

  /**
   * Something that happened in a room and is kept. Numbers of a room are gap-free; a client gets
   * them in order and each once.
   *
   * @param id chosen by the author's client
   * @param time UTC milliseconds, for showing only
   */
  record Entry(long room, long number, UUID id, Person author, long time, Content content)
      implements Event {}

  /**
   * The connection is too far behind. The next entry is the one after {@code head}; what lies
   * between is there to be fetched with History.
   */
  record Gap(long room, long head) implements Event {}

  /**
   * Who came, who went, and who is here in another way since the last word about it; who came
   * without having been away is shown differently now. Not kept, may be missed.
   */
  record Presence(List<Person> came, List<Person> went, List<PresenceStatus> statuses)
      implements Event {
    public Presence {
      came = List.copyOf(came);
      went = List.copyOf(went);
      statuses = List.copyOf(statuses);
    }
  }

  /**
   * A room is like this now, or is this account's now; then {@link Command.Open} shows it. Comes
   * for every room again after {@link Restarted}.
   */
  record RoomChanged(RoomInfo info, RoomState state) implements Event {}

  /** Somebody asks this account to come into a room; {@link RoomGone} takes it back. */
  record RoomInvited(RoomInvitation invitation) implements Event {}

  /** The room is not this account's any more, nor is it invited there. */
  record RoomGone(long room) implements Event {}

  /** How it stands with somebody now. */
  record ContactChanged(Contact contact) implements Event {}

  /** Somebody else has got further in a room. May be missed. */
  record ReadMarkChanged(long room, ReadMark mark) implements Event {}

  /** Somebody is writing. Not kept, may be missed. */
  record Typing(long room, Person person) implements Event {}

  /** What this account is to the server was changed. */
  record RoleChanged(ServerRole role) implements Event {}

  /**
   * What is announced on this server now. Comes behind each Synced while there is an announcement.
   *
   * @param text empty if it was taken back
   * @param time since when, in UTC milliseconds
   */
  record Announced(String text, long time) implements Event {}

  /** The connection will be closed; come back after this many milliseconds. */
  record Leaving(String reason, long backAfter) implements Event {}

  /** The server's logic was exchanged: repeat every command that has no answer. */
  record Restarted() implements Event {}

  /** The session was ended elsewhere, its token is worthless. */
  record LoggedOut(String reason) implements Event {}
}
