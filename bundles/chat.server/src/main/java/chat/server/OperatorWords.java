package chat.server;

/**
 * What an operator can ask the server, in the console as {@code chatroom:users} and through the
 * administrator's socket. Each answers with text in lines of {@code key value}.
 */
public interface OperatorWords {
  /** How the server is doing. */
  String serverStatus(String... arguments);

  /** Who is online. */
  String users(String... arguments);

  /** {@code ready}, or {@code waiting: ...} or {@code failed: ...} and for what. */
  String health(String... arguments);
}
