// SPDX-License-Identifier: Apache-2.0
package chat.client.profile;

import chat.client.ProfileInUseException;
import chat.client.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a profile: its owner's only, and one client's at a time. */
final class ProfileFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileFolder.class);
  private static final String DRIVER_FOLDER = "org.sqlite.tmpdir";

  private final Path folder;
  private final FileChannel channel;

  private ProfileFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes the folder if it is missing, and locks it.
   *
   * @throws ProfileInUseException if another client uses it
   */
  static ProfileFolder lock(Path folder) throws IOException {
    PrivateFiles.createFolder(folder);
    for (Path each : PrivateFiles.close(folder, 1)) {
      LOG.warn("{} was open to others and is no longer", each);
    }
    FileChannel channel =
        FileChannel.open(
            ownersFile(folder.resolve("lock")), StandardOpenOption.WRITE, StandardOpenOption.READ);
    if (tryLock(channel) == null) {
      channel.close();
      throw new ProfileInUseException(folder);
    }
    keepDriverIn(folder.resolve("native"));
    return new ProfileFolder(folder, channel);
  }

  /**
   * The database driver unpacks its native part into a file, and a killed process leaves it behind:
   * here it is found and removed. One place serves a whole process.
   */
  private static void keepDriverIn(Path place) throws IOException {
    if (System.getProperty(DRIVER_FOLDER) != null) {
      return;
    }
    PrivateFiles.createFolder(place);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(place)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    System.setProperty(DRIVER_FOLDER, place.toString());
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
      return Files.createFile(file, PrivateFiles.ofFile(file));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
