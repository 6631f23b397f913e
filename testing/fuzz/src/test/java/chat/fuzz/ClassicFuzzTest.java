// SPDX-License-Identifier: Apache-2.0
package chat.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.classic.ClassicAdapter;
import chat.protocol.tck.AdapterSimulation;
import chat.protocol.tck.ModelServer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an original client says, before or after its log-in: nothing is thrown, every byte is
 * taken in time, the next request is understood, and what is sent has the length of a frame. What
 * was announced, of a text or a file, is waited for before the next request.
 */
class ClassicFuzzTest {
  private static final int FRAME = 1_024;
  private static final long A_WHILE = 120_000;
  private static final int LONGEST_TEXT = 20_000;
  private static final int MOST = 1 << 20;

  static Stream<Arguments> requests() {
    return Stream.of(
            "1anna\r\nsecret1\n\n4\n\n0\n\nanna98anna\r\ncarol\n\n8\n\n5\n\nanna",
            "2dora\r\nabc123\n\n1dora\r\nabc123\n\n",
            "3\r\n6\n\nhello\n3bob\r\n4\n\n你 é\n3carol\r\n1\n\n\n",
            "6\r\n12\n\n[emoji-cake]7\r\na.txt\r\n5\n\nabc\n\n",
            "9\n\nanna\r\nbob",
            "99\n\nanna\r\nnotes.txt",
            "5anna\n\n7bob\r\n../x\r\n0\n\n",
            "3\r\n99999\n\n长长长")
        .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
  }

  @MethodSource("requests")
  @FuzzTest(maxDuration = "30s")
  void anyBytes(byte @NotNull [] bytes) {
    says(rehearsal(), bytes, bytes.length);
    AdapterSimulation entered =
        rehearsal().says("1anna\r\nsecret1\n\n4\n\n5\n\nanna".getBytes(StandardCharsets.UTF_8));
    says(entered, bytes, bytes.length / 2);
    // Whatever that was, once all has come that it announced, the client is understood again.
    if (!hasAllComeOf(entered)) {
      return;
    }
    entered.sent();
    entered.says("4\n\n".getBytes(StandardCharsets.UTF_8));
    String list = new String(entered.sent().getFirst(), StandardCharsets.UTF_8);
    assertTrue(list.startsWith("401\n\n"), "not understood");
  }

  private static AdapterSimulation rehearsal() {
    return new AdapterSimulation(
            new ModelServer(), clock -> new ClassicAdapter(clock, ZoneOffset.UTC, UUID::randomUUID))
        .begins();
  }

  private static void says(AdapterSimulation client, byte[] bytes, int cut) {
    client.says(Arrays.copyOf(bytes, cut)).says(Arrays.copyOfRange(bytes, cut, bytes.length));
    client.waits(A_WHILE).waits(A_WHILE);
    if (client.unread() > 0) {
      client.says(filler(LONGEST_TEXT)).waits(A_WHILE); // half a text
    }
    assertEquals(0, client.unread(), "bytes that nobody takes");
    assertTrue(client.reads(), "stands still");
    for (byte[] frame : client.sent()) {
      String code = new String(frame, 0, 3, StandardCharsets.UTF_8);
      boolean odd = code.equals("401") || code.equals("290");
      assertTrue(odd ? frame.length <= FRAME : frame.length == FRAME, "a frame of " + code);
    }
  }

  /** Says what is still counted off; false if that is more than a test can say. */
  private static boolean hasAllComeOf(AdapterSimulation client) {
    for (String what : List.of("classic.passBytes", "classic.passCharacters")) {
      long left = client.remembered().get(what) instanceof Long count ? count : 0;
      if (left > MOST) {
        return false;
      }
      client.says(filler((int) left)).waits(A_WHILE);
    }
    return !client.remembered().containsKey("classic.request.waits");
  }

  private static byte[] filler(int length) {
    byte[] filler = new byte[length];
    Arrays.fill(filler, (byte) 'x');
    return filler;
  }
}
