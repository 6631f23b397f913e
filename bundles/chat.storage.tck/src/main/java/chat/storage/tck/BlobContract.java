// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Outcome.Repeated;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Blobs: staged piece by piece, immutable once committed. */
interface BlobContract extends StoreContract {

  private static Change commitOf(UUID blob, long length) {
    return new Change(List.of(), null, List.of(), List.of(new BlobCommit(blob, length)), List.of());
  }

  private static UUID committed(Subject subject, byte[] content) throws StorageException {
    UUID blob = subject.staged(content);
    subject.done(commitOf(blob, content.length));
    return blob;
  }

  @Test
  default void piecesAddUp(Subject subject) throws Exception {
    UUID blob = subject.id();
    ChatStore store = subject.store();
    assertEquals(3, store.stage(blob, 0, new byte[] {1, 2, 3}));
    assertEquals(3, store.stage(blob, 3, new byte[0]));
    assertEquals(5, store.stage(blob, 3, new byte[] {4, 5}));

    assertEquals(5, store.length(blob));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, store.blob(blob, 0, 10));
    assertArrayEquals(new byte[] {3, 4}, store.blob(blob, 2, 2));
  }

  @Test
  default void aSmallerOffsetCutsBack(Subject subject) throws Exception {
    UUID blob = subject.staged(new byte[] {1, 2, 3, 4, 5});

    assertEquals(3, subject.store().stage(blob, 2, new byte[] {9}));
    assertArrayEquals(new byte[] {1, 2, 9}, subject.store().blob(blob, 0, 10));
    assertEquals(1, subject.store().stage(blob, 1, new byte[0]));
    assertEquals(1, subject.store().length(blob));
  }

  @Test
  default void aHoleOrTooLargeAPieceIsRefused(Subject subject) throws Exception {
    UUID blob = subject.staged(new byte[] {1, 2, 3});
    ChatStore store = subject.store();

    assertThrows(IllegalArgumentException.class, () -> store.stage(blob, 4, new byte[1]));
    assertThrows(IllegalArgumentException.class, () -> store.stage(blob, -1, new byte[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.stage(blob, 3, new byte[ChatStore.MAX_PIECE + 1]));
    assertThrows(IllegalArgumentException.class, () -> store.stage(subject.id(), 1, new byte[1]));
    assertThrows(
        IllegalArgumentException.class, () -> store.blob(blob, 0, ChatStore.MAX_PIECE + 1));
    assertThrows(IllegalArgumentException.class, () -> store.blob(blob, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> store.blob(blob, 0, -1));
    assertArrayEquals(new byte[] {1, 2, 3}, store.blob(blob, 0, 10));
  }

  @Test
  default void discardForgetsWhatIsStaged(Subject subject) throws Exception {
    UUID blob = subject.staged(new byte[] {1, 2, 3});

    subject.store().discard(blob);
    subject.store().discard(blob);

    assertEquals(0, subject.store().length(blob));
    assertEquals(0, subject.store().blob(blob, 0, 10).length);
    assertEquals(1, subject.store().stage(blob, 0, new byte[] {7}));
  }

  @Test
  default void aCommittedBlobStays(Subject subject) throws Exception {
    byte[] content = subject.bytes(100_000);
    UUID blob = committed(subject, content);

    ChatStore store = subject.crash();
    assertEquals(content.length, store.length(blob));
    assertArrayEquals(content, store.blob(blob, 0, ChatStore.MAX_PIECE));
    store.discard(blob);
    assertThrows(Fenced.class, () -> store.stage(blob, content.length, new byte[1]));
    assertThrows(Fenced.class, () -> store.stage(blob, 0, new byte[1]));
    assertArrayEquals(content, subject.reopen().blob(blob, 0, ChatStore.MAX_PIECE));
  }

  @Test
  default void rangesOfABlob(Subject subject) throws Exception {
    byte[] content = subject.bytes(5_000);
    UUID blob = committed(subject, content);
    ChatStore store = subject.store();

    assertArrayEquals(Arrays.copyOfRange(content, 0, 7), store.blob(blob, 0, 7));
    assertArrayEquals(Arrays.copyOfRange(content, 4_990, 5_000), store.blob(blob, 4_990, 100));
    assertEquals(0, store.blob(blob, 5_000, 10).length);
    assertEquals(0, store.blob(blob, 100, 0).length);
    assertEquals(0, store.blob(blob, Long.MAX_VALUE, 10).length);
    assertEquals(0, store.blob(subject.id(), 0, 10).length);
  }

  @Test
  default void aLargeBlobOfManyPieces(Subject subject) throws Exception {
    byte[] piece = subject.bytes(ChatStore.MAX_PIECE);
    UUID blob = subject.id();
    for (int i = 0; i < 4; i++) {
      subject.store().stage(blob, (long) i * piece.length, piece);
    }
    subject.done(commitOf(blob, 4L * piece.length));

    assertArrayEquals(piece, subject.store().blob(blob, 3L * piece.length, piece.length));
    assertEquals(4L * piece.length, subject.store().length(blob));
  }

  @Test
  default void anIncompleteBlobRefusesItsChange(Subject subject) throws Exception {
    UUID blob = subject.staged(new byte[] {1, 2, 3});
    UUID whole = subject.staged(new byte[] {4, 5});
    Change change =
        new Change(
            List.of(),
            subject.text(1),
            List.of(),
            List.of(new BlobCommit(whole, 2), new BlobCommit(blob, 4)),
            List.of());

    List<Outcome> outcomes =
        subject.commit(
            change,
            commitOf(blob, 2),
            commitOf(subject.id(), 1),
            commitOf(subject.id(), 0),
            Change.append(subject.text(1)));

    Refused incomplete = new Refused(Reason.BLOB_INCOMPLETE, -1);
    assertEquals(
        List.of(
            incomplete,
            incomplete,
            incomplete,
            incomplete,
            new Committed(1, subject.clock.millis())),
        outcomes);
    assertEquals(3, subject.store().stage(whole, 2, new byte[] {6}), "still staged");
    assertEquals(4, subject.store().stage(blob, 3, new byte[] {4}));
    subject.store().stage(whole, 2, new byte[0]);
    assertEquals(2, subject.done(change).number());
  }

  @Test
  default void anEmptyBlob(Subject subject) throws Exception {
    UUID blob = committed(subject, new byte[0]);

    assertEquals(0, subject.store().length(blob));
    assertEquals(0, subject.crash().blob(blob, 0, 10).length);
    assertThrows(Fenced.class, () -> subject.store().stage(blob, 0, new byte[1]));
  }

  @Test
  default void committingACommittedBlobAgainChangesNothing(Subject subject) throws Exception {
    byte[] content = subject.bytes(50);
    UUID blob = committed(subject, content);

    List<Outcome> outcomes = subject.commit(commitOf(blob, 50), commitOf(blob, 49));

    assertEquals(new Committed(0, subject.clock.millis()), outcomes.get(0));
    Expect.refused(Reason.BLOB_INCOMPLETE, outcomes.get(1));
    assertArrayEquals(content, subject.store().blob(blob, 0, 50));
  }

  private static Change dropOf(UUID... blobs) {
    return new Change(List.of(), null, List.of(), List.of(), List.of(), List.of(blobs));
  }

  @Test
  default void aDroppedBlobIsGone(Subject subject) throws Exception {
    byte[] content = subject.bytes(100_000);
    byte[] other = subject.bytes(100);
    UUID blob = committed(subject, content);
    UUID kept = committed(subject, other);

    subject.done(dropOf(blob));

    for (ChatStore store : List.of(subject.store(), subject.crash(), subject.reopen())) {
      assertEquals(0, subject.store().length(blob), store.description());
      assertEquals(0, subject.store().blob(blob, 0, 10).length);
      assertArrayEquals(other, subject.store().blob(kept, 0, 200));
      assertEquals(1, subject.store().blobs(new UUID(0, 0), 10).size());
    }
    subject.store().close();
    assertFalse(subject.fixture().holds(Arrays.copyOf(content, 16)));
    assertFalse(subject.fixture().holds(Arrays.copyOfRange(content, 99_000, 99_016)));
    assertTrue(subject.fixture().holds(Arrays.copyOf(other, 16)));
  }

  @Test
  default void theIdOfADroppedBlobIsFree(Subject subject) throws Exception {
    UUID blob = committed(subject, subject.bytes(70_000));
    subject.done(dropOf(blob));
    byte[] content = subject.bytes(30);

    assertEquals(10, subject.store().stage(blob, 0, Arrays.copyOf(content, 10)));
    subject.reopen();
    assertEquals(30, subject.store().stage(blob, 10, Arrays.copyOfRange(content, 10, 30)));
    subject.done(commitOf(blob, 30));

    assertArrayEquals(content, subject.crash().blob(blob, 0, 100));
    assertThrows(Fenced.class, () -> subject.store().stage(blob, 0, new byte[1]));
    subject.done(dropOf(blob));
    assertEquals(0, subject.reopen().length(blob));
  }

  @Test
  default void droppingWhatIsNotCommittedChangesNothing(Subject subject) throws Exception {
    UUID staged = subject.staged(new byte[] {1, 2, 3});

    subject.done(dropOf(staged, subject.id()));

    assertArrayEquals(new byte[] {1, 2, 3}, subject.store().blob(staged, 0, 10));
    assertEquals(4, subject.reopen().stage(staged, 3, new byte[] {4}));
  }

  @Test
  default void whatIsDroppedCanNotBeCommitted(Subject subject) throws Exception {
    byte[] content = subject.bytes(50);
    UUID blob = committed(subject, content);
    Change both =
        new Change(
            List.of(),
            null,
            List.of(),
            List.of(new BlobCommit(blob, 50)),
            List.of(),
            List.of(blob));

    Expect.refused(Reason.BLOB_INCOMPLETE, subject.one(both));
    assertArrayEquals(content, subject.store().blob(blob, 0, 50));

    List<Outcome> outcomes = subject.commit(dropOf(blob, blob), commitOf(blob, 50), dropOf(blob));
    assertEquals(new Committed(0, subject.clock.millis()), outcomes.get(0));
    Expect.refused(Reason.BLOB_INCOMPLETE, outcomes.get(1));
    assertEquals(0, subject.store().length(blob));
  }

  @Test
  default void aBlobIsDroppedInTheBatchThatCommitsIt(Subject subject) throws Exception {
    byte[] content = subject.bytes(50);
    UUID blob = subject.staged(content);

    subject.commit(commitOf(blob, 50), dropOf(blob));

    assertEquals(0, subject.store().length(blob));
    assertEquals(0, subject.crash().length(blob));
  }

  @Test
  default void aRefusedChangeDropsNothing(Subject subject) throws Exception {
    byte[] content = subject.bytes(50);
    UUID blob = committed(subject, content);

    Expect.refused(
        Reason.ABOUT_UNKNOWN,
        subject.one(
            new Change(
                List.of(), subject.about(1, 7), List.of(), List.of(), List.of(), List.of(blob))));

    assertArrayEquals(content, subject.reopen().blob(blob, 0, 50));
  }

  @Test
  default void aRepeatedChangeDoesNotMissItsBlob(Subject subject) throws Exception {
    UUID blob = subject.staged(subject.bytes(9));
    Change change =
        new Change(
            List.of(), subject.text(1), List.of(), List.of(new BlobCommit(blob, 9)), List.of());
    Committed first = subject.done(change);

    assertEquals(new Repeated(first.number(), first.time()), subject.one(change));
  }

  @Test
  default void stagedBytesOutliveACleanReopen(Subject subject) throws Exception {
    UUID blob = subject.staged(new byte[] {1, 2, 3});

    assertEquals(4, subject.reopen().stage(blob, 3, new byte[] {4}));
  }
}
