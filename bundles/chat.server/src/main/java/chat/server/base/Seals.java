// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what goes into the store and opens what comes out of it.
 *
 * <pre>
 *   sealed   u32 number of the data key | nonce 12 | ciphertext | tag 16
 *   key cell data key sealed under the master key | u64 seals reserved
 * </pre>
 *
 * <p>A data key seals at most 2^30 times, so that random nonces stay unique beyond doubt. Seals are
 * reserved in blocks before they are made: what a crash left unused is lost, never used twice.
 *
 * <p><b>Threads.</b> Everything may be called from any thread.
 */
public final class Seals {
  private static final long SEALS_OF_A_KEY = 1L << 30;
  private static final long BLOCK = 1L << 22;

  /** The cells of the data keys, in the store that is active. */
  public interface KeyCells {
    Optional<Cell> read(CellKey key) throws StorageException, InterruptedException;

    void commit(Change change) throws StorageException, InterruptedException;
  }

  private record Sealing(int number, Aes key, AtomicLong left) {}

  private final Aes master;
  private final SecretKey hashing;
  private final SecretKey searching;
  private final ConcurrentMap<Integer, Aes> keys = new ConcurrentHashMap<>();
  private volatile Sealing sealing;

  /** Reads the data keys of a store, and reserves seals in it. */
  public Seals(SecretKey master, ChatStore store, long generation)
      throws StorageException, SealException {
    this.master = new Aes(master);
    this.hashing =
        new SecretKeySpec(
            Aes.mac(master, "chatroom body hash".getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
    this.searching =
        new SecretKeySpec(
            Aes.mac(master, "chatroom search".getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
    int newest = 0;
    long reserved = SEALS_OF_A_KEY;
    String after = "";
    for (List<Cell> page = page(store, after); !page.isEmpty(); page = page(store, after)) {
      for (Cell cell : page) {
        newest = (int) Cells.id(cell.key().key());
        reserved = unwrap(newest, cell.value());
        after = cell.key().key();
      }
    }
    Reservation first = reserve(newest, reserved);
    store.commit(generation, List.of(first.change()));
    this.sealing = first.sealing();
  }

  private static List<Cell> page(ChatStore store, String after) throws StorageException {
    return store.cells(Cells.KEY, after, ChatStore.MAX_ROWS);
  }

  private long unwrap(int number, byte[] value) throws SealException {
    ByteBuffer cell = ByteBuffer.wrap(value);
    byte[] wrapped = new byte[value.length - Long.BYTES];
    cell.get(wrapped);
    try {
      keys.put(number, Aes.of(master.open(wrapped, Cells.bytes(number))));
    } catch (SealException e) {
      throw new SealException(
          "the master key does not fit this store: use the key file that was made with it", e);
    }
    return cell.getLong();
  }

  /** Seals that may be made once the change is committed. */
  private record Reservation(Change change, Sealing sealing) {}

  private Reservation reserve(int newest, long reserved) {
    Aes known = keys.get(newest);
    if (reserved + BLOCK > SEALS_OF_A_KEY) {
      known = null;
    }
    boolean again = known != null;
    int number = again ? newest : newest + 1;
    long before = again ? reserved : 0;
    byte[] clear = known == null ? Aes.random(32) : known.key().getEncoded();
    byte[] wrapped = master.seal(clear, Cells.bytes(number));
    byte[] value =
        ByteBuffer.allocate(wrapped.length + Long.BYTES)
            .put(wrapped)
            .putLong(before + BLOCK)
            .array();
    Aes key = Aes.of(clear);
    keys.put(number, key);
    return new Reservation(
        Change.write(List.of(), new Change.CellWrite(Cells.key(number), value)),
        new Sealing(number, key, new AtomicLong(BLOCK)));
  }

  /** Reserves more seals if those at hand run low; for the journal's thread, between batches. */
  public void replenish(KeyCells cells) throws StorageException, InterruptedException {
    Sealing now = sealing;
    if (now.left().get() < BLOCK / 4) {
      Cell cell =
          cells
              .read(Cells.key(now.number()))
              .orElseThrow(() -> new StorageException.Damaged("a data key is gone"));
      ByteBuffer value = ByteBuffer.wrap(cell.value());
      Reservation next = reserve(now.number(), value.getLong(value.capacity() - Long.BYTES));
      cells.commit(next.change());
      sealing = next.sealing();
    }
  }

  private byte[] seal(byte[] clear, byte[] bound) {
    Sealing now = sealing;
    if (now.left().decrementAndGet() < 0) {
      throw new IllegalStateException("no seals are left; the store takes no reservation");
    }
    byte[] sealed = now.key().seal(clear, bound);
    return ByteBuffer.allocate(Integer.BYTES + sealed.length)
        .putInt(now.number())
        .put(sealed)
        .array();
  }

  private byte[] open(byte[] sealed, byte[] bound) throws SealException {
    if (sealed.length < Integer.BYTES) {
      throw new SealException("too short to be sealed");
    }
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    int number = buffer.getInt();
    Aes key = keys.get(number);
    if (key == null) {
      throw new SealException("sealed under data key " + number + ", which is not in the store");
    }
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return key.open(rest, bound);
  }

  /** The sealed body of an entry, bound to where it stands and who wrote it. */
  public byte[] sealBody(long stream, UUID id, int kind, long author, byte[] clear) {
    return seal(clear, bound(stream, id, kind, author));
  }

  public byte[] openBody(long stream, UUID id, int kind, long author, byte[] sealed)
      throws SealException {
    return open(sealed, bound(stream, id, kind, author));
  }

  /** The sealed value of a cell, bound to its key. */
  public byte[] sealCell(CellKey key, byte[] clear) {
    return seal(clear, bound(key));
  }

  public byte[] openCell(CellKey key, byte[] sealed) throws SealException {
    return open(sealed, bound(key));
  }

  /** By this a repeat is told from another content without opening either. */
  public long hash(long stream, int kind, byte[] clear) {
    byte[] head = ByteBuffer.allocate(12).putLong(stream).putInt(kind).array();
    return Aes.hash(hashing, head, clear);
  }

  /** By this a word is found in a room without being known; each room has tokens of its own. */
  public long token(long room, String word) {
    return Aes.hash(searching, Cells.bytes(room), word.getBytes(StandardCharsets.UTF_8));
  }

  /** Those of many words, as many as an entry keeps. */
  public List<Long> tokens(long room, Collection<String> words) {
    Stream<String> kept =
        words.size() <= ChatStore.MAX_TOKENS
            ? words.stream()
            : Stream.concat(
                Stream.of(Tokens.OVERFLOW), words.stream().limit(ChatStore.MAX_TOKENS - 1));
    return kept.map(word -> token(room, word)).distinct().toList();
  }

  private static byte[] bound(long stream, UUID id, int kind, long author) {
    return ByteBuffer.allocate(36)
        .putLong(stream)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(kind)
        .putLong(author)
        .array();
  }

  private static byte[] bound(CellKey key) {
    return (key.space() + "\0" + key.key()).getBytes(StandardCharsets.UTF_8);
  }
}
