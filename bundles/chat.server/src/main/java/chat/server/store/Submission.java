// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.Change;
import chat.storage.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change and who waits for it; told once, by the thread that has it. */
final class Submission {
  private static final Logger LOG = LoggerFactory.getLogger(Submission.class);

  private final Change change;
  private final long weight;
  private final Journal.Completion completion;
  private boolean told;

  Submission(Change change, long weight, Journal.Completion completion) {
    this.change = change;
    this.weight = weight;
    this.completion = completion;
  }

  Change change() {
    return change;
  }

  long weight() {
    return weight;
  }

  void decided(Outcome outcome) {
    told = true;
    guarded(() -> completion.decided(outcome));
  }

  void dropped() {
    told = true;
    guarded(completion::dropped);
  }

  void undecided() {
    if (!told) {
      told = true;
      guarded(completion::undecided);
    }
  }

  /** What somebody else does because of a change must not end the journal. */
  static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A completion failed", e);
    }
  }
}
