// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unavailable;
import chat.storage.StorageException.Uncertain;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What an error of PostgreSQL means for whoever called, and what the operator can do about it. */
final class Failures {
  private static final String NO_SUCH_TABLE = "42P01";
  private static final String NO_SUCH_COLUMN = "42703";

  private Failures() {}

  static boolean isMissingTable(SQLException e) {
    return NO_SUCH_TABLE.equals(state(e));
  }

  static boolean isMissingColumn(SQLException e) {
    return NO_SUCH_COLUMN.equals(state(e));
  }

  /** The connection is no use any more; one that the pool could not make is another matter. */
  static boolean isConnectionLost(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return !(e instanceof SQLTransientConnectionException)
        && (state.startsWith("08") || state.startsWith("57P0"));
  }

  /** A page, a row or an index that PostgreSQL itself finds damaged. */
  static boolean isDamage(SQLException e) {
    String state = state(e);
    return state.equals("XX001") || state.equals("XX002");
  }

  static StorageException of(SQLException e, Database database) {
    String said = said(e);
    return switch (state(e)) {
      case "28P01", "28000" ->
          new Unavailable(
              "%s does not let in user '%s'; look at user and passwordFile, and at pg_hba.conf: %s"
                  .formatted(database.server(), database.user(), said),
              e);
      case "3D000" ->
          new Unavailable(
              "%s has no such database; create it with createdb: %s"
                  .formatted(database.server(), said),
              e);
      case "42501" ->
          new Unavailable(
              "user '%s' may not do that; make it the owner of %s: %s"
                  .formatted(database.user(), database, said),
              e);
      case "25006" ->
          new Unavailable(
              "%s is read-only, maybe a standby; connect to the primary: %s"
                  .formatted(database, said),
              e);
      case "53100" ->
          new Unavailable(
              "no space left for %s; free some, nothing acknowledged is lost".formatted(database),
              e);
      case "53300" ->
          new Unavailable(
              "%s has no connection left; raise max_connections: %s"
                  .formatted(database.server(), said),
              e);
      case "55P03" ->
          new Unavailable("%s is locked by another session: %s".formatted(database, said), e);
      // Our statements are fixed, so that these mean that the data is not what we wrote.
      case "XX001", "XX002", "23505", "23502", "23514", NO_SUCH_TABLE, NO_SUCH_COLUMN ->
          new Damaged("%s is damaged; restore a backup: %s".formatted(database, said), e);
      default -> new Unavailable("%s can't be used now: %s".formatted(database, said), e);
    };
  }

  /** Whatever went wrong with a COMMIT: only the data knows. */
  static Uncertain ofCommit(SQLException e, Database database) {
    return new Uncertain(
        "whether a batch is in %s is not known: %s".formatted(database, said(e)), e);
  }

  /** The pool wraps what the driver said. */
  private static SQLException root(SQLException e) {
    return e.getCause() instanceof SQLException cause ? root(cause) : e;
  }

  private static String state(SQLException e) {
    String state = root(e).getSQLState();
    return state == null ? "" : state;
  }

  private static String said(SQLException e) {
    return String.valueOf(root(e).getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
