// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the data is and how connections to it are made.
 *
 * @param url of the driver, without a password
 * @param password null if the server asks for none
 * @param schema the name of the schema, unquoted
 * @param readers how many reads run at a time
 * @param process who we are among all that use the database, the same for the whole process
 */
record Database(
    String url,
    String user,
    @Nullable String password,
    String schema,
    int readers,
    String process) {

  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern SECRET = Pattern.compile("(?i)[?&](password|sslpassword)=");
  private static final int CONNECT_SECONDS = 5;

  /** A peer that is gone must not hold a call for ever; no call takes nearly as long. */
  private static final int SILENCE_SECONDS = 60;

  private static final int PATIENCE_SECONDS = 3_600;

  /**
   * Every look-up has its index, and a plan made while a table was small must not outlive that;
   * compiling such plans takes longer than running them. Whoever dies while holding a lock, or
   * whose host does, lets go within a minute.
   */
  private static final String SESSION =
      "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off"
          + " -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s"
          + " -c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

  Database {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("'url' must begin with jdbc:postgresql:");
    }
    if (SECRET.matcher(url).find()) {
      throw new IllegalArgumentException("'url' holds a password; name a passwordFile instead");
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("'user' is missing; it is the role to log in as");
    }
    if (!SCHEMA.matcher(schema).matches() || schema.startsWith("pg_")) {
      throw new IllegalArgumentException(
          "'schema' must be small letters, digits and _, not begin with pg_: " + schema);
    }
    if (readers < 1 || readers > 64) {
      throw new IllegalArgumentException("'connections' must be within 1 and 64: " + readers);
    }
  }

  /** The name of this process: the same for every build of this bundle that runs in it. */
  static String thisProcess() {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    return runtime.getName() + " " + runtime.getStartTime();
  }

  /** The connection that writes: what it commits is on disk. */
  Link writer() throws SQLException {
    PGSimpleDataSource source = source(SESSION + " -c synchronous_commit=on");
    source.setApplicationName("chatroom " + process);
    var connection = source.getConnection();
    connection.setAutoCommit(false);
    return new Link(connection);
  }

  /** A connection for a first look. */
  Link look() throws SQLException {
    return new Link(source(SESSION).getConnection());
  }

  /** A connection for what takes its time. */
  Link patient() throws SQLException {
    PGSimpleDataSource source = source(SESSION);
    source.setSocketTimeout(PATIENCE_SECONDS);
    return new Link(source.getConnection());
  }

  /** Connections for reads, and for staging, whose bytes need not be durable at once. */
  HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("chat-storage");
    config.setDataSource(source(SESSION + " -c synchronous_commit=off"));
    // One more than there are readers: the operator's look at the state must not wait for them.
    config.setMaximumPoolSize(readers + 1);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private PGSimpleDataSource source(String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword(password);
    source.setCurrentSchema(schema);
    source.setOptions(options);
    source.setApplicationName("chatroom");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENCE_SECONDS);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // The details of an error quote rows.
    source.setLogServerErrorDetail(false);
    return source;
  }

  /** Host, port and database, for messages. */
  String server() {
    String place = url.substring("jdbc:postgresql:".length()).replaceFirst("\\?.*", "");
    return "PostgreSQL at " + place.replaceFirst("^//", "");
  }

  /** For messages; the password is not in it. */
  @Override
  public String toString() {
    return "schema " + schema + " of " + server();
  }
}
