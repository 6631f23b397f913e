// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.WireFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every wire format keeps to, whatever its bytes look like. */
public interface WireContract {
  int MAX_FRAME = 4 << 20;
  NegotiatedProtocol DIALECT = new NegotiatedProtocol(NegotiatedProtocol.VERSION, List.of());

  /** A new server's end; two of them must be interchangeable at any time. */
  WireFormat server();

  /** A new client's end. */
  ClientFormat client();

  @Test
  default void bothEndsHaveTheSameName() {
    assertEquals(server().name(), client().name());
  }

  @Test
  default void everyCommandArrivesAsItWasSaid() {
    for (int seed = 0; seed < 50; seed++) {
      for (Command command : new Samples(new SplittableRandom(seed)).each(Command.class)) {
        ByteBuffer bytes = ByteBuffer.wrap(client().encode(seed + 1, command));
        Decoded.Message<Command> message = whole(decode(server(), bytes));
        assertEquals(seed + 1, message.correlation());
        assertSame(command, message.message(), "seed " + seed);
        assertEquals(0, bytes.remaining(), "bytes left behind " + command);
      }
    }
  }

  @Test
  default void everyCommandArrivesAtItsLargestAndIsRefusedBeyond() {
    Samples.Extremes extremes = new Samples(new SplittableRandom(5)).extremes();
    for (Command command : extremes.allowed()) {
      ByteBuffer bytes = ByteBuffer.wrap(client().encode(7, command));
      assertSame(command, whole(decode(server(), bytes)).message(), command.getClass().toString());
    }
    for (Command command : extremes.tooLarge()) {
      ByteBuffer bytes = ByteBuffer.wrap(client().encode(7, command));
      Decoded.TooLarge<?> refused =
          assertInstanceOf(
              Decoded.TooLarge.class, decode(server(), bytes), command.getClass().toString());
      assertEquals(7, refused.correlation());
      assertEquals(0, bytes.remaining(), "bytes left behind " + command.getClass());
    }
  }

  @Test
  default void everyReplyAndEventArrivesAsItWasSaid() {
    for (int seed = 0; seed < 50; seed++) {
      Samples samples = new Samples(new SplittableRandom(seed));
      for (Reply reply : samples.each(Reply.class)) {
        ByteBuffer bytes = ByteBuffer.wrap(server().encode(DIALECT, seed + 1, reply));
        Decoded.Message<ServerMessage> message = whole(client().decode(bytes, MAX_FRAME));
        assertEquals(seed + 1, message.correlation());
        assertSame(reply, message.message(), "seed " + seed);
      }
      for (Event event : samples.each(Event.class)) {
        ByteBuffer bytes = ByteBuffer.wrap(server().encode(DIALECT, event));
        Decoded.Message<ServerMessage> message = whole(client().decode(bytes, MAX_FRAME));
        assertEquals(0, message.correlation());
        assertSame(event, message.message(), "seed " + seed);
      }
    }
  }

  @Test
  default void halfAFrameIsLeftAlone() {
    for (Command command : new Samples(new SplittableRandom(1)).each(Command.class)) {
      byte[] frame = client().encode(7, command);
      int step = Math.max(1, frame.length / 1_000);
      for (int length = 0; length < frame.length; length += step) {
        ByteBuffer half = ByteBuffer.wrap(frame, 0, length);
        assertInstanceOf(Decoded.Incomplete.class, decode(server(), half), () -> "of " + command);
        assertEquals(0, half.position(), "an incomplete frame was taken");
      }
    }
  }

  @Test
  default void framesOfOneReadComeOneByOneFromWhateverFormatIsThere() {
    List<Command> commands = new Samples(new SplittableRandom(2)).each(Command.class);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < commands.size(); i++) {
      stream.writeBytes(client().encode(i + 1, commands.get(i)));
    }
    ByteBuffer bytes = ByteBuffer.wrap(stream.toByteArray());
    for (int i = 0; i < commands.size(); i++) {
      Decoded.Message<Command> message = whole(decode(server(), bytes));
      assertEquals(i + 1, message.correlation());
      assertSame(commands.get(i), message.message(), "frame " + i);
    }
    assertEquals(0, bytes.remaining());
  }

  @Test
  default void aFrameBeyondTheLimitIsRefusedBeforeItIsWhole() {
    byte[] frame = client().encode(3, new Command.Register("a".repeat(5000), "", "", ""));
    Decoded<Command> decoded =
        server().decode(ByteBuffer.wrap(frame, 0, 64), 1024, new HashMap<>());
    Decoded.Broken<?> broken = assertInstanceOf(Decoded.Broken.class, decoded);
    assertEquals(Problem.TOO_LARGE, broken.problem());
  }

  @Test
  default void whateverTheBytesAreNothingIsThrownAndNothingStandsStill() {
    SplittableRandom random = new SplittableRandom(3);
    Samples samples = new Samples(random);
    for (int round = 0; round < 50; round++) {
      for (Command command : samples.each(Command.class)) {
        byte[] frame = client().encode(round + 1, command);
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        drain(frame);
      }
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      drain(noise);
    }
  }

  @Test
  default void idleFramesAreSignsOfLifeInBothDirections() {
    assertInstanceOf(Decoded.Idle.class, decode(server(), ByteBuffer.wrap(client().idle())));
    assertInstanceOf(
        Decoded.Idle.class, client().decode(ByteBuffer.wrap(server().idle()), MAX_FRAME));
  }

  @Test
  default void theSameWordsAreTheSameBytes() {
    List<Event> events = new Samples(new SplittableRandom(4)).each(Event.class);
    for (Event event : events) {
      assertArrayEquals(server().encode(DIALECT, event), server().encode(DIALECT, event));
    }
  }

  private void drain(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Decoded<Command>> seen = new ArrayList<>();
    while (seen.size() <= bytes.length) {
      int before = buffer.position();
      Decoded<Command> decoded = decode(server(), buffer);
      seen.add(decoded);
      if (decoded instanceof Decoded.Incomplete || decoded instanceof Decoded.Broken) {
        return;
      }
      assertTrue(buffer.position() > before, () -> "nothing was taken for " + decoded);
    }
    throw new AssertionError("more frames than bytes");
  }

  private static Decoded<Command> decode(WireFormat server, ByteBuffer bytes) {
    Map<String, Object> attributes = new HashMap<>();
    return server.decode(bytes, MAX_FRAME, attributes);
  }

  private static <M> Decoded.Message<M> whole(Decoded<M> decoded) {
    if (decoded instanceof Decoded.Message<M> message) {
      return message;
    }
    throw new AssertionError("not a message: " + decoded);
  }

  private static void assertSame(Object said, Object heard, String where) {
    assertTrue(Samples.same(said, heard), () -> where + "\nsaid  " + said + "\nheard " + heard);
  }
}
