// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;

/**
 * The data keys of a store, wrapped by the master key.
 *
 * <pre>
 *   ring cell   form 2 | AES-256-GCM under HKDF(master key, "chatroom key ring") of
 *               floor | target | seals reserved | stamped | hashing key | search key | count | number, key ...
 *   key cell    as it was before there was a ring: data key under the master key itself | seals
 * </pre>
 *
 * <p><b>Which cells are accepted.</b> Those sealed under a data key from {@code floor} on. With
 * floor 0 also the ones of before, which nothing or another seal protected. {@code target} is where
 * the floor will be once every cell has been sealed anew; while they differ, that is going on. A
 * store without a ring is as an earlier build left it: it is written in the forms of before, so
 * that this build can still be taken back, until {@link #renewed}.
 *
 * <p>A data key seals at most 2^30 times, so that random nonces stay unique beyond doubt. Seals are
 * reserved in blocks before they are made: what a crash left unused is lost, never used twice.
 *
 * <p><b>Threads.</b> Any thread reads. Changes are committed by the journal's thread alone.
 */
public final class KeyRing {
  private static final int FORM = 2;
  private static final byte[] WRAPPING = ascii("chatroom key ring");
  private static final String OTHER_MASTER =
      "the master key does not fit this store: use the key file that was made with it";

  /** The store that is active, as the journal's thread sees it. */
  public interface RingStore {
    Optional<Cell> read(CellKey key) throws StorageException, InterruptedException;

    Outcome commit(Change change) throws StorageException, InterruptedException;
  }

  /**
   * The ring as the store has it.
   *
   * @param version of its cell; 0 if the keys are kept as they were before there was a ring
   * @param left seals that may still be made
   */
  private record Held(Ring ring, long version, SecretKey master, AtomicLong left) {}

  /** A change of the ring: it is held once it is committed. */
  public static final class Renewal {
    private final KeyRing of;
    private final Change change;
    private final Held held;

    private Renewal(KeyRing of, Change change, Held held) {
      this.of = of;
      this.change = change;
      this.held = held;
    }

    public Change change() {
      return change;
    }

    /** It was committed. Only on the journal's thread. */
    public void committed() {
      of.held = held;
    }
  }

  private volatile Held held;

  private KeyRing(Held held) {
    this.held = held;
  }

  /** Reads the data keys of a store, makes those of a new one, and reserves seals. */
  static KeyRing open(MasterKey master, ChatStore store, long generation)
      throws StorageException, SealException {
    Optional<Cell> cell = store.cell(Cells.RING);
    Held known;
    if (cell.isPresent()) {
      known = unwrapped(master, cell.get());
    } else {
      UUID id = store.state().orElseThrow().id();
      if (master.isSealed(id)) {
        throw new SealException(
            "the keys of this store are gone, or an earlier state of it was put back: restore a"
                + " backup (if you did put it back on purpose, remove the file named sealed)");
      }
      known = withoutRing(master.current(), store);
    }
    KeyRing ring = new KeyRing(known);
    Renewal first = ring.change(Ring::withBlock);
    List<Outcome> outcomes = store.commit(generation, List.of(first.change()));
    if (!(outcomes.getFirst() instanceof Outcome.Committed)) {
      throw new StorageException.Unavailable("the keys were changed by somebody else");
    }
    first.committed();
    return ring;
  }

  /**
   * Reads the data keys of a store that another server is writing. Nothing can be sealed under
   * them, and those that are added later are not known.
   */
  static KeyRing read(MasterKey master, ChatStore store) throws StorageException, SealException {
    Optional<Cell> cell = store.cell(Cells.RING);
    return new KeyRing(
        cell.isPresent()
            ? unwrapped(master.current(), cell.get())
            : withoutRing(master.current(), store));
  }

  private static Held unwrapped(MasterKey master, Cell cell) throws SealException {
    Optional<SecretKey> begun = master.begun();
    SecretKey current = master.current();
    try {
      Held known = unwrapped(current, cell);
      begun.ifPresent(never -> master.forget());
      return known;
    } catch (SealException e) {
      if (begun.isEmpty()) {
        throw new SealException(OTHER_MASTER, e);
      }
    }
    Held known = unwrapped(begun.get(), cell);
    try {
      master.complete(begun.get());
    } catch (IOException e) {
      throw new SealException("the new master key can't be put in its place", e);
    }
    return known;
  }

  private static Held unwrapped(SecretKey master, Cell cell) throws SealException {
    try {
      byte[] value = cell.value();
      if (value.length == 0 || value[0] != FORM) {
        throw new SealException("a key ring of an unknown form");
      }
      byte[] sealed = Arrays.copyOfRange(value, 1, value.length);
      byte[] clear = Aes.derived(master, WRAPPING).open(sealed, new byte[] {FORM});
      return new Held(
          BinaryCodec.read(clear, Ring::read), cell.version(), master, new AtomicLong());
    } catch (IOException e) {
      throw new SealException("the key ring is damaged", e);
    }
  }

  /** A store of an earlier build, or a new one. */
  private static Held withoutRing(SecretKey master, ChatStore store)
      throws StorageException, SealException {
    if (store.cells(new CellKey("", ""), 1).isEmpty()) {
      return new Held(Ring.fresh(), 0, master, new AtomicLong());
    }
    NavigableMap<Integer, Aes> keys = new TreeMap<>();
    long reserved = 0;
    String after = "";
    for (List<Cell> page = page(store, after); !page.isEmpty(); page = page(store, after)) {
      for (Cell cell : page) {
        ByteBuffer value = ByteBuffer.wrap(cell.value());
        byte[] wrapped = new byte[value.remaining() - Long.BYTES];
        value.get(wrapped);
        int number = (int) Cells.id(cell.key().key());
        try {
          keys.put(number, Aes.of(new Aes(master).open(wrapped, Cells.bytes(number))));
        } catch (SealException e) {
          throw new SealException(OTHER_MASTER, e);
        }
        reserved = value.getLong();
        after = cell.key().key();
      }
    }
    if (keys.isEmpty()) {
      throw new SealException("the keys of this store are gone: restore a backup");
    }
    Hmac hashing = Hmac.of(Aes.mac(master, ascii("chatroom body hash")));
    Hmac searching = Hmac.of(Aes.mac(master, ascii("chatroom search")));
    return new Held(
        new Ring(0, 0, reserved, false, hashing, searching, keys), 0, master, new AtomicLong());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<Cell> page(ChatStore store, String after) throws StorageException {
    return store.cells(CellKind.KEY.space(), after, ChatStore.MAX_ROWS);
  }

  /** Whether the store is written in the forms of before. */
  public boolean isOld() {
    return held.ring().target() == 0;
  }

  /** Whether cells are still to be sealed anew. */
  public boolean isRenewing() {
    return held.ring().floor() < held.ring().target();
  }

  /** Whether nothing unsealed is accepted. */
  public boolean isSealed() {
    return held.ring().floor() > 0;
  }

  /** Whether every entry has a stamp. */
  public boolean isStamped() {
    return held.ring().stamped();
  }

  /** Whether a cell sealed under this data key is accepted; 0 if it is of a form of before. */
  boolean accepts(int number) {
    return number >= held.ring().floor();
  }

  /** Whether a cell sealed under this data key is still to be sealed anew. */
  boolean isDue(int number) {
    return number < held.ring().target();
  }

  Hmac hashing() {
    return held.ring().hashing();
  }

  Hmac searching() {
    return held.ring().searching();
  }

  Aes key(int number) throws SealException {
    Aes key = held.ring().keys().get(number);
    if (key == null) {
      throw new SealException("sealed under data key " + number + ", which is not in the store");
    }
    return key;
  }

  /** Makes one seal: number of the data key, nonce, ciphertext, tag. */
  byte[] seal(byte[] clear, byte[] bound) {
    Held now = held;
    if (now.left().decrementAndGet() < 0) {
      throw new IllegalStateException("no seals are left; the store takes no reservation");
    }
    Map.Entry<Integer, Aes> newest = now.ring().keys().lastEntry();
    byte[] sealed = newest.getValue().seal(clear, bound);
    return ByteBuffer.allocate(Integer.BYTES + sealed.length)
        .putInt(newest.getKey())
        .put(sealed)
        .array();
  }

  /** Opens what {@link #seal} made. */
  byte[] open(byte[] sealed, byte[] bound) throws SealException {
    if (sealed.length < Integer.BYTES) {
      throw new SealException("too short to be sealed");
    }
    int number = ByteBuffer.wrap(sealed).getInt();
    return key(number).open(Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length), bound);
  }

  /** Reserves more seals if those at hand run low; for the journal's thread, between batches. */
  public void replenish(RingStore store) throws StorageException, InterruptedException {
    if (held.left().get() < Ring.BLOCK / 4) {
      // As long as the keys are kept as before, no other one is added beside a renewal of the ring.
      Renewal next = change(isOld() ? Ring::withMoreSeals : Ring::withBlock);
      if (!(store.commit(next.change()) instanceof Outcome.Committed)) {
        throw new StorageException.Damaged("the key ring was changed by somebody else");
      }
      next.committed();
    }
  }

  /** From now on everything is written sealed, and every cell is to be sealed anew. */
  public Renewal renewed() {
    return change(Ring::renewed);
  }

  /** The same under another master key. */
  public Renewal renewed(SecretKey master) {
    Held now = held;
    return change(now, now.ring().renewed(), master);
  }

  /**
   * Every cell has been sealed anew: what was not is refused.
   *
   * @param target as it was when that began; if it is another one by now, nothing is changed
   */
  public Renewal settled(int target) {
    return change(ring -> ring.target() == target ? ring.settled() : ring);
  }

  /** The first data key whose cells will be accepted. */
  public int target() {
    return held.ring().target();
  }

  private Renewal change(UnaryOperator<Ring> operator) {
    Held now = held;
    return change(now, operator.apply(now.ring()), now.master());
  }

  private Renewal change(Held before, Ring after, SecretKey master) {
    boolean other =
        after.reserved() != before.ring().reserved() || after.newest() != before.ring().newest();
    AtomicLong left = other ? new AtomicLong(Ring.BLOCK) : before.left();
    if (after.target() == 0) {
      Map.Entry<Integer, Aes> newest = after.keys().lastEntry();
      int number = newest.getKey();
      byte[] wrapped =
          new Aes(master).seal(newest.getValue().key().getEncoded(), Cells.bytes(number));
      byte[] value =
          ByteBuffer.allocate(wrapped.length + Long.BYTES)
              .put(wrapped)
              .putLong(after.reserved())
              .array();
      return new Renewal(
          this,
          Change.write(List.of(), new Change.CellWrite(Cells.key(number), value)),
          new Held(after, 0, master, left));
    }
    byte[] wrapped = Aes.derived(master, WRAPPING).seal(after.bytes(), new byte[] {FORM});
    byte[] value = ByteBuffer.allocate(1 + wrapped.length).put((byte) FORM).put(wrapped).array();
    List<Change.CellWrite> writes = new ArrayList<>();
    writes.add(new Change.CellWrite(Cells.RING, value));
    if (before.version() == 0) {
      before
          .ring()
          .keys()
          .keySet()
          .forEach(number -> writes.add(new Change.CellWrite(Cells.key(number), null)));
    }
    return new Renewal(
        this,
        new Change(
            List.of(new Change.CellVersion(Cells.RING, before.version())),
            null,
            writes,
            List.of(),
            List.of()),
        new Held(after, before.version() + 1, master, left));
  }
}
