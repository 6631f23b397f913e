package chat.protocol;

import java.util.List;
import java.util.UUID;

/**
 * What a client asks for. Each command gets exactly one {@link Reply}, not necessarily in the order
 * in which the commands were sent; at most {@link Limits#outstanding} may be unanswered.
 *
 * <p>A command that changes something carries an id chosen at random by the client. Sent again with
 * the same content it gets the same answer and changes nothing; this is how a client settles what
 * it has no answer for.
 */
public sealed interface Command {

  /** First word of a connection. Answered by {@link Reply.Welcome}. */
  record Hello(int version, List<String> capabilities, String client, String language)
      implements Command {
    public Hello {
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * Makes an account and logs in to it. Answered by {@link Reply.LoggedIn}.
   *
   * @param invitation empty where registration is open
   */
  record Register(String name, String password, String device, String invitation)
      implements Command {}

  /** Answered by {@link Reply.LoggedIn}. */
  record LogIn(String name, String password, String device) implements Command {}

  /** Logs in with the token of an earlier log-in. Answered by {@link Reply.LoggedIn}. */
  record Resume(byte[] token) implements Command {}

  /** Ends the session and makes its token worthless. Answered by {@link Reply.Done}. */
  record LogOut() implements Command {}

  /**
   * Asks for all that fills the window, and for events from then on. Answered by {@link
   * Reply.Entered}.
   *
   * @param cursors what the client has; a room without a cursor is shown from its newest entries
   * @param messages how many of the newest entries of a room to show, 0 to {@link Limits#page}
   * @param files how many of the newest files of a room to show, 0 to {@link Limits#page}
   */
  record Enter(List<Cursor> cursors, int messages, int files) implements Command {
    public Enter {
      cursors = List.copyOf(cursors);
    }
  }

  /** Says something in a room. Answered by {@link Reply.Posted} once it is on disk. */
  record Post(UUID id, long room, String text) implements Command {}

  /**
   * Asks for entries before or after a number; 0 with {@link Direction#BEFORE} means the newest.
   * Answered by {@link Reply.Page}, always in ascending order.
   */
  record History(long room, Direction direction, long number, int limit) implements Command {}

  /** Asks for the newest files before a number, 0 for the newest of all. Answered by a Page. */
  record Files(long room, long before, int limit) implements Command {}

  /** Asks for the people in a room whose names come after {@code after}. */
  record People(long room, String after, int limit) implements Command {}

  /**
   * Announces a file. Answered by {@link Reply.Offered} with the place to go on from, or by {@link
   * Reply.Posted} if the file is there already. An offer lives for 24 hours.
   *
   * @param sha256 of the whole content, 32 bytes
   */
  record Offer(UUID id, long room, String name, String mediaType, long size, byte[] sha256)
      implements Command {}

  /**
   * Carries a part of an offered file, at most {@link Limits#chunk} bytes, in order. Answered by
   * {@link Reply.Received}, the last one by {@link Reply.Posted}.
   */
  record Chunk(UUID id, long offset, byte[] bytes) implements Command {}

  /** Takes an offer back. Answered by {@link Reply.Done}. */
  record Withdraw(UUID id) implements Command {}

  /** Asks for a part of the file that stands at a number of a room. Answered by a Data. */
  record Fetch(long room, long number, long offset, int length) implements Command {}

  /** Asks for a sign of life. Answered by {@link Reply.Done}. */
  record Ping() implements Command {}

  /** Which way to read. */
  enum Direction {
    BEFORE,
    AFTER
  }
}
