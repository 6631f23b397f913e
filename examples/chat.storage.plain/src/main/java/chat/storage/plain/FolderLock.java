// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one object, of whatever process, that writes at the moment. */
record FolderLock(FileChannel channel) implements Closeable {

  static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    while (true) {
      try {
        channel.lock();
        return new FolderLock(channel);
      } catch (OverlappingFileLockException e) {
        // Another object of this process, maybe of another build: Java does not wait for those.
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another object writes");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
