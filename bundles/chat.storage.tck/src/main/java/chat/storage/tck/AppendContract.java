// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.Digest;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Row;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers, times, digests, and entries that come back as they were given. */
interface AppendContract extends StoreContract {

  @Test
  default void numbersCountFromOneWithoutGaps(Subject subject) throws Exception {
    for (int n = 1; n <= 5; n++) {
      assertEquals(n, subject.done(Change.append(subject.text(1))).number());
    }
    List<Outcome> batch =
        subject.commit(Change.append(subject.text(1)), Change.append(subject.text(1)));
    assertEquals(
        List.of(new Committed(6, subject.clock.millis()), new Committed(7, subject.clock.millis())),
        batch);
    assertEquals(1, subject.store().stream(1).first());
    assertEquals(7, subject.store().stream(1).head());
  }

  @Test
  default void streamsAreNumberedApart(Subject subject) throws Exception {
    List<Long> streams = List.of(1L, 2L, Long.MAX_VALUE, 0L, -1L, Long.MIN_VALUE);
    for (int n = 1; n <= 3; n++) {
      List<Change> changes = new ArrayList<>();
      List<Outcome> expected = new ArrayList<>();
      for (long stream : streams) {
        changes.add(Change.append(subject.text(stream)));
        expected.add(new Committed(n, subject.clock.millis()));
      }
      assertEquals(expected, subject.commit(changes.toArray(Change[]::new)));
    }
    for (long stream : streams) {
      assertEquals(List.of(1L, 2L, 3L), Expect.numbers(subject.store().after(stream, 0, 10)));
    }
    assertEquals(StreamState.EMPTY, subject.store().stream(3));
  }

  @Test
  default void anEmptyBatchIsFine(Subject subject) throws Exception {
    assertEquals(List.of(), subject.commit());
  }

  @Test
  default void entriesComeBackAsTheyWereGiven(Subject subject) throws Exception {
    List<NewEntry> entries =
        List.of(
            subject.entry(1, 0, new byte[0]),
            subject.entry(1, Integer.MIN_VALUE, subject.bytes(1)),
            subject.entry(1, Integer.MAX_VALUE, subject.bytes(300_000)),
            new NewEntry(
                1, new java.util.UUID(-1, -1), 3, Long.MIN_VALUE, -1, Long.MIN_VALUE, new byte[3]),
            new NewEntry(
                1, new java.util.UUID(0, 0), 3, Long.MAX_VALUE, 5, Long.MAX_VALUE, new byte[2]));
    subject.commit(entries.stream().map(entry -> Change.append(entry)).toArray(Change[]::new));

    List<Row> rows = subject.store().after(1, 0, 10);
    for (int i = 0; i < entries.size(); i++) {
      Expect.entry(entries.get(i), i + 1, rows.get(i));
    }
    assertEquals(entries.size(), rows.size());
  }

  @Test
  default void aBodyIsCopiedWhenItIsCommitted(Subject subject) throws Exception {
    NewEntry entry = subject.text(1);
    byte[] body = entry.body().clone();
    subject.done(Change.append(entry));

    entry.body()[0] ^= 1;

    Row.Entry read = (Row.Entry) subject.store().after(1, 0, 1).getFirst();
    assertArrayEquals(body, read.body());
  }

  @Test
  default void timeIsTheClocksAtCommit(Subject subject) throws Exception {
    assertEquals(subject.clock.millis(), subject.done(Change.append(subject.text(1))).time());
    subject.clock.turn(1_234);
    assertEquals(subject.clock.millis(), subject.done(Change.append(subject.text(1))).time());
    Row.Entry second = (Row.Entry) subject.store().after(1, 1, 1).getFirst();
    assertEquals(subject.clock.millis(), second.envelope().time());
  }

  @Test
  default void timeNeverRunsBackWithinAStream(Subject subject) throws Exception {
    long late = subject.done(Change.append(subject.text(1))).time();
    subject.clock.turn(-60_000);

    assertEquals(late, subject.done(Change.append(subject.text(1))).time());
    assertEquals(late - 60_000, subject.done(Change.append(subject.text(2))).time());
    subject.reopen();
    assertEquals(late, subject.done(Change.append(subject.text(1))).time());
    subject.crash();
    assertEquals(late, subject.done(Change.append(subject.text(1))).time());
    subject.clock.turn(60_001);
    assertEquals(late + 1, subject.done(Change.append(subject.text(1))).time());
  }

  @Test
  default void aClockThatWasFarAheadOnceDoesNotFreezeTheTimesThatFollow(Subject subject)
      throws Exception {
    long day = 86_400_000;
    subject.clock.turn(400 * day);
    long wrong = subject.done(Change.append(subject.text(1))).time();
    subject.clock.turn(-400 * day);

    assertEquals(wrong - 400 * day, subject.done(Change.append(subject.text(1))).time());
    subject.clock.turn(1);
    assertEquals(wrong - 400 * day + 1, subject.done(Change.append(subject.text(1))).time());
  }

  @Test
  default void aChangeWithoutAnEntryHasNumberZeroAndATime(Subject subject) throws Exception {
    assertEquals(new Committed(0, subject.clock.millis()), subject.one(Change.write(List.of())));
  }

  @Test
  default void theDigestRollsOverTheEnvelopes(Subject subject) throws Exception {
    List<NewEntry> entries = new ArrayList<>(subject.fill(1, 3));
    subject.clock.turn(5);
    subject.fill(2, 2);
    entries.addAll(subject.fill(1, 2));

    Digest digest = Digest.ZERO;
    List<Row> rows = subject.store().after(1, 0, 10);
    for (int i = 0; i < entries.size(); i++) {
      digest = digest.with(Expect.entry(entries.get(i), i + 1, rows.get(i)));
    }
    StreamState expected = new StreamState(1, 5, digest);
    assertEquals(expected, subject.store().stream(1));
    assertEquals(expected, subject.reopen().stream(1));
    assertEquals(expected, subject.crash().stream(1));
  }
}
