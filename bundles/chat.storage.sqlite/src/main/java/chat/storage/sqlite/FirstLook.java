// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a data folder holds something that this program can work with; reads only. */
record FirstLook(Database database) {
  private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

  /** Larger files are not walked through whole: a start must not take minutes. */
  private static final long CHECK_WHOLE = 64L << 20;

  void check() throws StorageException {
    if (Files.exists(database.folder()) && !Files.isDirectory(database.folder())) {
      throw new Unusable(database.folder() + " is no folder; choose another data folder");
    }
    if (database.folder().toString().contains("?")) {
      throw new Unusable(database.folder() + " has a '?' in its name; choose another data folder");
    }
    // fault-point: store-data-version
    if (!database.exists()) {
      return;
    }
    try {
      look();
    } catch (Unusable e) {
      // A disk may read wrong once; before that is called damage it reads again.
      LOG.warn("Looking again, as {}", e.getMessage());
      look();
    }
  }

  private void look() throws StorageException {
    try (Link link = database.reader()) {
      if (Schema.version(link, database) == 0) {
        return;
      }
      if (Files.size(database.file()) <= CHECK_WHOLE) {
        quickCheck(link);
      }
      if (new Identity(link).state() == null) {
        throw new Unusable(database.file() + " does not say which store it is" + Failures.RESTORE);
      }
    } catch (Damaged e) {
      throw new Unusable(
          String.valueOf(e.getMessage()).contains(database.file().toString())
              ? String.valueOf(e.getMessage())
              : database.file() + ": " + e.getMessage(),
          e);
    } catch (SQLException e) {
      throw Failures.onOpening(e, database);
    } catch (IOException e) {
      throw new StorageException.Unavailable("can't read " + database.file(), e);
    }
  }

  private void quickCheck(Link link) throws SQLException, Unusable {
    String answer = link.first("PRAGMA quick_check(1)", row -> row.getString(1));
    if (!"ok".equals(answer)) {
      throw new Unusable(database.file() + " is damaged (" + answer + ")" + Failures.RESTORE);
    }
  }
}
