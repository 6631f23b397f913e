// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A profile that belongs to this process alone while it runs, so that several people can sit at one
 * computer, each with a window.
 */
record ProfileLock(Path folder, FileChannel channel, FileLock lock) implements AutoCloseable {
  private static final int WINDOWS = 100;

  /** Takes a profile, or if it may be another one, the first that is free: name-2, name-3, ... */
  static ProfileLock take(Path wanted, boolean orAnother) throws IOException {
    for (int i = 1; i <= (orAnother ? WINDOWS : 1); i++) {
      Path folder = i == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + i);
      Optional<ProfileLock> taken = tryTake(folder);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new IOException("another window uses it; choose another one with --profile NAME");
  }

  private static Optional<ProfileLock> tryTake(Path folder) throws IOException {
    PrivateFiles.createFolder(folder);
    boolean unused = PrivateFiles.close(folder, 1).isEmpty();
    Path file = folder.resolve("window.lock");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFiles.ofFile(file));
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new ProfileLock(folder, channel, lock));
      }
    } catch (OverlappingFileLockException e) {
      // Another window of this very process has it.
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
