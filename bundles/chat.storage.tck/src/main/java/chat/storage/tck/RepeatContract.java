// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Repeated;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same again gets the same answer; the same id with other content is refused. */
interface RepeatContract extends StoreContract {
  CellKey MARK = new CellKey("mark", "ann");

  @Test
  default void theSameAgainGetsTheSameAnswer(Subject subject) throws Exception {
    subject.fill(1, 2);
    NewEntry entry = subject.text(1);
    Committed first = subject.done(Change.append(entry));
    Repeated again = new Repeated(first.number(), first.time());
    subject.clock.turn(10_000);
    subject.fill(1, 2);

    assertEquals(again, subject.one(Change.append(entry)));
    subject.reopen();
    assertEquals(again, subject.one(Change.append(entry)));
    subject.crash();
    assertEquals(again, subject.one(Change.append(entry)));
    assertEquals(5, subject.store().stream(1).head());
  }

  @Test
  default void theSameTwiceInOneBatch(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    long time = subject.clock.millis();

    List<Outcome> outcomes =
        subject.commit(Change.append(entry), Change.append(entry), Change.append(subject.text(1)));

    assertEquals(
        List.of(new Committed(1, time), new Repeated(1, time), new Committed(2, time)), outcomes);
  }

  @Test
  default void aRepeatIsToldByStreamKindAndHash(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    subject.done(Change.append(entry));

    Expect.refused(
        Reason.ID_TAKEN, subject.one(Change.append(with(entry, 2, entry.kind(), entry.hash()))));
    Expect.refused(
        Reason.ID_TAKEN,
        subject.one(Change.append(with(entry, 1, entry.kind() + 1, entry.hash()))));
    Expect.refused(
        Reason.ID_TAKEN,
        subject.one(Change.append(with(entry, 1, entry.kind(), entry.hash() + 1))));

    // Sealing the same text again gives other bytes, so the body itself says nothing.
    NewEntry sealedAgain =
        new NewEntry(
            1, entry.id(), entry.kind(), entry.author(), entry.length(), entry.hash(), new byte[9]);
    assertEquals(new Repeated(1, subject.clock.millis()), subject.one(Change.append(sealedAgain)));
    assertEquals(1, subject.store().stream(1).head());
    assertEquals(0, subject.store().stream(2).head());
    Expect.entry(entry, 1, subject.store().after(1, 0, 1).getFirst());
  }

  private static NewEntry with(NewEntry entry, long stream, int kind, long hash) {
    return new NewEntry(
        stream, entry.id(), kind, entry.author(), entry.length(), hash, entry.body());
  }

  @Test
  default void anIdBelongsToItsAuthor(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    subject.done(Change.append(entry));
    NewEntry other =
        new NewEntry(1, entry.id(), entry.kind(), 8, entry.length(), entry.hash(), entry.body());

    assertEquals(2, subject.done(Change.append(other)).number());
  }

  @Test
  default void aRepeatIsDecidedBeforeTheConditions(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    Change change =
        new Change(
            List.of(new CellVersion(MARK, 0)),
            entry,
            List.of(new CellWrite(MARK, new byte[] {1})),
            List.of(),
            List.of());
    long time = subject.done(change).time();

    assertEquals(new Repeated(1, time), subject.one(change));
    Expect.refused(
        Reason.ID_TAKEN,
        subject.one(
            Change.append(with(entry, 1, 99, 0), new CellPresent(new CellKey("no", "such")))));
  }

  @Test
  default void aRepeatIsNotAppliedAgain(Subject subject) throws Exception {
    subject.fill(1, 1);
    Change change =
        new Change(
            List.of(),
            subject.text(1),
            List.of(new CellWrite(MARK, new byte[] {1})),
            List.of(),
            List.of());
    subject.done(change);

    subject.one(change);

    assertEquals(1, subject.store().cell(MARK).map(Cell::version).orElseThrow());
    assertEquals(2, subject.store().stream(1).head());
  }

  @Test
  default void aRefusedIdIsStillFree(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    Expect.conditionFailed(0, subject.one(Change.append(entry, new CellPresent(MARK))));

    assertEquals(1, subject.done(Change.append(entry)).number());
  }
}
