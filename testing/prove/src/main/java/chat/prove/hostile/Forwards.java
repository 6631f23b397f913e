// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Sends a file of 50 MB on, as often as one may write: does the disk fill? */
final class Forwards implements Attack {
  private static final Duration PACE = Duration.ofMillis(100);
  private static final long MEGABYTE = 1 << 20;
  private static final long BEARABLE_MEGABYTES = 100;

  @Override
  public void run(Target target) throws IOException, InterruptedException {
    long before = size(target.server().data());
    target.together(1, () -> send(target));
    long grown = (size(target.server().data()) - before) / MEGABYTE;
    target.note(grown + " MB more on the disk");
    if (grown > BEARABLE_MEGABYTES) {
      target.fault("the disk holds " + grown + " MB more");
    }
  }

  private static void send(Target target) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(0));
    try {
      while (!target.isOver()) {
        target.ask(
            wire,
            new Command.Forward(UUID.randomUUID(), target.ground().file(), target.ground().room()));
        target.pause(PACE);
      }
    } finally {
      target.release(wire);
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.toList();
      return all.stream().mapToLong(Forwards::bytes).sum();
    }
  }

  /** Files come and go while a server is at work. */
  private static long bytes(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
