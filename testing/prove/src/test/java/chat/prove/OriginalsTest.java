// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginalsTest {
  private static final List<String> WRITTEN = List.of("line 1", "line 2", "line 3");

  private static Map<Fault, Long> faults(String... found) {
    Faults faults = new Faults();
    Originals.compare("somebody heard", WRITTEN, List.of(found), Fault.MISSING, faults);
    return faults.counts();
  }

  @Test
  void whatWasHeardAsItWasWrittenIsFine() {
    assertEquals(Map.of(), faults("line 1", "line 2", "line 3"));
  }

  @Test
  void everythingElseIsFound() {
    assertEquals(Map.of(Fault.MISSING, 1L), faults("line 1", "line 3"));
    assertEquals(Map.of(Fault.MISSING, 3L), faults());
    assertEquals(Map.of(Fault.DOUBLED, 1L), faults("line 1", "line 2", "line 2", "line 3"));
    assertEquals(Map.of(Fault.OUT_OF_ORDER, 1L), faults("line 2", "line 1", "line 3"));
    assertEquals(
        Map.of(Fault.DOUBLED, 2L, Fault.MISSING, 1L),
        faults("line 1", "line 1", "line 1", "line 2"));
    assertEquals(
        Map.of(Fault.OUT_OF_ORDER, 1L),
        faults("line 1", "line 2", "line 3", "what nobody wrote"),
        "something that nobody wrote");
  }

  @Test
  void theyAreAskedForOnTheCommandLineAndNeverKilled() throws ProveException {
    assertEquals(3, Options.parse(List.of("--classic", "3")).originals());
    assertThrows(ProveException.class, () -> Options.parse(List.of("--classic", "3", "--kill")));
  }
}
