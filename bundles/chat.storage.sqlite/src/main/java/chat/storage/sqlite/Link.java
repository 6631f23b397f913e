// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with the statements that were prepared on it. The driver stays in autocommit;
 * transactions are sent as SQL, because after an I/O error it can't leave one of its own. Used by
 * one thread at a time.
 */
final class Link implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Link(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of an answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs something that has no answer worth reading. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int update(String sql, @Nullable Object... arguments) throws SQLException {
    return with(sql, arguments, PreparedStatement::executeUpdate);
  }

  /** The first row of the answer, or null if it has none. */
  <T> @Nullable T first(String sql, Reader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    Optional<T> first =
        with(
            sql,
            arguments,
            statement -> {
              try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.<T>empty();
              }
            });
    return first.orElse(null);
  }

  void each(String sql, Reader<?> reader, @Nullable Object... arguments) throws SQLException {
    with(
        sql,
        arguments,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              reader.read(rows);
            }
          }
          return true;
        });
  }

  /** One number that is always there. */
  long number(String sql) throws SQLException {
    Long number = first(sql, row -> row.getLong(1));
    return number == null ? 0 : number;
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  /** The driver closes a statement that fails, so that it has to be prepared anew. */
  private <T> T with(String sql, @Nullable Object[] arguments, Use<T> use) throws SQLException {
    PreparedStatement statement = statements.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    boolean usable = false;
    try {
      for (int i = 0; i < arguments.length; i++) {
        bind(statement, i + 1, arguments[i]);
      }
      T answer = use.of(statement);
      statements.put(sql, statement);
      usable = true;
      return answer;
    } finally {
      if (!usable) {
        statement.close();
      }
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object argument)
      throws SQLException {
    switch (argument) {
      case null -> statement.setNull(index, Types.NULL);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, text);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case UUID id -> statement.setBytes(index, Codec.bytes(id));
      default -> throw new IllegalArgumentException("no column holds a " + argument.getClass());
    }
  }

  /** Rolls back whatever is open; after an error there may be nothing to roll back. */
  void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("rollback after a failure", e);
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      LOG.warn("closing a database connection failed: {}", e.getMessage());
    }
  }
}
