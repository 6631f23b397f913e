// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The store under test with its data and clock. {@link #store()} is opened and activated when it is
 * first asked for; ids and bodies come from a generator with a fixed seed.
 */
public final class Subject implements AutoCloseable {
  static final int TEXT = 1;
  static final long AUTHOR = 7;

  final TestClock clock = new TestClock();
  final UUID storeId = new UUID(1, 2);

  private final StoreContract contract;
  private final StoreFixture fixture;
  private final List<StoreFixture> others = new ArrayList<>();
  private final Random random = new Random(20260101);
  private final List<ChatStore> opened = new ArrayList<>();
  private ChatStore current;
  private long generation;

  @SuppressWarnings("NullAway.Init")
  Subject(StoreContract contract) throws Exception {
    this.contract = contract;
    fixture = contract.newFixture(clock);
  }

  StoreFixture fixture() {
    return fixture;
  }

  /** Data of another store, that nobody has activated yet. */
  StoreFixture another() throws Exception {
    StoreFixture another = contract.newFixture(clock);
    others.add(another);
    return another;
  }

  /** One object on the data of another store. */
  ChatStore open(StoreFixture another) throws StorageException {
    ChatStore store = another.open();
    opened.add(store);
    return store;
  }

  /** One more object on the same data, not activated. */
  ChatStore open() throws StorageException {
    return open(fixture);
  }

  /** The active object. */
  ChatStore store() throws StorageException {
    if (generation == 0) {
      takeOver();
    }
    return current;
  }

  long generation() {
    return generation;
  }

  /** Opens another object and makes it the active one; the one before stays open. */
  ChatStore takeOver() throws StorageException {
    current = open();
    current.activate(storeId, ++generation);
    return current;
  }

  /** Closes the active object and opens the data again with another one. */
  ChatStore reopen() throws StorageException {
    store().close();
    return takeOver();
  }

  /** Abandons the active object and opens what is left with another one. */
  ChatStore crash() throws Exception {
    store();
    fixture.crash();
    return takeOver();
  }

  /** Closes the store, damages its data and opens it again. */
  ChatStore damaged(Damage damage) throws Exception {
    assumeTrue(
        fixture.damages().contains(damage.getClass()),
        () -> "this store can't have " + damage.getClass().getSimpleName());
    store().close();
    fixture.inflict(damage);
    return takeOver();
  }

  List<Outcome> commit(Change... changes) throws StorageException {
    List<Outcome> outcomes = store().commit(generation, List.of(changes));
    assertEquals(changes.length, outcomes.size(), "one outcome for each change");
    return outcomes;
  }

  Outcome one(Change change) throws StorageException {
    return commit(change).getFirst();
  }

  /** Commits a change that must go through. */
  Committed done(Change change) throws StorageException {
    return assertInstanceOf(Committed.class, one(change));
  }

  /** Fills a stream with as many texts. */
  List<NewEntry> fill(long stream, int count) throws StorageException {
    List<NewEntry> entries = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NewEntry entry = text(stream);
      entries.add(entry);
      changes.add(Change.append(entry));
    }
    commit(changes.toArray(Change[]::new));
    return entries;
  }

  UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  NewEntry text(long stream) {
    return entry(stream, TEXT, bytes(24));
  }

  NewEntry entry(long stream, int kind, byte[] body) {
    return new NewEntry(
        stream, id(), kind, AUTHOR, body.length, ByteBuffer.wrap(bytes(8)).getLong(), body);
  }

  /** An entry about another one of its stream. */
  NewEntry about(long stream, long number) {
    return about(text(stream), number);
  }

  /** The same, but about another one. */
  static NewEntry about(NewEntry entry, long number) {
    return new NewEntry(
        entry.stream(),
        entry.id(),
        entry.kind(),
        entry.author(),
        entry.length(),
        entry.hash(),
        entry.body(),
        number,
        entry.tokens());
  }

  /** An entry that is found by these tokens. */
  NewEntry tagged(long stream, List<Long> tokens) {
    NewEntry text = text(stream);
    return new NewEntry(
        stream,
        text.id(),
        text.kind(),
        text.author(),
        text.length(),
        text.hash(),
        text.body(),
        0,
        tokens);
  }

  /** Stages a blob whole. */
  UUID staged(byte[] content) throws StorageException {
    UUID blob = id();
    assertEquals(content.length, store().stage(blob, 0, content));
    return blob;
  }

  @Override
  public void close() throws Exception {
    try {
      opened.forEach(ChatStore::close);
    } finally {
      for (StoreFixture another : others) {
        another.close();
      }
      fixture.close();
    }
  }
}
