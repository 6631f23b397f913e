// SPDX-License-Identifier: Apache-2.0
package chat.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.cbor.CborClientFormat;
import chat.protocol.cbor.CborFormat;
import chat.protocol.tck.Samples;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives, the native decoder takes whole frames or nothing, throws nothing, and what it
 * understood it would say again the same way.
 */
class CborFormatFuzzTest {
  private static final int MAX_FRAME = 16 << 10;

  private final CborFormat server = new CborFormat();
  private final CborClientFormat client = new CborClientFormat();

  /** A frame of each command, twice with other content. */
  static Stream<Arguments> frames() {
    return Stream.of(1, 2)
        .flatMap(seed -> new Samples(new SplittableRandom(seed)).each(Command.class).stream())
        .map(command -> Arguments.of((Object) new CborClientFormat().encode(1, command)));
  }

  @MethodSource("frames")
  @FuzzTest(maxDuration = "30s")
  void anyBytes(byte @NotNull [] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (true) {
      int before = buffer.position();
      Decoded<Command> decoded = server.decode(buffer, MAX_FRAME, Map.of());
      switch (decoded) {
        case Decoded.Incomplete<Command> half -> {
          assertEquals(before, buffer.position());
          return;
        }
        case Decoded.Broken<Command> broken -> {
          return;
        }
        case Decoded.Message<Command>(int correlation, Command command) ->
            saidAgain(correlation, command);
        case Decoded.Idle<Command> idle -> {}
        case Decoded.Unknown<Command> unknown -> {}
        case Decoded.Malformed<Command> malformed -> {}
        case Decoded.TooLarge<Command> tooLarge -> {}
      }
      assertTrue(buffer.position() > before, "nothing was taken");
    }
  }

  private void saidAgain(int correlation, Command command) {
    ByteBuffer again = ByteBuffer.wrap(client.encode(correlation, command));
    Decoded.Message<?> message =
        assertInstanceOf(Decoded.Message.class, server.decode(again, Integer.MAX_VALUE, Map.of()));
    assertEquals(correlation, message.correlation());
    assertTrue(Samples.same(command, message.message()), () -> "changed: " + command);
  }
}
