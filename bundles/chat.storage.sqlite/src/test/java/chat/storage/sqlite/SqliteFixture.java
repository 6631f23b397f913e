// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.support.CheckedChatStore;
import chat.storage.support.KeyCodec;
import chat.storage.tck.fixture.Damage;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.sqlite.JDBC;

/**
 * A data folder. A crash is a copy of the files as they are at that moment, without the shared
 * memory file, so that the copy is recovered as after the end of a process.
 *
 * <p>The files are copied by another process: a file of the database that this process closes takes
 * all of SQLite's locks on it along (POSIX, F_SETLK). And a reader holds the log meanwhile, so that
 * a checkpoint can't begin it anew between two copies.
 */
final class SqliteFixture implements StoreFixture {
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  private final TestClock clock;
  private final List<ChatStore> opened = new ArrayList<>();
  private Path folder;

  SqliteFixture(Path temporary, TestClock clock) {
    this.clock = clock;
    this.folder = temporary.resolve("data" + FOLDERS.incrementAndGet());
  }

  Path folder() {
    return folder;
  }

  @Override
  public ChatStore open() throws StorageException {
    ChatStore store = new CheckedChatStore(SqliteChatStore.open(folder, clock));
    opened.add(store);
    return store;
  }

  @Override
  public void crash() throws IOException {
    Path after = folder.resolveSibling(folder.getFileName() + "+");
    copy(after);
    Files.deleteIfExists(after.resolve("chat.db-shm"));
    folder = after;
    opened.forEach(ChatStore::close);
    opened.clear();
  }

  private void copy(Path to) throws IOException {
    Path database = folder.resolve("chat.db");
    if (Files.notExists(database)) {
      run("cp", "-r", folder.toString(), to.toString());
      return;
    }
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
      run("cp", "-r", folder.toString(), to.toString());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException("failed: " + String.join(" ", command));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public AtRest atRest() throws IOException {
    List<String> files =
        files().values().stream()
            .map(file -> new String(file, StandardCharsets.ISO_8859_1))
            .toList();
    return new AtRest() {
      @Override
      public boolean holds(byte[] bytes) {
        String part = new String(bytes, StandardCharsets.ISO_8859_1);
        return files.stream().anyMatch(file -> file.contains(part));
      }

      // The index shortens what one word shares with the one before it.
      @Override
      public boolean holds(long token) {
        return holds(ByteBuffer.allocate(Long.BYTES).putLong(token).array())
            || holds("%016x".formatted(token).substring(4).getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      Path copy = folder.resolveSibling("look-" + UUID.randomUUID());
      run("cp", "-r", folder.toString(), copy.toString());
      try (Stream<Path> files = Files.walk(copy)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          found.put(copy.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      run("rm", "-r", copy.toString());
    }
    return found;
  }

  /** SQLite makes an empty log and its shared memory for a reader too; neither holds data. */
  @Override
  public Object snapshot() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    files()
        .forEach((name, bytes) -> {
          if (bytes.length > 0 && !name.endsWith("-shm")) {
            contents.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
          }
        });
    return contents;
  }

  @Override
  public Set<Class<? extends Damage>> damages() {
    return Set.of(
        Damage.BodyBit.class,
        Damage.TokenBit.class,
        Damage.EnvelopeBit.class,
        Damage.BodyLost.class,
        Damage.RowLost.class,
        Damage.CellBit.class,
        Damage.BlobCut.class,
        Damage.BlobLost.class);
  }

  @Override
  public void inflict(Damage damage) throws Exception {
    Blobs blobs = new Blobs(folder);
    switch (damage) {
      case Damage.BodyBit(long stream, long number) -> {
        byte[] body = select("body", stream, number);
        body[body.length / 2] ^= 8;
        sql("UPDATE entry SET body = ? WHERE stream = ? AND number = ?", body, stream, number);
      }
      case Damage.TokenBit(long stream, long number) -> {
        byte[] tokens = select("tokens", stream, number);
        tokens[tokens.length / 2] ^= 8;
        sql("UPDATE entry SET tokens = ? WHERE stream = ? AND number = ?", tokens, stream, number);
      }
      case Damage.EnvelopeBit(long stream, long number) ->
          sql(
              "UPDATE entry SET time = (time | 2) - (time & 2) WHERE stream = ? AND number = ?",
              stream,
              number);
      case Damage.BodyLost(long stream, long number) ->
          sql("UPDATE entry SET body = NULL WHERE stream = ? AND number = ?", stream, number);
      case Damage.RowLost(long stream, long number) ->
          sql("DELETE FROM entry WHERE stream = ? AND number = ?", stream, number);
      case Damage.CellBit(CellKey key) ->
          sql(
              "UPDATE cell SET value = zeroblob(length(value)) WHERE space = ? AND name = ?",
              KeyCodec.units(key.space()),
              KeyCodec.units(key.key()));
      case Damage.BlobCut(UUID blob) -> {
        try (RandomAccessFile file = new RandomAccessFile(blobs.committed(blob).toFile(), "rw")) {
          file.setLength(file.length() - 1);
        }
      }
      case Damage.BlobLost(UUID blob) -> Files.delete(blobs.committed(blob));
    }
  }

  private Link link() throws Exception {
    return new Link(
        JDBC.createConnection("jdbc:sqlite:" + folder.resolve("chat.db"), new Properties()));
  }

  private byte[] select(String column, long stream, long number) throws Exception {
    try (Link link = link()) {
      return link.first(
          "SELECT " + column + " FROM entry WHERE stream = ? AND number = ?",
          row -> row.getBytes(1),
          stream,
          number);
    }
  }

  private void sql(String sql, Object... arguments) throws Exception {
    try (Link link = link()) {
      if (link.update(sql, arguments) != 1) {
        throw new AssertionError("nothing was there to damage");
      }
    }
  }

  @Override
  public void close() {
    opened.forEach(ChatStore::close);
  }
}
