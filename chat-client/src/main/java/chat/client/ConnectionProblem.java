// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection, as far as the operating system tells; its own words differ between
 * systems and languages. {@link Link.Lost} gives the {@link #words}, which windows translate.
 */
public enum ConnectionProblem {
  /** Nothing listens at this address. */
  REFUSED("connection refused"),
  /** The name of the server leads nowhere. */
  UNKNOWN_HOST("the server's name is unknown"),
  /** Nobody answered in time. */
  TIMED_OUT("no answer in time"),
  /** This machine has no way to the server. */
  UNREACHABLE("the network is unreachable"),
  /** The connection ended at the other side, or on its way. */
  CLOSED("the server closed the connection"),
  /** What answers does not speak TLS as this client does. */
  NOT_SECURE("no secure connection could be made");

  private final String words;

  ConnectionProblem(String words) {
    this.words = words;
  }

  /** What is said of it in English. */
  public String words() {
    return words;
  }

  /** What is said in English of an exception: the words of its kind, or else its own. */
  public static String words(IOException why) {
    return of(why)
        .map(ConnectionProblem::words)
        .orElseGet(
            () -> Objects.requireNonNullElseGet(why.getMessage(), why.getClass()::getSimpleName));
  }

  /** What an exception of the network tells; empty if it is none of these. */
  public static Optional<ConnectionProblem> of(IOException why) {
    String message = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (why) {
          case UnknownHostException _ -> UNKNOWN_HOST;
          case SocketTimeoutException _ -> TIMED_OUT;
          case NoRouteToHostException _ -> UNREACHABLE;
          case ConnectException _ when message.contains("timed out") -> TIMED_OUT;
          case SocketException _ when message.contains("unreachable") -> UNREACHABLE;
          case ConnectException _ -> REFUSED;
          case SocketException _, EOFException _ -> CLOSED;
          case SSLException _ -> NOT_SECURE;
          default -> null;
        });
  }

  /** The one that says this; empty if it was said by somebody else. */
  public static Optional<ConnectionProblem> said(String reason) {
    return Arrays.stream(values()).filter(each -> each.words.equals(reason)).findFirst();
  }
}
