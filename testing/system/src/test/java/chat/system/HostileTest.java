// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.Attackers;
import chat.prove.Attackers.Round;
import chat.prove.Attackers.Rule;
import chat.prove.report.AttackResult;
import chat.prove.server.ServerProcess;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some of the attacks of {@code chatroom prove --hostile}, for moments: what they must not achieve,
 * and that others log in and are answered meanwhile. How fast is not a matter of a test.
 */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class HostileTest {
  private static final List<String> ATTACKS =
      List.of("password-flood", "lock-out", "enumeration", "classic-silent");

  @TempDir Path folder;

  @Test
  void nobodyIsShutOutByStrangers() throws Exception {
    Attackers attackers = Attackers.ofProgram();
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      attackers.prepare(server, ATTACKS);
      server.start();
      Round round =
          new Round(
              ATTACKS,
              Duration.ofSeconds(3),
              Rule.OUTCOMES,
              new PrintStream(OutputStream.nullOutputStream()));
      List<AttackResult> results = attackers.run(server, round);
      assertEquals(1 + ATTACKS.size(), results.size());
      for (AttackResult result : results) {
        assertEquals(List.of(), result.verdict().faults(), result.name());
        assertTrue(result.times().keySet().containsAll(List.of("ping", "post")));
      }
      for (AttackResult attack : results.subList(1, results.size())) {
        assertTrue(attack.cost().connections() > 0, attack::toString);
        assertTrue(attack.logIns().right() > 0, attack::toString);
      }
    }
  }
}
