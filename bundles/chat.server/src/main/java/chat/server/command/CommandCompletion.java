// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.server.base.Refusal;
import chat.server.session.Responder;
import chat.server.store.Journal;
import chat.storage.Outcome;

/**
 * What follows from the store's word on a change that a session asked for. A repeat is answered
 * like the first time, and changes nothing in memory.
 */
public abstract class CommandCompletion implements Journal.Completion {
  private final Responder responder;

  public CommandCompletion(Responder responder) {
    this.responder = responder;
  }

  /** It is on disk since just now: what is in memory follows. */
  public void applied(long number, long time) {}

  /** It is on disk, with this number if it is an entry. */
  public abstract void done(long number, long time);

  /** A condition did not hold. */
  public void refused(Outcome.Refused refused) {
    responder.answer(Refusal.denied(Problem.NOT_ALLOWED, "not a member"));
  }

  /** Its author has used the id for something else. */
  public void idTaken() {
    responder.answer(idTakenBefore());
  }

  /** Why a command is not carried out whose id its author has used for something else. */
  public static Refusal idTakenBefore() {
    return Refusal.invalid(Problem.ID_TAKEN, "this id was used for something else");
  }

  @Override
  public final void decided(Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(long number, long time) -> {
        applied(number, time);
        done(number, time);
      }
      case Outcome.Repeated(long number, long time) -> done(number, time);
      case Outcome.Refused refused -> {
        switch (refused.reason()) {
          case CONDITION -> refused(refused);
          case ID_TAKEN -> idTaken();
          case BLOB_INCOMPLETE ->
              responder.answer(
                  Refusal.denied(Problem.FILE_UNKNOWN, "the file is not there; send it again"));
          case ABOUT_UNKNOWN ->
              responder.answer(Refusal.denied(Problem.ENTRY_UNKNOWN, "there is no such entry"));
        }
      }
    }
  }

  @Override
  public void dropped() {
    responder.answer(Refusal.faulty("the store can't take this"));
  }

  /**
   * Nothing is answered: the server leaves, and its successor tells the client that it restarted,
   * which asks again under the same id. An answer now could be a second one.
   */
  @Override
  public final void undecided() {}
}
