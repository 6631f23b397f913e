// SPDX-License-Identifier: Apache-2.0
package chat.prove.measure;

import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What the disk itself takes for a durable write, beside the server's own writes: without this
 * nobody can tell a slow server from a slow disk.
 */
public final class FsyncWatch implements AutoCloseable {
  private static final int BYTES = 4 << 10;
  private static final Duration EVERY = Duration.ofMillis(100);

  private final Path file;
  private final FileChannel channel;
  private final Thread thread;
  private final LatencySummary.Recorder took = new LatencySummary.Recorder();
  private volatile boolean over;

  /** Watches the disk on which a data folder lies. */
  public FsyncWatch(Path data) throws IOException {
    file = data.resolve("prove.fsync");
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    thread = Thread.ofPlatform().name("fsync").daemon().start(this::watch);
  }

  private void watch() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    try {
      while (!over) {
        long start = System.nanoTime();
        channel.write(bytes.clear(), 0);
        channel.force(false);
        add(System.nanoTime() - start);
        Waits.sleep(EVERY);
      }
    } catch (IOException e) {
      over = true; // a disk that is full; what was measured so far counts
    }
  }

  private synchronized void add(long nanos) {
    took.record(nanos);
  }

  public synchronized LatencySummary summary() {
    return took.summary();
  }

  @Override
  public void close() throws IOException {
    over = true;
    Waits.join(thread);
    channel.close();
    Files.deleteIfExists(file);
  }
}
