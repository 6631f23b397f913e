// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.EntryPresent;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Row;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conditions are decided in the transaction; a refusal touches nothing and nobody. */
interface ConditionContract extends StoreContract {
  CellKey ANN = new CellKey("member", "ann");
  CellKey BOB = new CellKey("member", "bob");

  private static Change write(CellKey key, Change.Condition... conditions) {
    return Change.write(List.of(conditions), new CellWrite(key, new byte[] {1}));
  }

  @Test
  default void cellVersionWantsJustThatVersion(Subject subject) throws Exception {
    Expect.conditionFailed(0, subject.one(write(ANN, new CellVersion(ANN, 1))));
    subject.done(write(ANN, new CellVersion(ANN, 0)));
    Expect.conditionFailed(0, subject.one(write(ANN, new CellVersion(ANN, 0))));
    subject.done(write(ANN, new CellVersion(ANN, 1)));
    Expect.conditionFailed(0, subject.one(write(ANN, new CellVersion(ANN, 1))));
    Expect.conditionFailed(0, subject.one(write(ANN, new CellVersion(ANN, 3))));
    assertEquals(2, subject.store().cell(ANN).orElseThrow().version());
  }

  @Test
  default void cellPresentWantsAnyVersion(Subject subject) throws Exception {
    Expect.conditionFailed(0, subject.one(write(BOB, new CellPresent(ANN))));
    subject.done(write(ANN));
    subject.done(write(BOB, new CellPresent(ANN)));
    subject.done(write(ANN));
    subject.done(write(BOB, new CellPresent(ANN)));
    subject.done(Change.write(List.of(), new CellWrite(ANN, null)));
    Expect.conditionFailed(0, subject.one(write(BOB, new CellPresent(ANN))));
  }

  @Test
  default void entryPresentWantsStreamAuthorAndId(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    EntryPresent there = new EntryPresent(1, entry.author(), entry.id());
    Expect.conditionFailed(0, subject.one(write(ANN, there)));
    subject.done(Change.append(entry));

    subject.done(write(ANN, there));
    Expect.conditionFailed(
        0, subject.one(write(ANN, new EntryPresent(2, entry.author(), entry.id()))));
    Expect.conditionFailed(
        0, subject.one(write(ANN, new EntryPresent(1, entry.author() + 1, entry.id()))));
    Expect.conditionFailed(
        0, subject.one(write(ANN, new EntryPresent(1, entry.author(), subject.id()))));

    subject.done(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 1))));
    subject.done(write(ANN, there));
  }

  @Test
  default void theFirstConditionThatFailsIsNamed(Subject subject) throws Exception {
    subject.done(write(ANN));
    CellPresent yes = new CellPresent(ANN);
    CellPresent no = new CellPresent(BOB);

    Expect.conditionFailed(2, subject.one(write(BOB, yes, yes, no, yes)));
    Expect.conditionFailed(1, subject.one(write(BOB, yes, no, no)));
    subject.done(write(BOB, yes, yes, yes));
  }

  @Test
  default void aChangeSeesThoseBeforeItInTheBatch(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    List<Outcome> outcomes =
        subject.commit(
            write(ANN, new CellVersion(ANN, 0)),
            write(ANN, new CellVersion(ANN, 0)),
            write(BOB, new CellVersion(ANN, 1)),
            Change.write(List.of(new CellPresent(BOB)), new CellWrite(ANN, null)),
            write(BOB, new CellPresent(ANN)),
            Change.append(entry),
            Change.append(subject.text(1), new EntryPresent(1, entry.author(), entry.id())));

    long time = subject.clock.millis();
    assertEquals(
        List.of(
            new Committed(0, time),
            new Outcome.Refused(Reason.CONDITION, 0),
            new Committed(0, time),
            new Committed(0, time),
            new Outcome.Refused(Reason.CONDITION, 0),
            new Committed(1, time),
            new Committed(2, time)),
        outcomes);
  }

  @Test
  default void aRefusedChangeIsNotSeenByThoseAfterIt(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    List<Outcome> outcomes =
        subject.commit(
            Change.append(entry, new CellPresent(ANN)),
            Change.append(subject.text(1), new EntryPresent(1, entry.author(), entry.id())),
            Change.append(subject.text(1)));

    Expect.conditionFailed(0, outcomes.get(0));
    Expect.conditionFailed(0, outcomes.get(1));
    assertEquals(new Committed(1, subject.clock.millis()), outcomes.get(2));
  }

  @Test
  default void aRefusalLeavesNoTraceAndItsNeighboursLive(Subject subject) throws Exception {
    subject.fill(1, 1);
    UUID blob = subject.staged(subject.bytes(10));
    NewEntry refused = subject.text(1);
    NewEntry before = subject.text(1);
    NewEntry after = subject.text(1);
    Change poor =
        new Change(
            List.of(new CellPresent(BOB)),
            refused,
            List.of(new CellWrite(ANN, new byte[] {1})),
            List.of(new BlobCommit(blob, 10)),
            List.of(new Erasure(1, 1)));

    List<Outcome> outcomes = subject.commit(Change.append(before), poor, Change.append(after));

    long time = subject.clock.millis();
    assertEquals(
        List.of(
            new Committed(2, time),
            new Outcome.Refused(Reason.CONDITION, 0),
            new Committed(3, time)),
        outcomes);
    List<Row> rows = subject.reopen().after(1, 0, 10);
    assertEquals(List.of(1L, 2L, 3L), Expect.numbers(rows));
    assertNotNull(assertInstanceOf(Row.Entry.class, rows.getFirst()).body());
    Expect.entry(before, 2, rows.get(1));
    Expect.entry(after, 3, rows.get(2));
    assertEquals(Optional.empty(), subject.store().find(refused.author(), refused.id()));
    assertEquals(Optional.empty(), subject.store().cell(ANN));
    assertEquals(11, subject.store().stage(blob, 10, new byte[1]), "the blob is still staged");
  }

  @Test
  default void aBatchOfRefusalsChangesNothing(Subject subject) throws Exception {
    List<Outcome> outcomes =
        subject.commit(
            Change.append(subject.text(1), new CellPresent(ANN)), write(BOB, new CellPresent(ANN)));

    Expect.conditionFailed(0, outcomes.get(0));
    Expect.conditionFailed(0, outcomes.get(1));
    assertEquals(StreamState.EMPTY, subject.store().stream(1));
    assertEquals(0, subject.store().count("member"));
  }
}
