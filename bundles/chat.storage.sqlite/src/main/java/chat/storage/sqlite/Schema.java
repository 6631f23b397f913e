// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException.Unusable;
import java.sql.SQLException;
import java.util.List;

/** The tables, and by which steps an older file gets them. Steps only ever add. */
final class Schema {
  static final int APPLICATION_ID = 0x43486174;

  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE store (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                id BLOB NOT NULL, generation INTEGER NOT NULL,
                successor BLOB, successor_generation INTEGER, checksum INTEGER NOT NULL)
              """,
              """
              CREATE TABLE stream (
                stream INTEGER PRIMARY KEY, head INTEGER NOT NULL, time INTEGER NOT NULL,
                digest_high INTEGER NOT NULL, digest_low INTEGER NOT NULL,
                checksum INTEGER NOT NULL)
              """,
              """
              CREATE TABLE entry (
                row INTEGER PRIMARY KEY,
                stream INTEGER NOT NULL, number INTEGER NOT NULL, id BLOB NOT NULL,
                kind INTEGER NOT NULL, author INTEGER NOT NULL, time INTEGER NOT NULL,
                length INTEGER NOT NULL, hash INTEGER NOT NULL, checksum INTEGER NOT NULL,
                body_checksum INTEGER, body BLOB)
              """,
              "CREATE UNIQUE INDEX entry_number ON entry (stream, number)",
              // fault-point: store-entry-index
              "CREATE UNIQUE INDEX entry_id ON entry (author, id)",
              "CREATE INDEX entry_kind ON entry (stream, kind, number)",
              """
              CREATE TABLE cell (
                space BLOB NOT NULL, name BLOB NOT NULL, version INTEGER NOT NULL,
                checksum INTEGER NOT NULL, value BLOB NOT NULL,
                PRIMARY KEY (space, name)) WITHOUT ROWID
              """,
              """
              CREATE TABLE blob (
                id BLOB PRIMARY KEY, length INTEGER NOT NULL, checksum INTEGER NOT NULL)
                WITHOUT ROWID
              """),
          List.of(
              "ALTER TABLE entry ADD COLUMN about INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE entry ADD COLUMN tokens BLOB",
              "CREATE INDEX entry_about ON entry (stream, about, number) WHERE about > 0",
              """
              CREATE VIRTUAL TABLE word USING fts5(
                words, content = '', detail = none, tokenize = 'ascii')
              """,
              "INSERT INTO word (word, rank) VALUES ('secure-delete', 1)",
              "CREATE TABLE dropped (id BLOB PRIMARY KEY) WITHOUT ROWID"));

  /** The version of a file that has taken all steps. */
  static final int VERSION = STEPS.size();

  private Schema() {}

  /**
   * The version of a file that this program can use; 0 if nothing is in it yet.
   *
   * @throws Unusable if the file is of a newer program or of no program of this kind
   */
  static int version(Link link, Database database) throws SQLException, Unusable {
    long application = link.number("PRAGMA application_id");
    long version = link.number("PRAGMA user_version");
    if (application == 0
        && version == 0
        && link.number("SELECT count(*) FROM sqlite_schema") == 0) {
      return 0;
    }
    if (application != APPLICATION_ID) {
      throw new Unusable(
          database.file()
              + " is a SQLite file, but not of this program; choose another data folder");
    }
    if (version < 1 || version > VERSION) {
      throw new Unusable(
          database.file()
              + (" has data version " + version + ", this program knows 1 to " + VERSION)
              + "; start the newer program that wrote it, or restore a backup of this"
              + " one: chatroom restore FILE");
    }
    return (int) version;
  }

  /** Brings a file up to date, within the caller's transaction. */
  static void upgrade(Link link, int version) throws SQLException {
    for (List<String> step : STEPS.subList(version, VERSION)) {
      for (String statement : step) {
        link.execute(statement);
      }
    }
    if (version < VERSION) {
      link.execute("PRAGMA application_id = " + APPLICATION_ID);
      link.execute("PRAGMA user_version = " + VERSION);
    }
    // Not a step: an earlier build gets along with it, and may have to take over again.
    new Words(link).prepare();
  }
}
