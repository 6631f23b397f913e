// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Where the data is and how a connection to it is made. */
record Database(Path folder) {
  static final int BUSY_MILLIS = 5_000;

  /** Checkpoints are left to {@link Checkpoints}, so that no commit ever waits for one. */
  private static final List<String> WRITER =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA fullfsync = ON",
          "PRAGMA checkpoint_fullfsync = ON",
          "PRAGMA secure_delete = ON",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA cell_size_check = ON");

  Path file() {
    return folder.resolve("chat.db");
  }

  Path wal() {
    return folder.resolve("chat.db-wal");
  }

  /** Whether there is a file with something in it. */
  boolean exists() {
    return size(file()) > 0;
  }

  long walSize() {
    return size(wal());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  Link reader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(config, List.of("PRAGMA cell_size_check = ON"));
  }

  /** Creates the file if it is not there. */
  Link writer() throws SQLException {
    return open(new SQLiteConfig(), WRITER);
  }

  private Link open(SQLiteConfig config, List<String> pragmas) throws SQLException {
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    Link link = new Link(JDBC.createConnection("jdbc:sqlite:" + file(), config.toProperties()));
    try {
      for (String pragma : pragmas) {
        link.execute(pragma);
      }
      return link;
    } catch (SQLException e) {
      link.close();
      throw e;
    }
  }
}
