// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever makes the server work more than is one's share is served later, and others as before. */
@Timeout(120)
class CpuBudgetTest {
  @TempDir Path folder;

  @Test
  void whoTakesTooMuchOfTheProcessorWaitsAndNobodyElseDoes() throws Exception {
    Map<String, Object> small = Map.of("processorPercentPerAccount", 1);
    try (ServerFixture server = new ServerFixture(folder, store -> store, small, "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      Command costly = new Command.Rooms("a".repeat(4_000), "", 200);
      int asked = 0;
      for (int number = anna.tries(costly); number >= 0; number = anna.tries(costly)) {
        anna.answered(number);
        asked++;
      }
      assertTrue(asked > 1, "some is allowed at once");
      assertInstanceOf(Reply.Done.class, boris.asks(new Command.Ping()));
      int ping = -1;
      while (ping < 0) { // until the debt is paid
        ping = anna.tries(new Command.Ping());
      }
      assertInstanceOf(Reply.Done.class, anna.answered(ping));
    }
  }
}
