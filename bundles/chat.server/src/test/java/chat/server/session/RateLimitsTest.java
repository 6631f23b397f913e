// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.Servers;
import chat.server.session.RateLimits.Kind;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Neither an account nor an address does more than it may. */
class RateLimitsTest {
  private static final SocketAddress HERE = new InetSocketAddress("192.0.2.1", 1);
  private static final SocketAddress ANOTHER_PORT = new InetSocketAddress("192.0.2.1", 2);
  private static final SocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.2", 1);

  private final RateLimits limits =
      new RateLimits(Servers.config(Map.of("startsPerHour", 3, "messageBurst", 2)));

  private int starts(long account, SocketAddress peer) {
    int starts = 0;
    while (limits.take(Kind.START, account, peer) == 0) {
      starts++;
    }
    return starts;
  }

  @Test
  void aClassRegistersFromOneAddressThroughTheClassicPort() {
    RateLimits usual = new RateLimits(Servers.config(Map.of()));
    InetSocketAddress school = new InetSocketAddress("127.0.0.1", 5000);
    ClientPolicy classic = new ClientPolicy(6, false, true, true, true);
    for (int i = 0; i < 60; i++) {
      assertEquals(0, usual.registration(school, classic), "registration " + i);
    }
    assertTrue(usual.registration(school, classic) > 0);
    for (int i = 0; i < 10; i++) {
      assertEquals(0, usual.registration(school, ClientPolicy.DIRECT), "native " + i);
    }
    assertTrue(usual.registration(school, ClientPolicy.DIRECT) > 0);
  }

  @Test
  void anAccountHasItsShareAndIsToldWhenToComeBack() {
    assertEquals(3, starts(1, HERE));
    long wait = limits.take(Kind.START, 1, HERE);
    assertTrue(wait > 19 * 60_000 && wait <= 20 * 60_000, "wait " + wait);
    assertEquals(3, starts(2, HERE));
    assertEquals(0, limits.take(Kind.MESSAGE, 1, HERE), "other things have limits of their own");
  }

  @Test
  void manyAccountsBehindOneAddressShareALargerOne() {
    int together = 0;
    for (long account = 1; account <= 100; account++) {
      together += starts(account, account % 2 == 0 ? HERE : ANOTHER_PORT);
    }
    assertEquals(40 * 3, together);
    assertEquals(3, starts(101, ELSEWHERE));
    assertEquals(3, starts(100, ELSEWHERE), "who was held up by others has not lost its own");
  }
}
