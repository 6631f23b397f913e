// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Reply;
import chat.protocol.WireFormat;
import chat.protocol.tck.WireContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wire contract itself, tried on formats that break it in one way each. */
@Tag("slow")
class WireContractFindsTest {

  enum Fault {
    TAKES_HALF_A_FRAME,
    TAKES_TWO_FRAMES_FOR_ONE,
    REMEMBERS_BYTES,
    FORGETS_THE_CORRELATION,
    CUTS_TEXTS,
    IGNORES_THE_LIMIT,
    TAKES_WHAT_IS_TOO_LARGE,
    THROWS_ON_GARBAGE,
    TAKES_NOTHING_OF_GARBAGE,
    IS_SILENT_ABOUT_LIFE,
    SENDS_REPLIES_AS_EVENTS
  }

  @Test
  void theHealthyFormatPasses() {
    assertEquals(List.of(), failures(new CborFormat()));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsFound(Fault fault) {
    assertFalse(failures(new Broken(fault)).isEmpty(), "nobody noticed " + fault);
  }

  private static List<String> failures(WireFormat format) {
    WireContract contract =
        new WireContract() {
          @Override
          public WireFormat server() {
            return format;
          }

          @Override
          public ClientFormat client() {
            return new CborClientFormat();
          }
        };
    List<String> failures = new ArrayList<>();
    for (Method method : WireContract.class.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        try {
          method.invoke(contract);
        } catch (InvocationTargetException e) {
          failures.add(method.getName() + ": " + e.getCause());
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return failures;
  }

  private static final class Broken implements WireFormat {
    private final CborFormat healthy = new CborFormat();
    private final Fault fault;
    private ByteBuffer remembered = ByteBuffer.allocate(0);

    Broken(Fault fault) {
      this.fault = fault;
    }

    @Override
    public String name() {
      return healthy.name();
    }

    @Override
    public Decoded<Command> decode(ByteBuffer bytes, int maxFrame, Map<String, Object> attributes) {
      if (fault == Fault.REMEMBERS_BYTES) {
        remembered =
            ByteBuffer.allocate(remembered.remaining() + bytes.remaining())
                .put(remembered)
                .put(bytes)
                .flip();
        return healthy.decode(remembered, maxFrame, attributes);
      }
      int limit = fault == Fault.IGNORES_THE_LIMIT ? Integer.MAX_VALUE : maxFrame;
      int before = bytes.position();
      Decoded<Command> decoded = healthy.decode(bytes, limit, attributes);
      return switch (decoded) {
        case Decoded.Incomplete<Command> half -> {
          if (fault == Fault.TAKES_HALF_A_FRAME) {
            bytes.position(bytes.limit());
          }
          yield half;
        }
        case Decoded.Malformed<Command> malformed -> {
          if (fault == Fault.THROWS_ON_GARBAGE) {
            throw new IllegalArgumentException(malformed.why());
          }
          if (fault == Fault.TAKES_NOTHING_OF_GARBAGE) {
            bytes.position(before);
          }
          yield malformed;
        }
        case Decoded.TooLarge<Command> tooLarge when fault == Fault.TAKES_WHAT_IS_TOO_LARGE ->
            new Decoded.Message<>(tooLarge.correlation(), new Command.Ping());
        case Decoded.Message<Command> message -> spoil(message, bytes, maxFrame);
        default -> decoded;
      };
    }

    private Decoded<Command> spoil(
        Decoded.Message<Command> message, ByteBuffer bytes, int maxFrame) {
      return switch (fault) {
        case TAKES_TWO_FRAMES_FOR_ONE -> {
          healthy.decode(bytes, maxFrame, Map.of());
          yield message;
        }
        case FORGETS_THE_CORRELATION -> new Decoded.Message<>(1, message.message());
        case CUTS_TEXTS ->
            message.message() instanceof Command.Post(var id, var room, var text, _, _)
                ? new Decoded.Message<>(
                    message.correlation(),
                    new Command.Post(id, room, text.substring(0, Math.min(100, text.length()))))
                : message;
        default -> message;
      };
    }

    @Override
    public byte[] encode(NegotiatedProtocol negotiated, int correlation, Reply reply) {
      return healthy.encode(
          negotiated, fault == Fault.SENDS_REPLIES_AS_EVENTS ? 0 : correlation, reply);
    }

    @Override
    public byte[] encode(NegotiatedProtocol negotiated, Event event) {
      return healthy.encode(negotiated, event);
    }

    @Override
    public byte[] idle() {
      return fault == Fault.IS_SILENT_ABOUT_LIFE ? new byte[0] : healthy.idle();
    }
  }
}
