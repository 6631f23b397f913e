// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timed task whose failure does not end its repetition. */
record RepeatedTask(Runnable task) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

  @Override
  public void run() {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("A timed task failed: {}", e.getMessage());
    }
  }
}
