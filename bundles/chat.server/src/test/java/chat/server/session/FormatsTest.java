// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.WireFormat;
import chat.protocol.cbor.CborFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FormatsTest {
  private final Formats formats = new Formats();
  private final WireFormat first = new CborFormat();

  @Test
  void theFormatThatCameLastIsUsedUntilItGoes() {
    WireFormat second = new CborFormat();
    formats.add(first);
    formats.add(second);
    assertSame(second, used());
    formats.remove(second);
    assertSame(first, used());
    formats.remove(first);
    assertNull(formats.format(first.name()));
  }

  @Test
  void removingWaitsForTheCallInProgressAndNobodyCallsAfterwards() throws InterruptedException {
    formats.add(first);
    Leased<WireFormat> lease = lease();
    Thread stopping = Thread.ofPlatform().start(() -> formats.remove(first));
    while (stopping.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(stopping.isAlive(), "the format was removed under a call");
      Thread.onSpinWait();
    }
    AtomicReference<Leased<WireFormat>> late = new AtomicReference<>(lease);
    Thread another = Thread.ofPlatform().start(() -> late.set(formats.format(first.name())));
    while (another.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    lease.close();
    assertTrue(stopping.join(Duration.ofSeconds(30)));
    assertTrue(another.join(Duration.ofSeconds(30)));
    assertNull(late.get(), "a new call of a format that goes");
    assertNull(formats.format(first.name()));
    assertNull(lease.lease());
  }

  @Test
  void aCallInProgressMayMakeAnotherOneWhileSomebodyWaitsForBoth() throws InterruptedException {
    formats.add(first);
    Leased<WireFormat> outer = lease();
    Leased<WireFormat> held = outer;
    Thread stopping = Thread.ofPlatform().start(held::withdraw);
    while (stopping.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    try (Leased<WireFormat> inner = outer.lease()) {
      assertSame(outer, inner);
    }
    assertEquals(Thread.State.TIMED_WAITING, stopping.getState());
    outer.close();
    assertTrue(stopping.join(Duration.ofSeconds(30)));
  }

  private Leased<WireFormat> lease() {
    Leased<WireFormat> lease = formats.format(first.name());
    assertNotNull(lease);
    return lease;
  }

  private WireFormat used() {
    try (Leased<WireFormat> lease = lease()) {
      return lease.service();
    }
  }
}
