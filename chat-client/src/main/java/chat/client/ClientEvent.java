// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.protocol.Contact;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import chat.protocol.ServerRole;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something a user would want to see. */
public sealed interface ClientEvent {

  /** How the connection is now. */
  record LinkChanged(Link link) implements ClientEvent {}

  /**
   * Logged in and entered: the window can be filled. Comes again after every reconnect; a room that
   * says {@code resumed} goes on where it was, another one is to be shown anew.
   */
  record Entered(
      Person self,
      List<RoomView> rooms,
      List<Person> online,
      List<PresenceStatus> statuses,
      List<Contact> contacts,
      List<RoomInvitation> invitations)
      implements ClientEvent {}

  /**
   * A room is to be shown anew from here: one that this account has come into, or one that was
   * asked for by {@link ChatClient#open}.
   */
  record Opened(RoomView room) implements ClientEvent {}

  /** A room, or what it is to this account, is different now. */
  record RoomChanged(RoomInfo info, RoomState place) implements ClientEvent {}

  /** Somebody asks this account to come into a room; {@link RoomGone} takes it back. */
  record Invited(RoomInvitation invitation) implements ClientEvent {}

  /** News of the server as a whole. */
  sealed interface OfServer extends ClientEvent {}

  /** What this account is to the server; comes again behind each Entered. */
  record RoleChanged(ServerRole role) implements OfServer {}

  /**
   * What is announced on this server now; comes again behind each Entered while there is something.
   *
   * @param text empty if it was taken back
   * @param time since when, in UTC milliseconds
   */
  record Announced(String text, long time) implements OfServer {}

  /** A room is not this account's any more, nor is it invited there. */
  record RoomGone(long room) implements ClientEvent {}

  /** How it stands with somebody now. */
  record ContactChanged(Contact contact) implements ClientEvent {}

  /** Somebody else has got further in a room. */
  record Marked(long room, ReadMark mark) implements ClientEvent {}

  /** Somebody is writing in a room. */
  record Typing(long room, Person person) implements ClientEvent {}

  /** The next entry of a room: in order, each once, own ones included. */
  record Added(Event.Entry entry) implements ClientEvent {}

  /** Entries up to and including {@code head} were skipped and can be fetched. */
  record Skipped(long room, long head) implements ClientEvent {}

  /** Who came, who went, and who is here in another way. */
  record Presence(List<Person> came, List<Person> went, List<PresenceStatus> statuses)
      implements ClientEvent {}

  /**
   * A text of this account that is not in its room yet. When it is, its {@link Added} with the same
   * id follows and this one is over.
   *
   * @param refused why it will not be sent as it is; null while it waits
   */
  record Pending(
      UUID id, long room, String text, long reply, boolean important, @Nullable Refusal refused)
      implements ClientEvent {}

  /**
   * A text is pending no more and no {@link Added} follows: it was discarded before it was sent, or
   * it was found to stand in a part of its room that was skipped, where history shows it.
   */
  record Discarded(UUID id, long room) implements ClientEvent {}

  /** How far a file is on its way, at most ten times a second and once at the end. */
  record TransferChanged(Transfer transfer) implements ClientEvent {}

  /** The session was ended, here or elsewhere: a new log-in is needed. */
  record LoggedOut(String reason) implements ClientEvent {}

  /**
   * Why something was not done.
   *
   * @param retryAfter milliseconds after which trying again makes sense; 0 if it does not
   */
  record Refusal(Problem problem, String detail, long retryAfter) {

    /**
     * Whether it is only for now: what is asked again as it is may be done then. So it is with what
     * was asked while nobody was logged in.
     */
    public boolean passes() {
      return problem.isTransient() || problem == Problem.OUT_OF_PLACE;
    }
  }

  /**
   * A file on its way.
   *
   * @param id of the transfer; of an upload also the id of the entry it becomes
   * @param name of the file
   * @param file the local file: read by an upload, written by a download
   */
  record Transfer(
      UUID id, long room, Way way, String name, Path file, long done, long size, State state) {

    /** Which way it goes. */
    public enum Way {
      UP,
      DOWN
    }

    /** Where it stands. */
    public sealed interface State {}

    /** Bytes are moving, or wait for the connection. */
    public record Running() implements State {}

    /** All there, its hash checked. */
    public record Finished() implements State {}

    /** Stopped by the user; started again it goes on where it was. */
    public record Cancelled() implements State {}

    /** Ended by a problem; the text is for the user where the problem alone does not say it. */
    public record Failed(Problem problem, String detail) implements State {}
  }
}
