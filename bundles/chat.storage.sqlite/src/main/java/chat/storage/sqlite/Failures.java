// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unavailable;
import chat.storage.StorageException.Uncertain;
import chat.storage.StorageException.Unusable;
import java.nio.file.Path;
import java.sql.SQLException;

/** What an error of SQLite means for whoever called, and what the operator can do about it. */
final class Failures {
  private static final int ERROR = 1;
  private static final int BUSY = 5;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int TOO_BIG = 18;
  private static final int FORMAT = 24;
  private static final int NOT_A_DATABASE = 26;

  /** What to do about damage. */
  static final String RESTORE = "; restore a backup: chatroom restore FILE";

  private Failures() {}

  /** Our statements are fixed, so that one which makes no sense means a damaged schema. */
  static boolean isDamage(SQLException e) {
    return switch (e.getErrorCode()) {
      case ERROR, CORRUPT, TOO_BIG, FORMAT, NOT_A_DATABASE -> true;
      default -> false;
    };
  }

  static StorageException of(SQLException e, Database database) {
    Path file = database.file();
    if (isDamage(e)) {
      return new Damaged(file + " is damaged" + RESTORE + "; " + e.getMessage(), e);
    }
    return switch (e.getErrorCode()) {
      case FULL ->
          new Unavailable(
              "no space left for " + file + "; free some, nothing acknowledged is lost", e);
      case BUSY -> new Unavailable(file + " is used by another program; end that one", e);
      default -> new Unavailable(file + " can't be used; look at its disk: " + e.getMessage(), e);
    };
  }

  /** A COMMIT that failed otherwise than for want of space or of the lock may be on disk or not. */
  static StorageException ofCommit(SQLException e, Database database) {
    return switch (e.getErrorCode()) {
      case FULL, BUSY -> of(e, database);
      default ->
          new Uncertain(
              "whether a batch is in " + database.file() + " is not known: " + e.getMessage(), e);
    };
  }

  static StorageException onOpening(SQLException e, Database database) {
    return isDamage(e)
        ? new Unusable(
            database.file() + " is damaged or no SQLite file" + RESTORE + "; " + e.getMessage(), e)
        : of(e, database);
  }
}
