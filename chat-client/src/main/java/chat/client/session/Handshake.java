// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientConfig;
import chat.client.ClientEvent.Refusal;
import chat.client.RefusedException;
import chat.client.transport.Connection;
import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.util.List;

/**
 * The words before anybody has entered: one question at a time, each answered before the next. Only
 * on the thread that reads from the connection.
 */
final class Handshake {
  /** The capability of a client that neither comes nor goes for others. */
  private static final String QUIET = "quiet";

  private static final String TEXT_REFUSED = "text-refused";

  private final ClientFormat format;
  private final Connection connection;
  private int last;

  Handshake(ClientFormat format, Connection connection) {
    this.format = format;
    this.connection = connection;
  }

  /** Says what this client is, and hears what the server is. */
  Reply.Welcome hello(ClientConfig config) throws IOException, RefusedException {
    return ask(
        new Command.Hello(
            NegotiatedProtocol.VERSION,
            config.quiet() ? List.of(TEXT_REFUSED, QUIET) : List.of(TEXT_REFUSED),
            "chat-client",
            config.language()),
        Reply.Welcome.class);
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws RefusedException if the server says no
   */
  <R extends Reply> R ask(Command command, Class<R> kind, int maxFrame)
      throws IOException, RefusedException {
    // Requests count up from 1: these never meet them.
    int correlation = --last;
    byte[] frame = format.encode(correlation, command);
    if (frame.length > maxFrame) {
      throw new RefusedException(
          new Refusal(Problem.TOO_LARGE, "at most " + maxFrame + " bytes in a frame", 0));
    }
    connection.send(frame, false);
    while (true) {
      Connection.Arrival arrival = connection.read();
      switch (arrival.message()) {
        case Reply reply -> {
          if (arrival.correlation() == 0 || arrival.correlation() == correlation) {
            return answer(reply, kind);
          }
        }
        case Event.Leaving(String reason, long backAfter) ->
            throw new LeavingException(reason, backAfter);
        case Event.LoggedOut(String reason) ->
            throw new RefusedException(new Refusal(Problem.TOKEN_INVALID, reason, 0));
        case Event.Restarted restarted -> connection.send(frame, false);
        case Event.Presence _, Event.Typing _, Event.ReadMarkChanged _ -> {}
        case Event.Entry _,
            Event.Gap _,
            Event.RoomChanged _,
            Event.RoomInvited _,
            Event.RoleChanged _,
            Event.Announced _,
            Event.RoomGone _,
            Event.ContactChanged _ ->
            throw new IOException("the server told news to nobody");
      }
    }
  }

  private static <R extends Reply> R answer(Reply reply, Class<R> kind)
      throws IOException, RefusedException {
    if (reply instanceof Reply.Failed(Problem problem, String detail, long retryAfter)) {
      throw new RefusedException(new Refusal(problem, detail, retryAfter));
    }
    if (!kind.isInstance(reply)) {
      throw new IOException("the server gave an answer to something else");
    }
    return kind.cast(reply);
  }

  /** The same, with the most bytes that a frame has before anybody has logged in. */
  <R extends Reply> R ask(Command command, Class<R> kind) throws IOException, RefusedException {
    return ask(command, kind, Limits.FRAME_BEFORE_LOGIN);
  }
}
