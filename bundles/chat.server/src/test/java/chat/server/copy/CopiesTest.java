// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.Copy;
import chat.operations.CopyState;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.server.StoreCandidates;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.server.store.StoreExchange;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StoreState;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Copies while others write, interrupted in every way, there and back. */
@Timeout(60)
class CopiesTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final SecretKey MASTER = new SecretKeySpec(new byte[32], "AES");
  private static final CellKey COUNTER = new CellKey("counter", "one");

  @TempDir Path folder;

  private final MemoryDisk firstDisk = new MemoryDisk();
  private final MemoryDisk secondDisk = new MemoryDisk();
  private final ChatStore first = new MemoryChatStore(firstDisk, InstantSource.system());
  private final ChatStore second = new MemoryChatStore(secondDisk, InstantSource.system());
  private final Queue<String> audited = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(7);
  private final AtomicReference<Throwable> fault = new AtomicReference<>();
  private ActiveStore active;
  private CopyJobs copyJobs;
  private final Deque<UUID> files = new ArrayDeque<>();
  private volatile boolean writing = true;
  private Thread writer;

  @BeforeEach
  void open() throws StorageException, InterruptedException {
    active = server("first");
    active.offer(StoreCandidates.of(first, "first"));
    active.offer(StoreCandidates.of(second, "second"));
    active.read(SOON, (store, generation) -> store);
    copyJobs = copies(active);
  }

  private ActiveStore server(String begins) {
    return new ActiveStore(new ActiveFile(folder.resolve("active")), begins);
  }

  private StoreExchange exchange(ActiveStore active) {
    return new StoreExchange(active, new ActiveFile(folder.resolve("active")));
  }

  private CopyJobs copies(ActiveStore active) {
    return new CopyJobs(
        active,
        exchange(active),
        new MigrationFile(folder.resolve("migration")),
        () -> MASTER,
        exchange(active)::replace,
        (action, details) -> audited.add(action + " " + details));
  }

  @AfterEach
  void close() throws InterruptedException {
    writing = false;
    if (writer != null) {
      writer.join();
    }
    copyJobs.close();
    active.close();
  }

  private NewEntry entry(long stream) {
    return entry(stream, 0);
  }

  private NewEntry entry(long stream, long about) {
    byte[] body = new byte[40];
    random.nextBytes(body);
    return new NewEntry(
        stream,
        new UUID(random.nextLong(), random.nextLong()),
        1,
        7,
        40,
        random.nextLong(),
        body,
        about,
        random.longs(random.nextInt(5)).boxed().toList());
  }

  private void fill(int changes) throws StorageException, InterruptedException {
    for (int i = 0; i < changes; i++) {
      change(i);
    }
  }

  /** An entry, a counter, a cell that comes and goes, now and then a file or what goes again. */
  private void change(int i) throws StorageException, InterruptedException {
    CellKey key = new CellKey("some", "cell" + i % 50);
    Change change =
        new Change(
            List.of(),
            entry(i % 3, i / 3),
            List.of(
                new CellWrite(COUNTER, new byte[] {(byte) i}),
                new CellWrite(key, i % 7 == 0 ? null : new byte[] {(byte) i})),
            List.of(),
            i % 11 == 10 ? List.of(new Change.Erasure(i % 3, i / 6 + 1)) : List.of(),
            i % 30 == 29 ? List.of(files.removeFirst()) : List.of());
    active.commit(SOON, List.of(change));
    if (i % 10 == 0) {
      files.addLast(file(20 + i % 900));
    }
  }

  private UUID file(int length) throws StorageException, InterruptedException {
    UUID blob = new UUID(random.nextLong(), random.nextLong());
    byte[] content = new byte[length];
    random.nextBytes(content);
    active.stage(SOON, blob, (store, generation) -> store.stage(blob, 0, content));
    active.commit(
        SOON,
        List.of(
            new Change(
                List.of(), null, List.of(), List.of(new BlobCommit(blob, length)), List.of())));
    return blob;
  }

  private void writeOn() {
    writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; writing; i++) {
                  change(i);
                  Thread.sleep(i % 10 == 0 ? 1 : 0);
                }
              } catch (StorageException | InterruptedException | RuntimeException e) {
                fault.set(e);
              }
            });
  }

  private void stopWriting() throws InterruptedException {
    writing = false;
    writer.join();
    assertEquals(null, fault.get());
  }

  private CopyState end() {
    await(() -> !copyJobs.isRunning());
    return copyJobs.state();
  }

  private void assertFails(String why) {
    String said = assertInstanceOf(CopyState.Failed.class, end()).why();
    assertTrue(said.contains(why), said);
  }

  private static void assertRefused(Reason reason, Executable operation) {
    assertEquals(reason, assertThrows(OperationException.class, operation).reason());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void assertActive(String name) {
    assertEquals(name, active.current().orElseThrow().candidate().name());
  }

  private static void assertSame(ChatStore a, ChatStore b) throws StorageException {
    assertEquals(a.streams(Long.MIN_VALUE, 200), b.streams(Long.MIN_VALUE, 200));
    for (long stream : a.streams(Long.MIN_VALUE, 200)) {
      assertEquals(a.stream(stream), b.stream(stream));
      for (long number = 0; number < a.stream(stream).head(); number += 200) {
        List<Row> rows = a.after(stream, number, 200);
        List<Row> others = b.after(stream, number, 200);
        for (int i = 0; i < rows.size(); i++) {
          Row.Entry row = (Row.Entry) rows.get(i);
          Row.Entry other = (Row.Entry) others.get(i);
          assertArrayEquals(row.body(), other.body());
          assertEquals(row.tokens(), other.tokens());
        }
      }
    }
    List<Cell> cells = a.cells(new CellKey("", ""), 200);
    List<Cell> others = b.cells(new CellKey("", ""), 200);
    assertEquals(cells.stream().map(Cell::key).toList(), others.stream().map(Cell::key).toList());
    assertEquals(
        cells.stream().map(Cell::version).toList(), others.stream().map(Cell::version).toList());
    UUID after = new UUID(0, 0);
    assertEquals(a.blobs(after, 200), b.blobs(after, 200));
    while (!a.blobs(after, 100).isEmpty()) {
      assertEquals(a.blobs(after, 100), b.blobs(after, 100));
      for (var blob : a.blobs(after, 100)) {
        assertArrayEquals(a.blob(blob.id(), 0, 1 << 20), b.blob(blob.id(), 0, 1 << 20));
        after = blob.id();
      }
    }
  }

  @Test
  void aMigrationWhileOthersWriteTakesEverythingAlong() throws Exception {
    fill(3_000);
    writeOn();
    Copy migration = new Copy.Migration("first", "second");
    assertEquals(
        migration,
        assertInstanceOf(CopyState.Running.class, copyJobs.migrate("first", "second")).copy());
    CopyState.Done done = assertInstanceOf(CopyState.Done.class, end());
    assertEquals(migration, done.copy());
    assertTrue(done.copied().pause().isPresent());
    String audit = audited.remove();
    assertTrue(audit.startsWith("copy done migration from first to second"), audit);
    assertActive("second");
    long head = second.stream(0).head();
    await(() -> heads(second) > head + 20);
    stopWriting();

    assertTrue(second.stream(0).head() > first.stream(0).head());
    StoreState.Mode mode = first.state().orElseThrow().mode();
    StoreState now = second.state().orElseThrow();
    assertEquals(
        new StoreState.Retired(new StoreState.Successor(now.id(), now.generation())), mode);
    assertFalse(Files.exists(folder.resolve("migration")));
    assertEquals(
        new ActiveFile.Named(now.id(), now.generation()),
        new ActiveFile(folder.resolve("active")).read().orElseThrow());
  }

  private static long heads(ChatStore store) {
    try {
      return store.stream(0).head();
    } catch (StorageException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void afterAMigrationBothHoldTheSameAndOnTheWayBackOnlyTheTailTravels() throws Exception {
    fill(1_000);
    copyJobs.migrate("first", "second");
    assertInstanceOf(CopyState.Done.class, end());
    assertSame(first, second);

    fill(90);
    copyJobs.migrate("second", "first");
    assertEquals(90, assertInstanceOf(CopyState.Done.class, end()).copied().entries());
    assertActive("first");
    assertSame(second, first);
    assertEquals(3, first.state().orElseThrow().generation());
    fill(5);
  }

  @Test
  void aFileThatWasDroppedDoesNotComeBackOnTheWayBack() throws Exception {
    UUID dropped = file(100);
    UUID kept = file(50);
    copyJobs.migrate("first", "second");
    assertInstanceOf(CopyState.Done.class, end());
    active.commit(SOON, List.of(dropOf(dropped)));
    assertEquals(100, first.length(dropped));

    copyJobs.migrate("second", "first");

    assertInstanceOf(CopyState.Done.class, end());
    assertEquals(0, first.length(dropped));
    assertEquals(50, first.length(kept));
    assertSame(first, second);
  }

  @Test
  void aFileThatIsDroppedWhileItIsCopiedIsDroppedInTheCopy() throws Exception {
    UUID dropped = file(100);
    ChatStore slow =
        spy(
            second,
            call -> {
              if (call.equals("stage") && first.length(dropped) > 0) {
                drop(dropped);
              }
            },
            part -> part);
    active.withdraw(second);
    active.offer(StoreCandidates.of(slow, "second"));

    copyJobs.migrate("first", "second");

    assertInstanceOf(CopyState.Done.class, end());
    assertEquals(0, second.length(dropped));
    assertSame(first, second);
  }

  private static Change dropOf(UUID blob) {
    return new Change(List.of(), null, List.of(), List.of(), List.of(), List.of(blob));
  }

  private void drop(UUID blob) throws StorageException {
    try {
      active.commit(SOON, List.of(dropOf(blob)));
    } catch (InterruptedException e) {
      throw new StorageException.Unavailable("interrupted", e);
    }
  }

  @Test
  void aGrowingFileGoesOnGrowingInTheCopy() throws Exception {
    UUID blob = new UUID(1, 2);
    byte[] piece = new byte[300_000];
    random.nextBytes(piece);
    active.stage(SOON, blob, (store, generation) -> store.stage(blob, 0, piece));
    copyJobs.migrate("first", "second");
    assertInstanceOf(CopyState.Done.class, end());

    long length =
        active.stage(SOON, blob, (store, generation) -> store.stage(blob, 300_000, piece));

    assertEquals(600_000, length);
    assertArrayEquals(piece, second.blob(blob, 0, 300_000));
  }

  @Test
  void aRehearsalChangesNothing() throws Exception {
    fill(100);
    assertEquals(100, copyJobs.dryRun("first", "second").entries());
    assertEquals(true, second.state().isEmpty());
    assertActive("first");
  }

  @Test
  void whatCanNotBeMigratedIsRefused() throws Exception {
    fill(10);
    assertRefused(Reason.INVALID_ARGUMENT, () -> copyJobs.migrate("second", "first"));
    assertRefused(Reason.INVALID_ARGUMENT, () -> copyJobs.migrate("first", "first"));
    assertRefused(Reason.NOT_FOUND, () -> copyJobs.migrate("first", "third"));
    assertRefused(Reason.CONFLICT, () -> copyJobs.cancel());

    second.activate(UUID.randomUUID(), 4);
    copyJobs.migrate("first", "second");
    assertFails("in use on its own");
    assertActive("first");
    fill(5);
  }

  @Test
  void aStoreWithOtherThingsIsRefused() throws Exception {
    fill(10);
    second.activate(UUID.randomUUID(), 4);
    second.commit(4, List.of(Change.append(entry(0))));
    second.retire(new StoreState.Successor(UUID.randomUUID(), 5));

    copyJobs.migrate("first", "second");

    assertFails("holds something else");
    assertActive("first");
  }

  @Test
  void anInterruptedMigrationGoesOn() throws Exception {
    fill(5_000);
    AtomicInteger parts = new AtomicInteger();
    ChatStore failing =
        spy(
            second,
            call -> {
              if (call.equals("restore") && parts.incrementAndGet() == 4) {
                throw new StorageException.Unavailable("the disk is full");
              }
            });
    active.withdraw(second);
    active.offer(StoreCandidates.of(failing, "second"));

    copyJobs.migrate("first", "second");
    assertFails("the disk is full");
    assertActive("first");
    assertTrue(second.state().orElseThrow().mode() instanceof StoreState.Copying);
    long there = second.stream(0).head() + second.stream(1).head() + second.stream(2).head();
    assertTrue(there > 0 && there < 5_000);
    fill(10);

    copyJobs.migrate("first", "second");
    assertEquals(5_010 - there, assertInstanceOf(CopyState.Done.class, end()).copied().entries());
    assertSame(first, second);
  }

  @Test
  void aCancelledMigrationLeavesEverythingAsItWas() throws Exception {
    fill(2_000);
    ChatStore cancelling =
        spy(
            second,
            call -> {
              if (call.equals("restore")) {
                copyJobs.cancel();
              }
            });
    active.withdraw(second);
    active.offer(StoreCandidates.of(cancelling, "second"));

    copyJobs.migrate("first", "second");

    assertInstanceOf(CopyState.Cancelled.class, end());
    assertActive("first");
    fill(5);
  }

  @Test
  void aCopyThatDiffersDoesNotTakeOver() throws Exception {
    fill(100);
    ChatStore forgetful =
        spy(
            second,
            call -> {},
            part ->
                new Part(
                    part.entries().stream().map(CopiesTest::otherTime).toList(),
                    part.erasures(),
                    part.cells(),
                    part.removals(),
                    part.drops(),
                    part.blobs()));
    active.withdraw(second);
    active.offer(StoreCandidates.of(forgetful, "second"));

    copyJobs.migrate("first", "second");

    assertFails("differs");
    assertActive("first");
  }

  private static Row.Entry otherTime(Row.Entry entry) {
    var e = entry.envelope();
    return new Row.Entry(
        new chat.storage.Envelope(
            e.stream(),
            e.number(),
            e.id(),
            e.kind(),
            e.author(),
            e.time() + 1,
            e.length(),
            e.hash(),
            e.about()),
        entry.body(),
        entry.tokens());
  }

  @Test
  void whereverTheServerDiesOneStoreIsTheTruth() throws Exception {
    for (String step :
        List.of("before activate", "after activate", "before retire", "after retire")) {
      fill(20);
      long written = total(active.current().orElseThrow().store());
      die(step);
      ActiveStore next = server("first");
      next.offer(StoreCandidates.of(first, "first"));
      next.offer(StoreCandidates.of(second, "second"));
      String truth = next.read(SOON, (store, generation) -> store == first ? "first" : "second");
      assertEquals(step.equals("after retire") ? "second" : "first", truth, step);
      assertEquals(written, total(truth.equals("first") ? first : second), step);
      active = next;
      copyJobs = copies(next);
    }
    fill(5);
    copyJobs.migrate("second", "first");
    assertInstanceOf(CopyState.Done.class, end());
    assertSame(second, first);
  }

  private static long total(ChatStore store) throws StorageException {
    long total = 0;
    for (long stream : store.streams(Long.MIN_VALUE, 200)) {
      total += store.stream(stream).head();
    }
    return total;
  }

  /** A migration whose process ends at a step of the hand-over. */
  private void die(String step) throws InterruptedException {
    active.withdraw(first);
    active.withdraw(second);
    ActiveStore dying = server("first");
    CopyJobs doomed = copies(dying);
    Dead dead = new Dead();
    dying.offer(StoreCandidates.of(mortal(first, step.endsWith("retire"), step, dead), "first"));
    dying.offer(
        StoreCandidates.of(mortal(second, step.endsWith("activate"), step, dead), "second"));
    try {
      dying.read(SOON, (store, generation) -> store);
      dead.mayDie = true;
      doomed.migrate("first", "second");
    } catch (StorageException | OperationException e) {
      throw new AssertionError(e);
    }
    await(() -> dead.isDead || !doomed.isRunning());
    assertTrue(dead.isDead, step + ": " + doomed.state());
    doomed.close();
    dying.close();
  }

  /** Once dead, no call reaches a store any more. */
  private static final class Dead {
    volatile boolean mayDie;
    volatile boolean isDead;
  }

  private static ChatStore mortal(ChatStore store, boolean mortal, String step, Dead dead) {
    return (ChatStore)
        Proxy.newProxyInstance(
            CopiesTest.class.getClassLoader(),
            new Class<?>[] {ChatStore.class},
            (proxy, method, arguments) -> {
              boolean isStep = dead.mayDie && mortal && step.endsWith(" " + method.getName());
              if (isStep && step.startsWith("before")) {
                dead.isDead = true;
              }
              if (dead.isDead && !method.getName().equals("description")) {
                throw new StorageException.Unavailable("dead");
              }
              Object answer = invoke(store, method, arguments);
              if (isStep) {
                dead.isDead = true;
                throw new StorageException.Unavailable("dead");
              }
              return answer;
            });
  }

  private static Object invoke(ChatStore store, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @FunctionalInterface
  private interface Before {
    void call(String method) throws Exception;
  }

  private static ChatStore spy(ChatStore store, Before before) {
    return spy(store, before, part -> part);
  }

  private static ChatStore spy(
      ChatStore store, Before before, java.util.function.UnaryOperator<Part> parts) {
    return (ChatStore)
        Proxy.newProxyInstance(
            CopiesTest.class.getClassLoader(),
            new Class<?>[] {ChatStore.class},
            (proxy, method, arguments) -> {
              before.call(method.getName());
              if (method.getName().equals("restore")) {
                arguments[0] = parts.apply((Part) arguments[0]);
              }
              return invoke(store, method, arguments);
            });
  }

  @Test
  void aBackupWhileOthersWriteIsRestoredAsItWas() throws Exception {
    fill(1_000);
    writeOn();
    Path file = folder.resolve("backup.chat");
    copyJobs.backup(file);
    assertInstanceOf(CopyState.Done.class, end());
    stopWriting();
    long atBackup = total(first);
    assertRefused(Reason.INVALID_ARGUMENT, () -> copyJobs.restore(file, "first"));

    copyJobs.restore(file, "second");
    assertInstanceOf(CopyState.Done.class, end());
    assertActive("second");
    assertTrue(total(second) >= 1_000 && total(second) <= atBackup);
    for (long stream : second.streams(Long.MIN_VALUE, 10)) {
      List<Row> rows = second.after(stream, 0, 200);
      for (int i = 0; i < rows.size(); i++) {
        Row.Entry before = (Row.Entry) first.after(stream, i, 1).getFirst();
        assertEquals(before.envelope(), ((Row.Entry) rows.get(i)).envelope());
      }
    }
  }

  @Test
  void aQuietBackupHoldsJustWhatTheStoreHolds() throws Exception {
    fill(600);
    Path file = folder.resolve("backup.chat");
    copyJobs.backup(file);
    assertInstanceOf(CopyState.Done.class, end());
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    copyJobs.backup(file);
    assertFails("there already");

    copyJobs.restore(file, "second");
    assertInstanceOf(CopyState.Done.class, end());
    assertSame(first, second);
  }

  @Test
  void aDamagedBackupIsRefusedAsAWholeAndTheServerGoesOn() throws Exception {
    fill(200);
    Path good = folder.resolve("good.chat");
    copyJobs.backup(good);
    assertInstanceOf(CopyState.Done.class, end());
    byte[] bytes = Files.readAllBytes(good);
    for (int round = 0; round < 60; round++) {
      byte[] bad = bytes.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      assertRefused(bad);
    }
    for (int cut : new int[] {0, 5, 30, bytes.length / 2, bytes.length - 1}) {
      assertRefused(java.util.Arrays.copyOf(bytes, cut));
    }
    assertRefused(java.util.Arrays.copyOf(bytes, bytes.length + 1));
    SecretKey other =
        new SecretKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}, "AES");
    assertThrows(
        StorageException.Damaged.class,
        () -> BackupFile.play(good, other, new CopyContents(), new CopyProgress()));
    assertTrue(second.state().isEmpty());
    assertActive("first");
    fill(5);
  }

  @Test
  void aBackupOfTheFormBeforeIsRefusedWithAWord() throws Exception {
    Path old = folder.resolve("old.chat");
    Files.writeString(old, "CHATBAK1 and so on");

    copyJobs.restore(old, "second");

    assertInstanceOf(CopyState.Failed.class, end());
    assertFails("older program");
  }

  private void assertRefused(byte[] bytes) throws IOException, OperationException {
    Path bad = folder.resolve("bad.chat");
    Files.write(bad, bytes);
    copyJobs.restore(bad, "second");
    assertInstanceOf(CopyState.Failed.class, end());
  }

  /** A store whose answer to one call is lost, though it did what it was asked. */
  private static ChatStore losingTheAnswerTo(String call, ChatStore store) {
    return (ChatStore)
        Proxy.newProxyInstance(
            CopiesTest.class.getClassLoader(),
            new Class<?>[] {ChatStore.class},
            (proxy, method, arguments) -> {
              Object answer = invoke(store, method, arguments);
              if (method.getName().equals(call)) {
                throw new StorageException.Uncertain("the answer was lost", new IOException());
              }
              return answer;
            });
  }

  @Test
  void aRetirementWhoseAnswerIsLostStillCounts() throws Exception {
    fill(20);
    ActiveStore other = new ActiveStore(new ActiveFile(folder.resolve("active")), "first");
    active.withdraw(first);
    active.withdraw(second);
    other.offer(StoreCandidates.of(losingTheAnswerTo("retire", first), "first"));
    other.offer(StoreCandidates.of(second, "second"));
    other.read(SOON, (store, generation) -> store);
    active = other;
    copyJobs = copies(other);

    copyJobs.migrate("first", "second");

    assertInstanceOf(CopyState.Done.class, end());
    assertActive("second");
    fill(5);
  }

  @Test
  void anActivationWhoseAnswerIsLostGivesTheStoreBackToTheOldOne() throws Exception {
    fill(20);
    ChatStore newer = new MemoryChatStore(firstDisk, InstantSource.system());
    active.offer(StoreCandidates.of(losingTheAnswerTo("activate", newer), "first", 9));

    assertThrows(StorageException.class, () -> exchange(active).takeOver(1, 9));

    assertTrue(active.current().orElseThrow().store() == first);
    assertEquals(3, active.current().orElseThrow().generation());
    fill(5);
  }

  @Test
  void aStoreThatIsNotReadyYetIsTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ChatStore late =
        spy(
            new MemoryChatStore(new MemoryDisk(), InstantSource.system()),
            call -> {
              if (call.equals("activate") && calls.incrementAndGet() < 3) {
                throw new StorageException.Unavailable("another server is connected");
              }
            });
    try (ActiveStore other = new ActiveStore(new ActiveFile(folder.resolve("other")), "late")) {
      other.offer(StoreCandidates.of(late, "late"));
      ChatStore chosen = other.read(SOON, (store, generation) -> store);
      assertTrue(chosen == late);
      assertEquals(3, calls.get());
    }
  }

  @Test
  void anotherObjectOnTheSameDataTakesOver() throws Exception {
    fill(20);
    ChatStore newer = new MemoryChatStore(firstDisk, InstantSource.system());
    active.offer(StoreCandidates.of(newer, "first", 9));
    writeOn();

    assertTrue(exchange(active).takeOver(1, 9).isPresent());

    assertEquals(newer, active.current().orElseThrow().store());
    assertEquals(2, active.current().orElseThrow().generation());
    long head = newer.stream(0).head();
    await(() -> heads(newer) > head + 20);
    stopWriting();
    active.withdraw(first);
    fill(5);
    Instant at = active.lastPause().orElseThrow().at();
    assertTrue(at.isBefore(Instant.now().plusSeconds(1)));
  }

  @Test
  void aStoreThatCanNotTakeOverIsRefusedAndTheOldOneGoesOn() throws Exception {
    fill(20);
    active.offer(
        StoreCandidates.of(
            new MemoryChatStore(new MemoryDisk(), InstantSource.system()), "first", 8));
    assertThrows(StorageException.class, () -> exchange(active).takeOver(1, 8));
    assertThrows(StorageException.class, () -> exchange(active).takeOver(1, 77));
    ChatStore broken =
        spy(
            new MemoryChatStore(firstDisk, InstantSource.system()),
            call -> {
              if (call.equals("activate")) {
                throw new StorageException.Unavailable("no space left");
              }
            });
    active.offer(StoreCandidates.of(broken, "first", 10));
    StorageException e =
        assertThrows(StorageException.class, () -> exchange(active).takeOver(1, 10));
    assertEquals("no space left", e.getMessage());
    assertEquals(first, active.current().orElseThrow().store());
    fill(20);
  }
}
