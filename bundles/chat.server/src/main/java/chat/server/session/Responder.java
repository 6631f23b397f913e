// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.storage.StorageException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one command, once. What is thrown on the way to the answer becomes the answer here. */
public interface Responder {
  /** How long to wait for a store that is away, in milliseconds. */
  long AWAY_MILLIS = 2_000;

  /** How long to wait while too much is being read, in milliseconds. */
  long FULL_MILLIS = 500;

  /** A part of carrying out a command, up to its end or to where somebody else goes on. */
  interface Work {
    void run() throws Refusal, StorageException, SealException, IOException;
  }

  Session session();

  int correlation();

  default void answer(Reply reply) {
    session().answer(correlation(), reply);
  }

  /** Answers with a refusal, whatever became of the command before. */
  default void answer(Refusal refusal) {
    session().refuse(correlation(), refusal);
  }

  /** Answers with a refusal, if a repeat is not owed another answer. */
  default void refuse(Refusal refusal) {
    answer(refusal);
  }

  /** Runs it on this thread. */
  default void run(Work work) {
    try {
      work.run();
    } catch (Refusal e) {
      refuse(e);
    } catch (StorageException e) {
      refuse(refusal(e));
    } catch (SealException | IOException e) {
      log().error("What the store has can't be opened: {}", e.getMessage());
      refuse(Refusal.faulty("the store is damaged here"));
    }
  }

  /** Runs it on this thread; a fault in the program is answered, too. */
  default void runToAnswer(Work work) {
    try {
      run(work);
    } catch (RuntimeException | LinkageError e) {
      log().error("{}: a command failed", session(), e);
      answer(Refusal.faulty());
    }
  }

  /** Runs it on a reader's thread, after what this session asked for before. */
  default void read(Work work) {
    if (!session().read(() -> runToAnswer(work))) {
      answer(Refusal.postponed(Problem.BUSY, "too much is being read", FULL_MILLIS));
    }
  }

  /** What follows from a store that failed. */
  default Refusal refusal(StorageException why) {
    if (why instanceof StorageException.Damaged) {
      log().error("A read met damage: {}", why.getMessage());
      return Refusal.faulty("the store is damaged here");
    }
    log().warn("A read failed: {}", why.getMessage());
    return Refusal.storeIsAway(AWAY_MILLIS);
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Responder.class);
  }
}
