// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Person;
import chat.protocol.cbor.CborFormat;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TailTest {

  private static Event.Entry entry(long number, String text) {
    return new Event.Entry(
        1, number, new UUID(0, number), new Person(7, "anna"), 0, new Content.Text(text));
  }

  @Test
  void theNewestAreThereAndTheRestIsToBePulled() {
    Tail tail = new Tail(10);
    assertNull(tail.get(10));
    for (long n = 11; n <= 3000; n++) {
      tail.add(entry(n, "x"));
    }
    assertEquals(3000, tail.head());
    assertNull(tail.get(3000 - 1024));
    assertNotNull(tail.get(3000 - 1023));
    assertEquals(entry(3000, "x"), tail.get(3000).event());
    assertNull(tail.get(3001));
  }

  @Test
  void aRepeatIsPassedOver() {
    Tail tail = new Tail(0);
    tail.add(entry(1, "first"));
    tail.add(entry(1, "second"));
    assertEquals(entry(1, "first"), tail.get(1).event());
    assertEquals(1, tail.head());
  }

  @Test
  void aJumpLeavesWhatWasMissedToTheStore() {
    Tail tail = new Tail(0);
    tail.add(entry(1, "a"));
    tail.add(entry(5, "e"));
    assertNull(tail.get(1));
    assertNull(tail.get(4));
    assertEquals(entry(5, "e"), tail.get(5).event());
  }

  @Test
  void longTextsMakeTheTailShorter() {
    Tail tail = new Tail(0);
    for (long n = 1; n <= 1000; n++) {
      tail.add(entry(n, "x".repeat(16_000)));
    }
    assertNotNull(tail.get(1000));
    assertNotNull(tail.get(950));
    assertNull(tail.get(900));
  }

  @Test
  void whatFollowsIsOneBlockIfAllOfItIsThere() {
    Tail tail = new Tail(10);
    for (long n = 11; n <= 20; n++) {
      tail.add(entry(n, "x"));
    }
    SharedBlock block = tail.behind(15);
    assertEquals(16, block.first());
    assertEquals(20, block.last());
    assertNull(tail.behind(20), "nothing");
    assertNull(tail.behind(19), "one entry is its own block");
    assertNull(tail.behind(9), "number 10 is to be pulled");
    tail.forget(18);
    assertNull(tail.behind(15), "what was erased is to be pulled");
    assertEquals(20, tail.behind(18).last());
  }

  @Test
  void whatWasAddedIsAnnouncedTogether() {
    Tail tail = new Tail(3);
    tail.add(entry(4, "a"));
    tail.add(entry(5, "b"));
    assertEquals(3, tail.announced());
    SharedBlock block = tail.announce();
    assertEquals(4, block.first());
    assertEquals(5, block.last());
    assertEquals(5, tail.announced());
    tail.beginAt(9);
    assertEquals(9, tail.announced());
  }

  @Test
  void noBlockIsTooLargeForAConnection() {
    Tail tail = new Tail(0);
    for (long n = 1; n <= 4; n++) {
      tail.add(entry(n, "x".repeat(8_000)));
    }
    assertNull(tail.behind(0));
    assertNotNull(tail.behind(2));
  }

  @Test
  void aBlockIsTheFramesOfItsEntries() {
    Tail tail = new Tail(0);
    tail.add(entry(1, "a"));
    tail.add(entry(2, "b"));
    CborFormat format = new CborFormat();
    NegotiatedProtocol negotiated = new NegotiatedProtocol(1, List.of());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(format.encode(negotiated, entry(1, "a")));
    frames.writeBytes(format.encode(negotiated, entry(2, "b")));
    SharedBlock block = tail.behind(0);
    byte[] bytes = block.bytes(format, 1, negotiated);
    assertArrayEquals(frames.toByteArray(), bytes);
    assertSame(bytes, block.bytes(format, 1, negotiated), "made once");
  }
}
