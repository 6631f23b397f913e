// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.room.Account;
import chat.server.session.Responder;
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
import org.jspecify.annotations.Nullable;

/**
 * One command of somebody who is logged in, on its way to its one reply.
 *
 * @param id of the command, if it is one that can be repeated
 * @param attempt how often it was begun; a change that met a newer state than it relied on begins
 *     anew
 */
public record Request(
    Session session, int correlation, Account account, @Nullable UUID id, int attempt)
    implements Responder {
  private static final int ATTEMPTS = 20;

  /** A command from its beginning, for another attempt. */
  public interface Retry {
    void run(Request retried) throws Refusal, StorageException, SealException, IOException;
  }

  public Request(Session session, int correlation, Account account, @Nullable UUID id) {
    this(session, correlation, account, id, 1);
  }

  /** The same, of a command that can be repeated under this id. */
  public Request of(UUID id) {
    return new Request(session, correlation, account, id, attempt);
  }

  /** The account that asks. */
  public long accountId() {
    return account.id();
  }

  @Override
  public void refuse(Refusal refusal) {
    switch (refusal) {
      case Refusal.Denied denied when id != null ->
          ifNotApplied(() -> {
            throw denied;
          });
      case Refusal.Denied _, Refusal.Invalid _, Refusal.Postponed _, Refusal.Faulty _ ->
          answer(refusal);
    }
  }

  /**
   * Answers as then if the command was carried out before; else goes on, on a reader's thread. From
   * there on a refusal is final.
   */
  public void ifNotApplied(Work work) {
    UUID done = Objects.requireNonNull(id);
    read(() -> {
      Optional<Reply> before = applied(done);
      if (before.isPresent()) {
        answer(before.get());
      } else {
        runNew(done, work);
      }
    });
  }

  private Optional<Reply> applied(UUID done) throws StorageException {
    Optional<Row> row =
        session.access().read((store, generation) -> store.find(account.id(), done));
    if (row.isPresent() && row.get() instanceof Row.Entry entry) {
      Envelope at = entry.envelope();
      return Optional.of(new Reply.Posted(done, at.stream(), at.number(), at.time()));
    }
    return Optional.empty();
  }

  private void runNew(UUID done, Work work) throws StorageException, SealException, IOException {
    try {
      work.run();
    } catch (Refusal e) {
      // What stands in the way may be the same command, said twice and carried out just now.
      Optional<Reply> since = applied(done);
      if (since.isPresent()) {
        answer(since.get());
      } else {
        answer(e);
      }
    }
  }

  /** Begins anew, since what it relied on is not so any more. */
  void retry(Retry command) {
    Request next = new Request(session, correlation, account, id, attempt + 1);
    run(() -> {
      if (attempt == ATTEMPTS) {
        throw Refusal.postponed(Problem.BUSY, "too many others change the same", AWAY_MILLIS);
      }
      command.run(next);
    });
  }

  /**
   * Writes cells and answers Done when they are on disk; begins anew if a condition did not hold.
   */
  public void write(
      List<Condition> conditions, List<CellWrite> cells, Runnable applied, Retry again) {
    session
        .access()
        .journal()
        .submit(
            new Change(conditions, null, cells, List.of(), List.of()),
            new CommandCompletion(this) {
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
