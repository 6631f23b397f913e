// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.client.ClientConfig;
import chat.desktop.FakeService;
import chat.protocol.Availability;
import chat.protocol.Command;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleMonitorTest {
  private final FakeService service = new FakeService();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private long now = 1_700_000_000_000L;
  private IdleMonitor attendance;

  @BeforeEach
  void enter() {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config = ClientConfig.of(Path.of("unused"), "chat.example.org", 7667);
    ChatModel model =
        new ChatModel(
            service.open(config, relay),
            config,
            Runnable::run,
            Runnable::run,
            () -> Instant.ofEpochMilli(now),
            (_, task) -> later.add(task));
    relay.to(model);
    service.enter();
    attendance = model.attendance();
    attendance.touched();
  }

  private void pass(long millis) {
    now += millis;
    later.remove().run();
  }

  private List<Availability> told() {
    return service.commands(Command.SetPresence.class).stream()
        .map(Command.SetPresence::availability)
        .toList();
  }

  @Test
  void whoTouchesNothingIsAwayUntilTheNextTouch() {
    pass(200_000);
    attendance.touched();
    pass(IdleMonitor.IDLE_MILLIS - 1_000);
    assertEquals(List.of(), told());
    pass(1_000);
    assertEquals(List.of(Availability.AWAY), told());
    attendance.touched();
    assertEquals(List.of(Availability.AWAY, Availability.ONLINE), told());
  }

  @Test
  void whatWasChosenStaysAlsoOverANewConnection() {
    attendance.choose(Availability.DO_NOT_DISTURB);
    pass(IdleMonitor.IDLE_MILLIS);
    attendance.touched();
    assertEquals(List.of(Availability.DO_NOT_DISTURB), told());
    service.enter();
    assertEquals(List.of(Availability.DO_NOT_DISTURB), told(), "the library brings it along");
    attendance.choose(Availability.ONLINE);
    assertEquals(Availability.ONLINE, told().getLast());
  }
}
