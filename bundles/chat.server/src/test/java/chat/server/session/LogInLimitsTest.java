// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.Servers;
import chat.server.base.NetworkAddress;
import chat.server.base.TokenBuckets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guessing is slow, and nobody is locked out by those who guess. */
class LogInLimitsTest {
  private static final byte[] TOKEN = {1};

  private final LogInLimits limits = new LogInLimits(Servers.config(Map.of("logInsPerMinute", 3)));

  private static NetworkAddress from(String address) throws UnknownHostException {
    return NetworkAddress.of(new InetSocketAddress(InetAddress.getByName(address), 1));
  }

  private int guesses(NetworkAddress from, String name, int tries) {
    int looked = 0;
    for (int i = 0; i < tries; i++) {
      looked += limits.attempt(from, name).refusedFor() == 0 ? 1 : 0;
    }
    return looked;
  }

  @Test
  void guessesFromOneAddressAreFewAndOtherAddressesAndNamesAreNotTouched() throws Exception {
    assertEquals(5, guesses(from("192.0.2.1"), "alice", 24));
    assertEquals(0, limits.attempt(from("192.0.2.2"), "alice").refusedFor());
    assertEquals(0, limits.attempt(from("192.0.2.1"), "bob").refusedFor());
  }

  @Test
  void loopbackAddressesAreAddressesLikeAnyOther() throws Exception {
    assertEquals(5, guesses(from("127.0.0.1"), "alice", 24));
    assertEquals(0, limits.attempt(from("127.0.0.2"), "alice").refusedFor());
  }

  @Test
  void addressesOfOneCustomerAreOneAddress() throws Exception {
    assertEquals(
        5, guesses(from("2001:db8::1"), "alice", 3) + guesses(from("2001:db8::2"), "alice", 3));
  }

  @Test
  void oneNameIsSlowedFromEverywhereAndNeverShut() throws Exception {
    int quick = 0;
    for (int i = 1; i <= 100; i++) {
      LogInLimits.Attempt attempt = limits.attempt(from("198.51.100." + i), "alice");
      assertEquals(0, attempt.refusedFor());
      quick += attempt.delay() == 0 ? 1 : 0;
    }
    assertEquals(30, quick);
    assertEquals(LogInLimits.SLOW_MILLIS, limits.attempt(from("192.0.2.1"), "alice").delay());
    assertEquals(0, limits.attempt(from("192.0.2.1"), "bob").delay());
  }

  @Test
  void aKnownDeviceHasALimitOfItsOwn() throws Exception {
    guesses(from("192.0.2.1"), "alice", 1_000);
    for (int i = 1; i <= 100; i++) {
      guesses(from("198.51.100." + i), "alice", 1);
    }
    for (int i = 0; i < 5; i++) {
      LogInLimits.Attempt attempt = limits.attemptOfKnownDevice(TOKEN);
      assertEquals(0, attempt.refusedFor());
      assertEquals(0, attempt.delay());
    }
    assertTrue(limits.attemptOfKnownDevice(TOKEN).refusedFor() > 0);
  }

  @Test
  void aRightPasswordDoesNotCount() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      LogInLimits.Attempt attempt = limits.attempt(from("192.0.2.1"), "alice");
      assertEquals(0, attempt.refusedFor());
      attempt.giveBack();
    }
  }

  /** Whoever tries other names does not free the first one from its limit. */
  @Test
  void manyOtherNamesDoNotFreeAName() throws Exception {
    NetworkAddress stranger = from("192.0.2.1");
    assertEquals(5, guesses(stranger, "alice", 5));
    int others = 0;
    for (int i = 0; i < 120_000; i++) {
      others += guesses(stranger, "name " + i, 1);
    }
    assertEquals(195, others, "an address has a limit of its own");
    assertTrue(limits.attempt(stranger, "alice").refusedFor() > 0);
  }

  @Test
  void whatIsNotRememberedSharesOneLimit() {
    TokenBuckets<Integer> buckets = new TokenBuckets<>(2, 0.001);
    for (int key = 0; key < 100_000; key++) {
      buckets.take(key);
    }
    int further = 0;
    for (int key = 100_000; key < 100_100; key++) {
      further += buckets.take(key) == 0 ? 1 : 0;
    }
    assertEquals(2, further);
    assertEquals(0, buckets.take(7), "who is remembered has a limit of its own");
    assertTrue(buckets.take(7) > 0);
  }
}
