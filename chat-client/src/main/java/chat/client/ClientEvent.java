package chat.client;

import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.RoomView;
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
  record Entered(Person self, List<RoomView> rooms, List<Person> online) implements ClientEvent {}

  /** The next entry of a room: in order, each once, own ones included. */
  record Added(Event.Entry entry) implements ClientEvent {}

  /** Entries up to and including {@code head} were skipped and can be fetched. */
  record Skipped(long room, long head) implements ClientEvent {}

  /** Who came and who went. */
  record Presence(List<Person> came, List<Person> went) implements ClientEvent {}

  /**
   * A text of this account that is not in its room yet. When it is, its {@link Added} with the same
   * id follows and this one is over.
   *
   * @param refused why it will not be sent as it is; null while it waits
   */
  record Pending(UUID id, long room, String text, @Nullable Refusal refused)
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
  record Refusal(Problem problem, String detail, long retryAfter) {}

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
