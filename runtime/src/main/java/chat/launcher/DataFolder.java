// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one server keeps everything; locked while it runs.
 *
 * <pre>
 *   active        which store is the truth
 *   conf/         configuration
 *   log/          log and audit log
 *   master.key    opens what is sealed in the store; back it up apart from the data
 *   run/          admin.sock, first-admin.txt, server.info
 *   store/        the embedded store
 *   tls/          key and certificate
 *   tmp/ cache/   emptied at each start
 * </pre>
 */
final class DataFolder implements AutoCloseable {
  private static final int KEY = 32;

  /** Unix domain socket addresses end at 108 bytes. */
  private static final int LONGEST_SOCKET = 107;

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  static DataFolder open(Path path) throws StartException {
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (path.resolve("run/admin.sock").toString().getBytes(StandardCharsets.UTF_8).length
          > LONGEST_SOCKET) {
        throw new StartException(
            "the path of the data folder "
                + path
                + " is too long for a socket in it; use a shorter one");
      }
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StartException(
            "another server runs on the data folder " + path + "; stop it, or use --data DIR");
      }
      DataFolder folder = new DataFolder(path, channel, lock);
      folder.empty("tmp");
      folder.empty("cache");
      Files.createDirectories(path.resolve("run"));
      Files.createDirectories(path.resolve("log"));
      Files.deleteIfExists(path.resolve("run/server.info"));
      return folder;
    } catch (IOException e) {
      throw new StartException("the data folder " + path + " can't be used: " + reason(e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void empty(String name) throws IOException {
    Path folder = path.resolve(name);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(folder);
  }

  /** The key that opens what is sealed; made if this folder is new. */
  SecretKey masterKey() throws StartException {
    Path file = path.resolve("master.key");
    try {
      if (Files.notExists(file)) {
        if (Files.exists(path.resolve("active"))) {
          throw new StartException(
              "the key file "
                  + file
                  + " is missing, and without it nothing in the store can be"
                  + " read: put it back from its backup");
        }
        makeKey(file);
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != KEY) {
        throw new IllegalArgumentException("it holds " + key.length + " bytes");
      }
      return new SecretKeySpec(key, "AES");
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "the key file "
              + file
              + " is damaged ("
              + e.getMessage()
              + "): it holds 64 hexadecimal digits; put it back from its backup",
          e);
    } catch (IOException e) {
      throw new StartException("the key file " + file + " can't be read: " + reason(e), e);
    }
  }

  private static void makeKey(Path file) throws IOException {
    byte[] key = new byte[KEY];
    new SecureRandom().nextBytes(key);
    Path fresh = file.resolveSibling("master.key.new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, HexFormat.of().formatHex(key) + "\n");
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, file);
  }

  /** Where the framework's own words go, stack traces included. */
  PrintStream frameworkLog() throws StartException {
    Path file = path.resolve("log/framework.log");
    try {
      return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartException("the log " + file + " can't be written: " + reason(e), e);
    }
  }

  /** Puts the default configuration where none is. */
  static void configure(Path config, Path defaults) throws StartException {
    try {
      Files.createDirectories(config);
      try (Stream<Path> files = Files.list(defaults)) {
        for (Path each : files.toList()) {
          Path target = config.resolve(each.getFileName().toString());
          if (Files.notExists(target)) {
            Files.copy(each, target);
          }
        }
      }
    } catch (IOException e) {
      throw new StartException("the configuration " + config + " can't be made: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied; check its owner"
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      System.err.println("chatroom: the lock of " + path + " was not released: " + e.getMessage());
    }
  }
}
