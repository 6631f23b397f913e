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
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
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
 *   extensions/   bundles that the operator has added
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
      PrivateFiles.createFolder(path);
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
      PrivateFiles.createFolder(path.resolve("run"));
      PrivateFiles.createFolder(path.resolve("log"));
      Files.deleteIfExists(path.resolve("run/server.info"));
      PrivateFiles.syncFolder(path);
      PrivateFiles.syncFolder(path.getParent());
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
    PrivateFiles.createFolder(folder);
  }

  /** Corrects what other users of the machine may do here, and tells what was wrong. */
  List<String> closeToOthers() throws StartException {
    try {
      return PrivateFiles.correct(path, keys());
    } catch (IOException e) {
      throw new StartException(
          "the permissions in " + path + " can't be looked at: " + reason(e), e);
    }
  }

  /** Secrets that are refused, not mended, if others could read them. */
  private Set<Path> keys() throws IOException {
    Set<Path> keys = new HashSet<>(Set.of(path.resolve("master.key")));
    Path tls = path.resolve("tls");
    if (Files.isDirectory(tls)) {
      try (Stream<Path> files = Files.list(tls)) {
        files.forEach(keys::add);
      }
    }
    return keys;
  }

  /** The key that opens what is sealed; made if this folder is new. */
  SecretKey masterKey() throws StartException {
    Path file = path.resolve("master.key");
    try {
      if (Files.notExists(file)) {
        if (Files.exists(path.resolve("active")) || isFilled(path.resolve("store/chat.db"))) {
          throw new StartException(
              "the key file "
                  + file
                  + " is missing, and without it nothing in the store can be"
                  + " read: put it back from its backup");
        }
        byte[] fresh = new byte[KEY];
        new SecureRandom().nextBytes(fresh);
        PrivateFiles.write(
            file, (HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      PrivateFiles.requirePrivate(file, "the master key");
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

  private static boolean isFilled(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
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

  /**
   * Puts the default configuration where none is. A power cut soon after the first start may leave
   * files without content of programs that did not sync them: those count as missing.
   */
  static void configure(Path config, Path defaults) throws StartException {
    try {
      PrivateFiles.createFolder(config);
      try (Stream<Path> files = Files.list(defaults)) {
        for (Path each : files.toList()) {
          Path target = config.resolve(each.getFileName().toString());
          if (Files.notExists(target) || isBlank(target)) {
            PrivateFiles.write(target, Files.readAllBytes(each));
          }
        }
      }
      PrivateFiles.syncFolder(config.getParent());
    } catch (IOException e) {
      throw new StartException("the configuration " + config + " can't be made: " + reason(e), e);
    }
  }

  /** Whether nothing was ever written into a file, or only its length reached the disk. */
  private static boolean isBlank(Path file) throws IOException {
    for (byte each : Files.readAllBytes(file)) {
      if (each != 0) {
        return false;
      }
    }
    return true;
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
