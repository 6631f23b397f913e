// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.EntryPresent;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A random life of a store: batches, staging, clock jumps, reopening, crashes. Few streams, keys
 * and ids, so that repeats, conflicts and refusals are common. The whole store is compared with the
 * {@link Model} after each step.
 */
final class RandomHistory {
  /** How many different ones there are, from 0. */
  static final int TOKENS = 6;

  private static final int STREAMS = 3;
  private static final String[] SPACES = {"account", "mark"};

  private final Subject subject;
  private final Random random;
  private final Model model = new Model();
  private final List<UUID> blobs = new ArrayList<>();

  RandomHistory(Subject subject, long seed) {
    this.subject = subject;
    random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      blobs.add(uuid());
    }
  }

  void run(int steps) throws Exception {
    for (int step = 0; step < steps; step++) {
      String what = step();
      try {
        Comparison.assertSame(model, subject.store(), blobs);
      } catch (AssertionError e) {
        throw new AssertionError("after step " + step + ", " + what, e);
      }
    }
    ChatStore copy = subject.open(subject.another());
    Copier.all(subject.store(), copy, subject.storeId);
    Comparison.assertSame(model, copy, blobs);
  }

  private String step() throws Exception {
    switch (random.nextInt(20)) {
      case 0 -> {
        subject.reopen();
        return "reopened";
      }
      case 1 -> {
        subject.crash();
        forgetLostBytes();
        return "crashed";
      }
      case 2 -> {
        subject.takeOver();
        return "taken over";
      }
      case 3 -> {
        subject.clock.turn(random.nextInt(20_000) - 10_000);
        return "clock turned";
      }
      case 4, 5, 6 -> {
        stage();
        return "staged";
      }
      default -> {
        return commit();
      }
    }
  }

  /** Staged bytes may be lost in a crash, but only from the end. */
  private void forgetLostBytes() throws Exception {
    for (Map.Entry<UUID, byte[]> staged : List.copyOf(model.staged.entrySet())) {
      UUID blob = staged.getKey();
      byte[] before = staged.getValue();
      int length = (int) subject.store().length(blob);
      if (length == 0) {
        subject.store().discard(blob);
        model.staged.remove(blob);
      } else {
        model.staged.put(blob, Arrays.copyOf(before, Math.min(length, before.length)));
      }
    }
  }

  private void stage() throws Exception {
    UUID blob = blobs.get(random.nextInt(blobs.size()));
    if (model.committed.containsKey(blob)) {
      return;
    }
    if (random.nextInt(5) == 0) {
      subject.store().discard(blob);
      model.staged.remove(blob);
      return;
    }
    byte[] before = model.staged.getOrDefault(blob, new byte[0]);
    int offset = random.nextInt(4) == 0 ? random.nextInt(before.length + 1) : before.length;
    byte[] piece = bytes(1 + random.nextInt(50));
    byte[] after = Arrays.copyOf(before, offset + piece.length);
    System.arraycopy(piece, 0, after, offset, piece.length);
    assertEquals(after.length, subject.store().stage(blob, offset, piece));
    model.staged.put(blob, after);
  }

  private String commit() throws Exception {
    List<Change> changes = new ArrayList<>();
    List<Outcome> expected = new ArrayList<>();
    for (int i = random.nextInt(1, 7); i > 0; i--) {
      changes.add(change());
      expected.add(model.apply(changes.getLast(), subject.clock.millis()));
    }
    List<Outcome> outcomes = subject.commit(changes.toArray(Change[]::new));
    assertEquals(expected, outcomes, () -> "outcomes of " + changes);
    return "committed " + changes;
  }

  private Change change() {
    List<Condition> conditions = new ArrayList<>();
    for (int i = random.nextInt(4) / 2; i > 0; i--) {
      conditions.add(condition());
    }
    List<CellWrite> cells = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      cells.add(new CellWrite(key(), random.nextInt(4) == 0 ? null : bytes(random.nextInt(30))));
    }
    List<BlobCommit> commits = new ArrayList<>();
    if (random.nextInt(6) == 0) {
      UUID blob = blobs.get(random.nextInt(blobs.size()));
      byte[] staged = model.staged.getOrDefault(blob, new byte[9]);
      commits.add(new BlobCommit(blob, staged.length));
    }
    List<Erasure> erasures = new ArrayList<>();
    if (random.nextInt(6) == 0) {
      erasures.add(new Erasure(random.nextInt(STREAMS), random.nextInt(40)));
    }
    List<UUID> drops = new ArrayList<>();
    if (random.nextInt(6) == 0) {
      drops.add(blobs.get(random.nextInt(blobs.size())));
    }
    return new Change(conditions, entry(), cells, commits, erasures, drops);
  }

  private Condition condition() {
    return switch (random.nextInt(3)) {
      case 0 -> new CellVersion(key(), random.nextInt(4));
      case 1 -> new CellPresent(key());
      default -> new EntryPresent(random.nextInt(STREAMS), author(), smallId());
    };
  }

  private @Nullable NewEntry entry() {
    if (random.nextInt(5) == 0) {
      return null;
    }
    UUID id = random.nextInt(3) == 0 ? smallId() : uuid();
    byte[] body = bytes(random.nextInt(200));
    long about = random.nextInt(3) == 0 ? random.nextInt(-1, 40) : 0;
    return new NewEntry(
        random.nextInt(STREAMS),
        id,
        random.nextInt(2),
        author(),
        3,
        random.nextInt(2),
        body,
        about,
        tokens());
  }

  private List<Long> tokens() {
    return random.longs(random.nextInt(4), 0, TOKENS).distinct().boxed().toList();
  }

  private CellKey key() {
    return new CellKey(SPACES[random.nextInt(SPACES.length)], "k" + random.nextInt(5));
  }

  private long author() {
    return random.nextInt(2);
  }

  private UUID smallId() {
    return new UUID(0, random.nextInt(12));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
