// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Small files that are on disk as a whole, or as they were before. */
public final class DurableFile {
  private DurableFile() {}

  /** Written beside, synced and renamed; on return it is durable. */
  public static void write(Path path, String text) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().getParent());
    write(folder.resolve(path.getFileName() + ".new"), path, text);
  }

  /** The same, in a file that nobody but its owner may read. */
  static void writePrivately(Path path, String text) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().getParent());
    Path fresh = folder.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    write(fresh, path, text);
  }

  private static void write(Path fresh, Path path, String text) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolderOf(path);
  }

  /** Makes it durable that a file was made, renamed or removed. */
  public static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is in no folder");
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
