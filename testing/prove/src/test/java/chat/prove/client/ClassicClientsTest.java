// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.prove.history.Violation;
import chat.prove.history.Violations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassicClientsTest {
  private static final List<String> WRITTEN = List.of("line 1", "line 2", "line 3");

  private static Map<Violation, Long> violations(String... found) {
    Violations violations = new Violations();
    ClassicClients.compare(
        "somebody heard", WRITTEN, List.of(found), Violation.MISSING, violations);
    return violations.counts();
  }

  @Test
  void whatWasHeardAsItWasWrittenIsFine() {
    assertEquals(Map.of(), violations("line 1", "line 2", "line 3"));
  }

  @Test
  void everythingElseIsFound() {
    assertEquals(Map.of(Violation.MISSING, 1L), violations("line 1", "line 3"));
    assertEquals(Map.of(Violation.MISSING, 3L), violations());
    assertEquals(Map.of(Violation.DOUBLED, 1L), violations("line 1", "line 2", "line 2", "line 3"));
    assertEquals(Map.of(Violation.OUT_OF_ORDER, 1L), violations("line 2", "line 1", "line 3"));
    assertEquals(
        Map.of(Violation.DOUBLED, 2L, Violation.MISSING, 1L),
        violations("line 1", "line 1", "line 1", "line 2"));
    assertEquals(
        Map.of(Violation.OUT_OF_ORDER, 1L),
        violations("line 1", "line 2", "line 3", "what nobody wrote"),
        "something that nobody wrote");
  }
}
