// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.SealException;
import chat.server.room.Account;
import chat.server.session.Session;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command of somebody who is logged in, on its way to its one reply.
 *
 * @param id of the command, if it is one that can be repeated
 * @param attempt how often it was begun; a change that met a newer state than it relied on begins
 *     anew
 */
public record Request(
    Session session, int correlation, Account account, @Nullable UUID id, int attempt) {
  /** How long to wait for a store that is away, in milliseconds. */
  public static final long AGAIN_MILLIS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Request.class);
  private static final int ATTEMPTS = 20;

  /** What may fail for the store's reasons. */
  public interface Work {
    void run() throws StorageException, SealException, IOException;
  }

  public Request(Session session, int correlation, Account account) {
    this(session, correlation, account, null, 1);
  }

  /** The same, of a command that can be repeated under this id. */
  public Request of(UUID id) {
    return new Request(session, correlation, account, id, attempt);
  }

  /** The account that asks. */
  public long accountId() {
    return account.id();
  }

  public void answer(Reply reply) {
    session.answer(correlation, reply);
  }

  public void fail(Problem problem, String detail) {
    session.fail(correlation, problem, detail);
  }

  public void fail(Problem problem, String detail, long retryAfter) {
    session.fail(correlation, problem, detail, retryAfter);
  }

  /**
   * Fails, unless the command was carried out before: what was done is answered as it was then,
   * even if it could not be done any more.
   */
  public void failUnlessApplied(Problem problem, String detail) {
    failUnlessApplied(problem, detail, 0);
  }

  public void failUnlessApplied(Problem problem, String detail, long retryAfter) {
    if (id == null) {
      fail(problem, detail, retryAfter);
    } else {
      ifNotApplied(() -> fail(problem, detail, retryAfter));
    }
  }

  /** Answers if the command was carried out before; else goes on, on a reader's thread. */
  public void ifNotApplied(Work work) {
    UUID done = Objects.requireNonNull(id);
    read(() -> {
      Optional<Row> row =
          session.access().read((store, generation) -> store.find(account.id(), done));
      if (row.isPresent() && row.get() instanceof Row.Entry entry) {
        Envelope at = entry.envelope();
        answer(new Reply.Posted(done, at.stream(), at.number(), at.time()));
      } else {
        work.run();
      }
    });
  }

  /** Runs it on a reader's thread, after what this session asked for before. */
  public void read(Work work) {
    session.read(correlation, () -> run(work));
  }

  /** Runs it on this thread, and answers what fails. */
  public void run(Work work) {
    try {
      work.run();
    } catch (StorageException.Damaged e) {
      LOG.error("A read met damage: {}", e.getMessage());
      fail(Problem.INTERNAL, "the store is damaged here");
    } catch (StorageException e) {
      LOG.warn("A read failed: {}", e.getMessage());
      fail(Problem.UNAVAILABLE, "the store is away", AGAIN_MILLIS);
    } catch (SealException | IOException e) {
      LOG.error("What the store has can't be opened: {}", e.getMessage());
      fail(Problem.INTERNAL, "the store is damaged here");
    }
  }

  /** Begins anew, since what it relied on is not so any more. */
  void retry(Consumer<Request> command) {
    if (attempt == ATTEMPTS) {
      fail(Problem.BUSY, "too many others change the same", AGAIN_MILLIS);
    } else {
      command.accept(new Request(session, correlation, account, id, attempt + 1));
    }
  }

  /**
   * Writes cells and answers Done when they are on disk; begins anew if a condition did not hold.
   */
  public void write(
      List<Condition> conditions,
      List<CellWrite> cells,
      Runnable applied,
      Consumer<Request> again) {
    session
        .access()
        .journal()
        .submit(
            new Change(conditions, null, cells, List.of(), List.of()),
            new CommandCompletion(session, correlation) {
              @Override
              public void applied(long number, long time) {
                applied.run();
              }

              @Override
              public void done(long number, long time) {
                answer(new Reply.Done());
              }

              @Override
              public void refused(Outcome.Refused refused) {
                retry(again);
              }
            });
  }
}
