// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationExceptionTest {
  /** Scripts decide on these. */
  @Test
  void theCodesStayTheSame() {
    assertEquals(
        List.of("not-ready", "invalid-argument", "not-found", "conflict", "failed"),
        Arrays.stream(OperationException.Reason.values())
            .map(OperationException.Reason::code)
            .toList());
  }
}
