// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AcceptLoopTest {
  private static final int ENOUGH = 60;

  @Test
  void whileNobodyCanBeAcceptedItHardlyTries() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch many = new CountDownLatch(ENOUGH);
    AcceptLoop.Source full =
        () -> {
          tries.incrementAndGet();
          many.countDown();
          throw new IOException("Too many open files");
        };
    Thread loop = Thread.ofPlatform().start(new AcceptLoop(full, client -> {}));

    assertFalse(many.await(1, TimeUnit.SECONDS), ENOUGH + " tries within a second");

    loop.interrupt();
    loop.join();
    assertTrue(tries.get() >= 3, "it tries again: " + tries);
  }

  @Test
  void afterATimeWithoutHandlesClientsAreAttendedToAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    AtomicInteger admitted = new AtomicInteger();
    AcceptLoop.Source recovering =
        () -> {
          if (tries.incrementAndGet() <= 3) {
            throw new IOException("Too many open files");
          }
          if (tries.get() > 5) {
            throw new ClosedChannelException();
          }
          return SocketChannel.open();
        };

    new AcceptLoop(
            recovering,
            client -> {
              admitted.incrementAndGet();
              client.close();
            })
        .run();

    assertEquals(2, admitted.get());
  }
}
