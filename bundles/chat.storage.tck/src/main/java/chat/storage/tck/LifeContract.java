// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Opened, active, fenced, retired, closed. */
interface LifeContract extends StoreContract {
  Successor NEXT = new Successor(new UUID(3, 4), 9);

  private static void readEverything(ChatStore store, UUID id) throws StorageException {
    store.state();
    store.stream(1);
    store.after(1, 0, ChatStore.MAX_ROWS);
    store.before(1, Long.MAX_VALUE, ChatStore.MAX_ROWS);
    store.before(1, Subject.TEXT, Long.MAX_VALUE, ChatStore.MAX_ROWS);
    store.find(Subject.AUTHOR, id);
    store.cell(new CellKey("account", "ann"));
    store.cells("account", "", ChatStore.MAX_ROWS);
    store.count("account");
    store.streams(0, ChatStore.MAX_ROWS);
    store.cells(new CellKey("", ""), ChatStore.MAX_ROWS);
    store.blobs(new UUID(0, 0), ChatStore.MAX_ROWS);
    store.length(id);
    store.blob(id, 0, 10);
  }

  @Test
  default void aNewStoreHoldsNothing(Subject subject) throws Exception {
    ChatStore store = subject.open();

    assertEquals(Optional.empty(), store.state());
    assertEquals(StreamState.EMPTY, store.stream(1));
    assertEquals(List.of(), store.after(1, 0, 10));
    assertEquals(List.of(), store.before(1, Long.MAX_VALUE, 10));
    assertEquals(List.of(), store.before(1, Subject.TEXT, Long.MAX_VALUE, 10));
    assertEquals(Optional.empty(), store.find(1, subject.id()));
    assertEquals(Optional.empty(), store.cell(new CellKey("account", "ann")));
    assertEquals(List.of(), store.cells("account", "", 10));
    assertEquals(0, store.count("account"));
    assertEquals(List.of(), store.streams(0, 10));
    assertEquals(List.of(), store.cells(new CellKey("", ""), 10));
    assertEquals(List.of(), store.blobs(new UUID(0, 0), 10));
    assertEquals(0, store.length(subject.id()));
    assertEquals(0, store.blob(subject.id(), 0, 10).length);
  }

  @Test
  default void aStoreSaysWhatItIs(Subject subject) throws Exception {
    ChatStore store = subject.open();

    assertFalse(store.description().isBlank());
    assertTrue(store.readers() >= 1);
    int before = store.readers();
    subject.store();
    assertEquals(before, store.readers());
  }

  @Test
  default void openingANewStoreChangesNothing(Subject subject) throws Exception {
    Object before = subject.fixture().snapshot();

    ChatStore store = subject.open();
    readEverything(store, subject.id());
    store.close();

    assertEquals(before, subject.fixture().snapshot());
    assertEquals(Optional.empty(), subject.open().state());
  }

  @Test
  default void openingAnExistingStoreChangesNothing(Subject subject) throws Exception {
    subject.fill(1, 5);
    subject.store().close();
    Object before = subject.fixture().snapshot();

    ChatStore store = subject.open();
    readEverything(store, subject.id());
    store.close();

    assertEquals(before, subject.fixture().snapshot());
  }

  @Test
  default void anOpenedStoreReadsBesideTheActiveOne(Subject subject) throws Exception {
    ChatStore beside = subject.open();
    Change.NewEntry entry = subject.fill(1, 1).getFirst();

    Expect.entry(entry, 1, beside.after(1, 0, 10).getFirst());
    assertEquals(subject.store().state(), beside.state());
  }

  @Test
  default void activationIsDurable(Subject subject) throws Exception {
    StoreState first = new StoreState(subject.storeId, 1, new Active());
    assertEquals(Optional.of(first), subject.store().state());

    subject.fixture().crash();
    assertEquals(Optional.of(first), subject.open().state());

    subject.reopen();
    StoreState second = new StoreState(subject.storeId, 2, new Active());
    assertEquals(Optional.of(second), subject.open().state());
  }

  @Test
  default void activationWantsTheSameIdAndALaterGeneration(Subject subject) throws Exception {
    subject.store();
    subject.reopen();
    ChatStore store = subject.open();

    assertThrows(Fenced.class, () -> store.activate(subject.id(), 3));
    assertThrows(Fenced.class, () -> store.activate(subject.storeId, 2));
    assertThrows(Fenced.class, () -> store.activate(subject.storeId, 1));
    assertEquals(
        Optional.of(new StoreState(subject.storeId, 2, new Active())), subject.open().state());

    store.activate(subject.storeId, 30);
    assertEquals(
        Optional.of(new StoreState(subject.storeId, 30, new Active())), subject.open().state());
  }

  @Test
  default void aFailedActivationLeavesTheActiveOneAtWork(Subject subject) throws Exception {
    ChatStore active = subject.store();

    assertThrows(Fenced.class, () -> subject.open().activate(subject.id(), 5));

    active.commit(1, List.of(Change.append(subject.text(1))));
    assertEquals(1, active.stream(1).head());
  }

  @Test
  default void commitWantsTheGenerationOfTheStore(Subject subject) throws Exception {
    List<Change> changes = List.of(Change.append(subject.text(1)));
    ChatStore never = subject.open();
    assertThrows(Fenced.class, () -> never.commit(1, changes));

    subject.store();
    ChatStore store = subject.reopen();
    assertThrows(Fenced.class, () -> store.commit(1, changes));
    assertThrows(Fenced.class, () -> store.commit(3, changes));
    assertEquals(StreamState.EMPTY, store.stream(1));

    store.commit(2, changes);
    assertEquals(1, store.stream(1).head());
  }

  @Test
  default void onlyTheObjectThatWasActivatedWrites(Subject subject) throws Exception {
    subject.store();
    ChatStore beside = subject.open();

    assertThrows(Fenced.class, () -> beside.commit(1, List.of(Change.append(subject.text(1)))));
    assertThrows(Fenced.class, () -> beside.stage(subject.id(), 0, new byte[1]));
    assertEquals(StreamState.EMPTY, subject.store().stream(1));
  }

  @Test
  default void theNextGenerationFencesTheObjectBefore(Subject subject) throws Exception {
    ChatStore old = subject.store();
    subject.fill(1, 3);

    ChatStore next = subject.takeOver();

    List<Change> changes = List.of(Change.append(subject.text(1)));
    assertThrows(Fenced.class, () -> old.commit(1, changes));
    assertThrows(Fenced.class, () -> old.commit(2, changes));
    assertThrows(Fenced.class, () -> old.retire(NEXT));
    assertThrows(Fenced.class, () -> old.stage(subject.id(), 0, new byte[1]));
    assertEquals(3, next.stream(1).head());
    subject.fill(1, 2);
    old.close();
    subject.fill(1, 2);
    assertEquals(7, next.stream(1).head());
  }

  @Test
  default void thePreviousObjectCanTakeOverAgain(Subject subject) throws Exception {
    ChatStore old = subject.store();
    subject.fill(1, 3);
    subject.takeOver();
    subject.fill(1, 3);

    old.activate(subject.storeId, 3);
    old.commit(3, List.of(Change.append(subject.text(1))));

    assertEquals(7, old.stream(1).head());
    assertThrows(Fenced.class, () -> subject.fill(1, 1));
  }

  @Test
  default void aRetiredStoreIsReadOnly(Subject subject) throws Exception {
    Change.NewEntry entry = subject.fill(1, 1).getFirst();
    ChatStore store = subject.store();
    ChatStore beside = subject.open();
    Optional<StoreState> retired =
        Optional.of(new StoreState(subject.storeId, 1, new Retired(NEXT)));

    store.retire(NEXT);

    assertEquals(retired, store.state());
    assertEquals(retired, beside.state());
    List<Change> changes = List.of(Change.append(subject.text(1)));
    assertThrows(Fenced.class, () -> store.commit(1, changes));
    assertThrows(Fenced.class, () -> beside.commit(1, changes));
    assertThrows(Fenced.class, () -> store.stage(subject.id(), 0, new byte[1]));
    assertThrows(Fenced.class, () -> beside.activate(subject.storeId, 2));
    assertThrows(Fenced.class, () -> store.activate(subject.storeId, 2));

    subject.fixture().crash();
    ChatStore after = subject.open();
    assertEquals(retired, after.state());
    assertThrows(Fenced.class, () -> after.activate(subject.storeId, 3));
    Expect.entry(entry, 1, after.after(1, 0, 10).getFirst());
    assertEquals(1, after.stream(1).head());
  }

  @Test
  default void aStoreIsRetiredOnce(Subject subject) throws Exception {
    subject.store().retire(NEXT);

    subject.store().retire(NEXT);
    assertThrows(Fenced.class, () -> subject.store().retire(new Successor(new UUID(5, 6), 10)));

    assertEquals(
        Optional.of(new StoreState(subject.storeId, 1, new Retired(NEXT))),
        subject.store().state());
  }

  @Test
  default void anOpenedStoreCanBeRetired(Subject subject) throws Exception {
    subject.store().close();

    subject.open().retire(NEXT);

    assertEquals(
        Optional.of(new StoreState(subject.storeId, 1, new Retired(NEXT))), subject.open().state());
  }

  @Test
  default void aStoreWithoutDataCanNotBeRetired(Subject subject) throws Exception {
    ChatStore store = subject.open();

    assertThrows(Fenced.class, () -> store.retire(NEXT));

    assertEquals(Optional.empty(), subject.open().state());
  }

  @Test
  default void closingChangesNoStateAndTwiceIsFine(Subject subject) throws Exception {
    ChatStore store = subject.store();
    subject.fill(1, 3);
    store.close();
    store.close();

    assertThrows(Unavailable.class, store::state);
    assertThrows(Unavailable.class, () -> store.after(1, 0, 10));
    assertThrows(Unavailable.class, () -> store.commit(1, List.of()));
    assertEquals(
        Optional.of(new StoreState(subject.storeId, 1, new Active())), subject.open().state());
  }
}
