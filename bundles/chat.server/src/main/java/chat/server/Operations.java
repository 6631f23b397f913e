// SPDX-License-Identifier: Apache-2.0
package chat.server;

/**
 * What an operator can ask the server, in the console as {@code chatroom:users} and through the
 * administrator's socket. Each answers with text in lines of {@code key value}; what can't be done
 * is an exception whose message says why.
 */
public interface Operations {
  /** How the server is doing. */
  String serverStatus(String... arguments);

  /** Who is online. */
  String users(String... arguments);

  /** {@code ready}, or {@code waiting: ...} or {@code failed: ...} and for what. */
  String health(String... arguments);

  /**
   * {@code invite [--uses N] [--days D] [--host HOST]}: a link by which this many accounts can be
   * made; once and for a week unless it is said otherwise.
   */
  String invite(String... arguments) throws Exception;

  /** The invitations that are good for something, a line each: id, uses left, end. */
  String invitations(String... arguments) throws Exception;

  /** {@code uninvite ID}: takes an invitation back. */
  String uninvite(String... arguments) throws Exception;

  /**
   * {@code take person|friends|texts|file|read ...}: takes in what people had and said elsewhere; a
   * line for each thing, {@code new}, {@code there} or {@code refused} and why.
   */
  String take(String... arguments) throws Exception;

  /** The stores, a line each: name, engine, what it is, generation. */
  String stores(String... arguments) throws Exception;

  /** {@code migrate [--dry-run] FROM TO}: begins to copy a store into another. */
  String migrate(String... arguments) throws Exception;

  /** {@code backup FILE}: begins to write everything into a file. */
  String backup(String... arguments);

  /** {@code restoreInto FILE STORE}: begins to put a backup in the place of all there is. */
  String restoreInto(String... arguments) throws Exception;

  /**
   * How the copy is doing that runs or was the last: {@code running: ...}, {@code done: ...}, ...
   */
  String copying(String... arguments);

  /** Ends the copy that runs. */
  String cancel(String... arguments);

  /** {@code takeOver FROM TO}: stores of a bundle take over from those of another. */
  String takeOver(String... arguments) throws Exception;
}
