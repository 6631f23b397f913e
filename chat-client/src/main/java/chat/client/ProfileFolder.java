package chat.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of a profile: its owner's only, and one client's at a time. */
final class ProfileFolder implements AutoCloseable {
  private static final FileAttribute<?>[] NONE = {};

  private final Path folder;
  private final FileChannel channel;

  private ProfileFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes the folder if it is missing, and locks it.
   *
   * @throws IOException if another client uses it
   */
  static ProfileFolder lock(Path folder) throws IOException {
    Files.createDirectories(folder, permissions(folder, "rwx------"));
    FileChannel channel =
        FileChannel.open(
            ownersFile(folder.resolve("lock")), StandardOpenOption.WRITE, StandardOpenOption.READ);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "another client uses the profile " + folder + "; close it or choose another profile");
    }
    return new ProfileFolder(folder, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** A file in this folder that only its owner can read, made if it is missing. */
  Path file(String name) throws IOException {
    return ownersFile(folder.resolve(name));
  }

  private static Path ownersFile(Path file) throws IOException {
    try {
      return Files.createFile(file, permissions(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  private static FileAttribute<?>[] permissions(Path file, String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NONE;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
