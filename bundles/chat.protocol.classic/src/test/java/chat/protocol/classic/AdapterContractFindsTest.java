// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import chat.protocol.tck.AdapterContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract itself, tried on adapters that break it in one way each. */
@Tag("slow")
class AdapterContractFindsTest {

  enum Fault {
    TAKES_HALF_A_REQUEST,
    REMEMBERS_IN_ITSELF,
    REMEMBERS_TYPES_OF_ITS_OWN,
    SENDS_LONG_FRAMES,
    THROWS_ON_NOISE,
    STANDS_STILL_ON_NOISE,
    TAKES_NEW_IDS,
    USES_A_CORRELATION_AGAIN,
    LISTENS_TOO_EARLY,
    NEVER_LISTENS,
    IGNORES_EXCHANGES,
    THROWS_AT_FAILURES,
    FOLLOWS_NO_ROOMS
  }

  /** A type that an adapter must not leave behind. */
  private record Note(String text) {}

  @Test
  void theHealthyInterpreterPasses() {
    assertEquals(List.of(), failures(null));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsFound(Fault fault) {
    assertFalse(failures(fault).isEmpty(), "nobody noticed " + fault);
  }

  private static List<String> failures(Fault fault) {
    AdapterContract contract =
        new ClassicAdapterTest() {
          @Override
          public ProtocolAdapter adapter(InstantSource clock) {
            ProtocolAdapter healthy = super.adapter(clock);
            return fault == null ? healthy : new Broken(healthy, fault);
          }
        };
    List<String> failures = new ArrayList<>();
    for (Method method : AdapterContract.class.getMethods()) {
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

  private static final class Broken implements ProtocolAdapter {
    private final ProtocolAdapter healthy;
    private final Fault fault;
    private final Map<String, Object> itsOwn = new HashMap<>();

    Broken(ProtocolAdapter healthy, Fault fault) {
      this.healthy = healthy;
      this.fault = fault;
    }

    private Map<String, Object> memory(Map<String, Object> memory) {
      return fault == Fault.REMEMBERS_IN_ITSELF ? itsOwn : memory;
    }

    private List<AdapterAction> spoil(List<AdapterAction> steps, Map<String, Object> memory) {
      if (fault == Fault.REMEMBERS_TYPES_OF_ITS_OWN) {
        memory.put("classic.note", List.of(new Note("mine")));
      }
      return steps.stream().map(this::spoil).toList();
    }

    private AdapterAction spoil(AdapterAction step) {
      return switch (step) {
        case AdapterAction.Send(byte[] frame) when fault == Fault.SENDS_LONG_FRAMES ->
            new AdapterAction.Send(Arrays.copyOf(frame, frame.length + 1));
        case AdapterAction.RunCommand(int correlation, Command.Post post)
            when fault == Fault.TAKES_NEW_IDS ->
            new AdapterAction.RunCommand(
                correlation, new Command.Post(UUID.randomUUID(), post.room(), post.text()));
        case AdapterAction.RunCommand(int correlation, Command command)
            when fault == Fault.USES_A_CORRELATION_AGAIN ->
            new AdapterAction.RunCommand(correlation / 2, command);
        case AdapterAction.ReportError(String why) when fault == Fault.THROWS_ON_NOISE ->
            throw new IllegalArgumentException(why);
        default -> step;
      };
    }

    @Override
    public String name() {
      return healthy.name();
    }

    @Override
    public int passwordMin() {
      return healthy.passwordMin();
    }

    @Override
    public boolean acceptsInput(Map<String, Object> memory) {
      return healthy.acceptsInput(memory(memory));
    }

    @Override
    public boolean acceptsEvents(Map<String, Object> memory) {
      return fault != Fault.NEVER_LISTENS
          && (fault == Fault.LISTENS_TOO_EARLY || healthy.acceptsEvents(memory(memory)));
    }

    @Override
    public List<AdapterAction> begin(Map<String, Object> memory) {
      return fault == Fault.IGNORES_EXCHANGES && !memory.isEmpty()
          ? List.of()
          : spoil(healthy.begin(memory(memory)), memory);
    }

    @Override
    public List<AdapterAction> received(ByteBuffer bytes, Map<String, Object> memory) {
      int before = bytes.position();
      List<AdapterAction> steps = spoil(healthy.received(bytes, memory(memory)), memory);
      if (fault == Fault.TAKES_HALF_A_REQUEST) {
        bytes.position(bytes.limit());
      }
      boolean bad = steps.stream().anyMatch(AdapterAction.ReportError.class::isInstance);
      if (fault == Fault.STANDS_STILL_ON_NOISE && bad) {
        bytes.position(before);
      }
      return steps;
    }

    @Override
    public List<AdapterAction> onTimer(Map<String, Object> memory) {
      return spoil(healthy.onTimer(memory(memory)), memory);
    }

    @Override
    public List<AdapterAction> onReply(int correlation, Reply reply, Map<String, Object> memory) {
      if (fault == Fault.THROWS_AT_FAILURES && reply instanceof Reply.Data) {
        throw new ClassCastException();
      }
      return spoil(healthy.onReply(correlation, reply, memory(memory)), memory);
    }

    @Override
    public List<AdapterAction> onEvent(Event event, Map<String, Object> memory) {
      List<AdapterAction> steps = spoil(healthy.onEvent(event, memory(memory)), memory);
      return fault == Fault.FOLLOWS_NO_ROOMS && event instanceof Event.RoomChanged
          ? List.of()
          : steps;
    }

    @Override
    public List<AdapterAction> onPresence(List<Person> people, Map<String, Object> memory) {
      return spoil(healthy.onPresence(people, memory(memory)), memory);
    }
  }
}
