// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * Seals what goes into the store and opens what comes out of it: what is opened was written by this
 * server, in this place.
 *
 * <pre>
 *   sealed    0xC2 | u32 number of the data key | nonce 12 | ciphertext | tag 16
 *   clear     u8 form | u32 length | value | zeros up to the next step (see {@link #padded})
 *   bound to  a cell: its space and key; a body: room, id, kind, author and what it is about
 *
 *   before    u32 number of the data key | ...: the value alone, and a body not bound to what it is
 *             about; some cells were not sealed at all
 * </pre>
 *
 * <p><b>Threads.</b> Everything may be called from any thread.
 */
public final class Seals {
  /** No value of before begins with this byte: they begin with small numbers. */
  private static final byte SEALED = (byte) 0xC2;

  private static final byte FORM = 1;
  private static final int HEAD = 1 + Integer.BYTES;
  private static final int LEAST_STEP = 32;

  private final KeyRing ring;
  private final Integrity integrity = new Integrity();

  /** Reads the data keys of a store, and reserves seals in it. */
  public Seals(MasterKey master, ChatStore store, long generation)
      throws StorageException, SealException {
    this(KeyRing.open(master, store, generation));
  }

  private Seals(KeyRing ring) {
    this.ring = ring;
  }

  /** To open what another server seals into this store, as far as its keys are known by now. */
  public static Seals reading(MasterKey master, ChatStore store)
      throws StorageException, SealException {
    return new Seals(KeyRing.read(master, store));
  }

  public KeyRing ring() {
    return ring;
  }

  /** What was found that can't be opened. */
  public Integrity integrity() {
    return integrity;
  }

  private byte[] seal(byte[] clear, byte[] bound) {
    byte[] wide =
        ByteBuffer.allocate(padded(HEAD + clear.length))
            .put(FORM)
            .putInt(clear.length)
            .put(clear)
            .array();
    byte[] sealed = ring.seal(wide, bound);
    return ByteBuffer.allocate(1 + sealed.length).put(SEALED).put(sealed).array();
  }

  private byte[] open(byte[] sealed, byte[] bound) throws SealException {
    ByteBuffer wide =
        ByteBuffer.wrap(ring.open(Arrays.copyOfRange(sealed, 1, sealed.length), bound));
    if (wide.remaining() < HEAD || wide.get() != FORM) {
      throw new SealException("sealed in an unknown form");
    }
    int length = wide.getInt();
    if (length < 0 || length > wide.remaining()) {
      throw new SealException("sealed in an unknown form");
    }
    byte[] clear = new byte[length];
    wide.get(clear);
    return clear;
  }

  /**
   * The length that tells no exact length: a multiple of 32 bytes, and of an eighth of the greatest
   * power of two that is not greater.
   */
  public static int padded(int length) {
    int step = Math.max(LEAST_STEP, Integer.highestOneBit(Math.max(1, length)) / 8);
    return (length + step - 1) / step * step;
  }

  private static boolean isSealed(byte[] value) {
    return value.length > HEAD && value[0] == SEALED;
  }

  /** The number of the data key under which a value is sealed; 0 if it is of a form of before. */
  private static int number(byte[] value) {
    return isSealed(value) ? ByteBuffer.wrap(value, 1, Integer.BYTES).getInt() : 0;
  }

  /** The sealed body of an entry, bound to where it stands, who wrote it and what it is about. */
  public byte[] sealBody(long stream, UUID id, int kind, long author, long about, byte[] clear) {
    return ring.isOld()
        ? ring.seal(clear, boundBefore(stream, id, kind, author))
        : seal(clear, bound(stream, id, kind, author, about));
  }

  public byte[] openBody(long stream, UUID id, int kind, long author, long about, byte[] sealed)
      throws SealException {
    return isSealed(sealed)
        ? open(sealed, bound(stream, id, kind, author, about))
        : ring.open(sealed, boundBefore(stream, id, kind, author));
  }

  /** The value of a cell, sealed and bound to its key. */
  public byte[] sealCell(CellKey key, byte[] clear) {
    if (!ring.isOld()) {
      return seal(clear, bound(key));
    }
    return kind(key).wasSealed() ? ring.seal(clear, boundBefore(key)) : clear;
  }

  /** Writes a cell sealed. */
  public CellWrite write(CellKey key, byte[] clear) {
    return new CellWrite(key, sealCell(key, clear));
  }

  /**
   * The value of a cell, if this server wrote it under this key.
   *
   * @throws SealException also if it is of a form that is not accepted any more
   */
  public byte[] openCell(Cell cell) throws SealException {
    byte[] value = cell.value();
    int number = number(value);
    if (!ring.accepts(number)) {
      throw new SealException(
          number == 0
              ? "it is not sealed in the form that every cell has by now"
              : "it is sealed under a key that is not good any more");
    }
    if (isSealed(value)) {
      return open(value, bound(cell.key()));
    }
    return kind(cell.key()).wasSealed() ? ring.open(value, boundBefore(cell.key())) : value;
  }

  /** Whether a cell is to be sealed anew. */
  public boolean isDue(Cell cell) {
    return CellKind.of(cell.key()).map(CellKind::isSealed).orElse(false)
        && ring.isDue(number(cell.value()));
  }

  private static CellKind kind(CellKey key) {
    return CellKind.of(key)
        .filter(CellKind::isSealed)
        .orElseThrow(() -> new IllegalArgumentException("no sealed kind of cell: " + key.space()));
  }

  /**
   * By this a repeat is told from another content without opening either. It depends on author and
   * id, so that two who say the same are not seen to.
   */
  public long hash(long stream, int kind, long author, UUID id, byte[] clear) {
    if (ring.isOld()) {
      return hashBefore(stream, kind, clear);
    }
    byte[] head =
        ByteBuffer.allocate(40)
            .putLong(stream)
            .putInt(kind)
            .putInt(FORM)
            .putLong(author)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return ring.hashing().hash(head, clear);
  }

  /** The same, as it was for entries of before. */
  public long hashBefore(long stream, int kind, byte[] clear) {
    byte[] head = ByteBuffer.allocate(12).putLong(stream).putInt(kind).array();
    return ring.hashing().hash(head, clear);
  }

  /** Of an envelope: what stands beside its number, by which a change of it is found. */
  public long stamp(byte[] envelope) {
    return ring.hashing().hash("stamp".getBytes(StandardCharsets.UTF_8), envelope);
  }

  /**
   * The cell of what a name looks like: whoever reads the database does not learn display names
   * from it.
   */
  public CellKey skeleton(String skeleton) {
    byte[] name = skeleton.getBytes(StandardCharsets.UTF_8);
    return CellKind.SKELETON.key(
        Cells.hex(ring.hashing().hash("skeleton".getBytes(StandardCharsets.UTF_8), name)));
  }

  /** By this a word is found in a room without being known; each room has tokens of its own. */
  public long token(long room, String word) {
    return token(ring.searching().begin(), Cells.bytes(room), word);
  }

  private static long token(Mac mac, byte[] room, String word) {
    mac.update(room);
    mac.update(word.getBytes(StandardCharsets.UTF_8));
    return Hmac.first(mac);
  }

  /**
   * Those of many words, as many as an entry keeps; in an order that does not tell where in the
   * text they stand.
   */
  public List<Long> tokens(long room, Collection<String> words) {
    Stream<String> kept =
        words.size() <= ChatStore.MAX_TOKENS
            ? words.stream()
            : Stream.concat(
                Stream.of(Tokens.OVERFLOW), words.stream().limit(ChatStore.MAX_TOKENS - 1));
    Mac mac = ring.searching().begin();
    byte[] bytes = Cells.bytes(room);
    return kept.map(word -> token(mac, bytes, word)).distinct().sorted().toList();
  }

  private static byte[] boundBefore(long stream, UUID id, int kind, long author) {
    return ByteBuffer.allocate(36)
        .putLong(stream)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(kind)
        .putLong(author)
        .array();
  }

  private static byte[] bound(long stream, UUID id, int kind, long author, long about) {
    return ByteBuffer.allocate(49)
        .put(SEALED)
        .putInt(FORM)
        .putLong(stream)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(kind)
        .putLong(author)
        .putLong(about)
        .array();
  }

  private static byte[] boundBefore(CellKey key) {
    return (key.space() + "\0" + key.key()).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bound(CellKey key) {
    return ("cell\0" + key.space() + "\0" + key.key()).getBytes(StandardCharsets.UTF_8);
  }
}
