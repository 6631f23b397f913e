// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what belongs to the server from other users of the machine, and makes small files durable.
 * File systems without POSIX permissions are left as they are: there the user's profile folder is
 * private by inheritance.
 */
final class PrivateFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int OWNER_ONLY = 077;

  private PrivateFiles() {}

  /**
   * Whatever this process creates from now on, libraries included, is for its owner only. The
   * linker costs a tenth of a second, so it is asked only if nobody set the umask before.
   */
  @SuppressWarnings("restricted") // The server starts with --enable-native-access.
  static void restrictUmask() {
    if (!POSIX || currentUmask().equals("0077")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("umask")
        .ifPresent(umask -> {
          var handle =
              linker.downcallHandle(
                  umask, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
          try {
            int unused = (int) handle.invokeExact(OWNER_ONLY);
          } catch (Throwable e) {
            throw new IllegalStateException("umask takes a number and can't fail", e);
          }
        });
  }

  /** As Linux tells it; empty elsewhere. */
  private static String currentUmask() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Umask:"))
          .map(line -> line.substring("Umask:".length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  static Path createFolder(Path folder) throws IOException {
    return Files.createDirectories(folder, attribute(FOLDER));
  }

  private static FileAttribute<?>[] attribute(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * Takes the permissions of others from a folder and all that is in it. Keys are left alone: who
   * could read one may have done so, which the operator has to know.
   *
   * @return a sentence for each of them that was corrected, or that can't be
   */
  static List<String> correct(Path root, Set<Path> keys) throws IOException {
    List<String> notes = new ArrayList<>();
    if (!POSIX) {
      return notes;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            correctOne(folder, FOLDER, notes);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean mine = !attributes.isSymbolicLink() && !keys.contains(file);
            if (mine) {
              correctOne(file, FILE, notes);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return notes;
  }

  private static void correctOne(Path path, Set<PosixFilePermission> right, List<String> notes)
      throws IOException {
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (right.containsAll(now)) {
      return;
    }
    String before = PosixFilePermissions.toString(now);
    try {
      now.retainAll(right);
      Files.setPosixFilePermissions(path, now);
      notes.add(path + " was open to others (" + before + ") and is no longer");
    } catch (FileSystemException e) {
      notes.add(path + " is open to others (" + before + ") and is not ours to change");
    }
  }

  /**
   * Refuses a secret that others can read.
   *
   * @param what the file is, as in "the master key"
   */
  static void requirePrivate(Path file, String what) throws IOException, StartException {
    if (POSIX && !FILE.containsAll(readable(file))) {
      throw new StartException(
          what + " " + file + " can be read by others; run: chmod 600 '" + file + "'");
    }
  }

  private static Set<PosixFilePermission> readable(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.remove(PosixFilePermission.OWNER_EXECUTE);
    return permissions;
  }

  /** Written beside, synced and renamed; on return the file is on disk as a whole. */
  static void write(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, attribute(FILE));
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file.toAbsolutePath().getParent());
  }

  /** Makes it durable that something was made, renamed or removed in a folder. */
  static void syncFolder(@Nullable Path folder) throws IOException {
    if (POSIX && folder != null) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }
}
