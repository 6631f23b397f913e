// SPDX-License-Identifier: Apache-2.0
package chat.client.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps what a client writes from other users of the machine. File systems without POSIX
 * permissions are left as they are.
 */
public final class PrivateFiles {
  private static final FileAttribute<?>[] NONE = {};

  private PrivateFiles() {}

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NONE;
  }

  /** The attributes of a file that is about to be made. */
  public static FileAttribute<?>[] ofFile(Path file) {
    return attributes(file, "rw-------");
  }

  /** Makes a folder, and those above it, if they are missing. */
  public static Path createFolder(Path folder) throws IOException {
    return Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /**
   * Takes the permissions of others from a folder and what is in it, whoever made it.
   *
   * @param depth how far down; 0 for the folder alone
   * @return what was open to others
   */
  public static List<Path> close(Path folder, int depth) throws IOException {
    List<Path> corrected = new ArrayList<>();
    if (isPosix(folder)) {
      try (Stream<Path> files = Files.walk(folder, depth)) {
        for (Path each : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
          Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(each);
          if (permissions.removeIf(one -> !one.name().startsWith("OWNER_"))) {
            Files.setPosixFilePermissions(each, permissions);
            corrected.add(each);
          }
        }
      }
    }
    return corrected;
  }
}
