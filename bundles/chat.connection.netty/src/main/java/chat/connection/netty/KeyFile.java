// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the self-signed key, and beside it the fingerprint under which it was announced. Both
 * are durable before anybody sees the key, so that a key that clients know is never silently
 * another one.
 */
record KeyFile(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private Path record() {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".fingerprint");
  }

  private String announced() throws IOException {
    return Files.exists(record()) ? Files.readString(record()).strip() : "";
  }

  /** Makes a key if none is there and none was announced. */
  void prepare(String password) throws IOException {
    boolean missing = Files.notExists(file);
    if (!missing && Files.size(file) > 0) {
      return;
    }
    if (!announced().isEmpty()) {
      throw new IOException(
          "the TLS key "
              + file
              + (missing ? " is missing" : " is empty")
              + (missing ? anotherKey("'" + record() + "'") : orAnother()));
    }
    if (!missing) {
      LOG.warn("{} was empty and never announced: a new key is made", file);
    }
    make(password);
  }

  /** What can be done about a file that can't be used. */
  String orAnother() throws IOException {
    return anotherKey("'" + file + "' '" + record() + "'");
  }

  private String anotherKey(String files) throws IOException {
    String known = announced();
    return (known.isEmpty() ? "" : ", and clients know it by " + known)
        + ": put its backup back, or, for a new key, which every client will be asked to trust,"
        + " run: rm "
        + files;
  }

  /** The key is about to be shown: it must be the one of before, or the first. */
  void announce(String fingerprint) throws IOException {
    String before = announced();
    if (before.isEmpty()) {
      Path fresh = record().resolveSibling("." + record().getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, owner("rw-------"));
      Files.writeString(fresh, fingerprint + "\n");
      putDurably(fresh, record());
    } else if (!before.equals(fingerprint)) {
      throw new IOException(
          "the TLS key "
              + file
              + " is another one ("
              + fingerprint
              + ") than clients know ("
              + before
              + "): put that back, or, for every client to be asked to trust this one, run: rm '"
              + record()
              + "'");
    }
  }

  /** Refuses a key that others can read. */
  static void requirePrivate(Path key) throws IOException {
    if (POSIX && !OWNER.containsAll(Files.getPosixFilePermissions(key))) {
      throw new IOException(
          "the TLS key " + key + " can be read by others; run: chmod 600 '" + key + "'");
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void putDurably(Path fresh, Path file) throws IOException {
    try (FileChannel content = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      content.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.toAbsolutePath().getParent());
  }

  private static void sync(@Nullable Path folder) throws IOException {
    if (POSIX && folder != null) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  /** The JDK's own keytool makes it: no library is needed for what happens once. */
  private void make(String password) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent(), owner("rwx------"));
    sync(folder.getParent());
    Path fresh = folder.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    String host = InetAddress.getLoopbackAddress().getHostName();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                // The password is known; deriving keys from it would only cost every start.
                "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.macIterationCount=1",
                "-genkeypair",
                "-alias",
                "chatroom",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Chatroom server",
                "-ext",
                "san=dns:" + host + ",ip:127.0.0.1",
                "-validity",
                "7300",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                fresh.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = keytool.inputReader()) {
      String said = out.readAllAsString();
      if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool could not make the TLS key " + file + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the TLS key was made", e);
    }
    if (POSIX) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    }
    putDurably(fresh, file);
  }
}
