// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one exchange of parts happen at a time. */
final class Exclusion {
  private final ReentrantLock lock = new ReentrantLock();

  /** An exchange; gives the fields of a result. */
  @FunctionalInterface
  interface Exchange {
    Map<String, Object> run() throws OperationException, IOException;
  }

  Map<String, Object> run(Exchange exchange) throws OperationException, IOException {
    if (!lock.tryLock()) {
      throw new OperationException(
          Reason.CONFLICT, "another exchange is under way; try again when it is done");
    }
    try {
      return exchange.run();
    } finally {
      lock.unlock();
    }
  }
}
