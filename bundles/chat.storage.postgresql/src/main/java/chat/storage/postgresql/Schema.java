// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.StorageException.Unusable;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, and by which steps older data gets them. Steps only ever add. The column {@code
 * store.version} is the one thing that no version changes.
 */
final class Schema {
  /**
   * Bodies and chunks are sealed or packed already, and tokens are as good as random: compressing
   * them would only cost time.
   */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE store (
                one integer PRIMARY KEY CHECK (one = 1),
                version integer NOT NULL,
                id uuid NOT NULL, generation bigint NOT NULL,
                successor uuid, successor_generation bigint, source uuid,
                checksum integer NOT NULL)
              """,
              """
              CREATE TABLE stream (
                stream bigint PRIMARY KEY, head bigint NOT NULL, time bigint NOT NULL,
                digest_high bigint NOT NULL, digest_low bigint NOT NULL,
                checksum integer NOT NULL)
              """,
              """
              CREATE TABLE entry (
                stream bigint NOT NULL, number bigint NOT NULL, id uuid NOT NULL,
                kind integer NOT NULL, author bigint NOT NULL, time bigint NOT NULL,
                length integer NOT NULL, hash bigint NOT NULL, checksum integer NOT NULL,
                body_checksum integer, body bytea,
                PRIMARY KEY (stream, number))
              """,
              "ALTER TABLE entry ALTER COLUMN body SET STORAGE EXTERNAL",
              "CREATE UNIQUE INDEX entry_id ON entry (author, id)",
              "CREATE INDEX entry_kind ON entry (stream, kind, number)",
              """
              CREATE TABLE cell (
                space bytea NOT NULL, name bytea NOT NULL, version bigint NOT NULL,
                checksum integer NOT NULL, value bytea NOT NULL,
                PRIMARY KEY (space, name))
              """,
              """
              CREATE TABLE blob (
                id uuid PRIMARY KEY, length bigint NOT NULL, committed boolean NOT NULL,
                touched bigint NOT NULL, checksum integer NOT NULL)
              """,
              """
              CREATE TABLE chunk (
                blob uuid NOT NULL, number bigint NOT NULL, checksum integer NOT NULL,
                bytes bytea NOT NULL,
                PRIMARY KEY (blob, number))
              """,
              "ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL"),
          List.of(
              """
              ALTER TABLE entry ADD COLUMN about bigint NOT NULL DEFAULT 0,
                ADD COLUMN tokens bigint[]
              """,
              "ALTER TABLE entry ALTER COLUMN tokens SET STORAGE EXTERNAL",
              "CREATE INDEX entry_about ON entry (stream, about, number) WHERE about > 0",
              "CREATE INDEX entry_tokens ON entry USING gin (tokens) WITH (fastupdate = off)"));

  /** The version of data that has taken all steps. */
  static final int VERSION = STEPS.size();

  private Schema() {}

  /**
   * The version of data that this program can use; 0 if there is none yet.
   *
   * @throws Unusable if the data is of a newer program or of no program of this kind
   */
  static int version(Link link, Database database) throws SQLException, Unusable {
    Long tables =
        link.first(
            "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v')"
                + " AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)",
            row -> row.getLong(1),
            database.schema());
    if (tables == null || tables == 0) {
      return 0;
    }
    Integer version;
    try {
      version = link.first("SELECT version FROM store", row -> row.getInt(1));
    } catch (SQLException e) {
      if (!Failures.isMissingTable(e) && !Failures.isMissingColumn(e)) {
        throw e;
      }
      throw new Unusable(
          database + " has tables, but not of this program; choose another 'schema'", e);
    }
    if (version == null) {
      throw new Unusable(database + " does not say which store it is; restore a backup");
    }
    if (version < 1 || version > VERSION) {
      throw new Unusable(
          (database + " has data version " + version + ", this program knows 1 to " + VERSION)
              + "; start the newer program that wrote it, or restore a backup of this one");
    }
    return version;
  }

  /** Brings the data up to date, within the caller's transaction. */
  static void upgrade(Link link, Database database) throws SQLException, Unusable {
    int version = version(link, database);
    if (version == 0
        && link.first("SELECT 1 FROM pg_namespace WHERE nspname = ?", r -> 1, database.schema())
            == null) {
      link.execute("CREATE SCHEMA " + database.schema());
    }
    for (List<String> step : STEPS.subList(version, VERSION)) {
      for (String statement : step) {
        link.execute(statement);
      }
    }
    if (version > 0 && version < VERSION) {
      link.update("UPDATE store SET version = ?", VERSION);
    }
  }
}
