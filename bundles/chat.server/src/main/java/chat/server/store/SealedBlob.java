// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.Aes;
import chat.server.base.SealException;
import chat.server.base.Sha256;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * A blob in sealed pieces of 64 KiB clear each, under a key of its own; an empty blob is one empty
 * piece. Each piece is bound to the blob and its place in it.
 *
 * @param key 32 bytes
 * @param size clear bytes
 */
public record SealedBlob(UUID id, byte[] key, long size) {
  /** Clear bytes of a piece, the last one excepted. */
  public static final int PIECE = 64 << 10;

  /** Bytes of a key. */
  public static final int KEY = 32;

  private static final int SEALED_PIECE = PIECE + Aes.OVERHEAD;

  public long pieces() {
    return Math.max(1, (size + PIECE - 1) / PIECE);
  }

  /** The length of the whole blob in the store. */
  public long sealedLength() {
    return size + pieces() * Aes.OVERHEAD;
  }

  /** How many clear bytes are in whole pieces of a sealed length. */
  public static long clearLength(long sealedLength) {
    return sealedLength / SEALED_PIECE * PIECE;
  }

  public static long offset(long piece) {
    return piece * SEALED_PIECE;
  }

  public byte[] seal(long piece, byte[] clear) {
    return Aes.of(key).seal(clear, bound(piece));
  }

  /** The clear bytes of a sealed piece. */
  byte[] open(long piece, byte[] sealed) throws SealException {
    return Aes.of(key).open(sealed, bound(piece));
  }

  /** The clear bytes of a piece in the store. */
  public byte[] read(StoreAccess access, long piece) throws StorageException, SealException {
    byte[] sealed = access.read((store, generation) -> store.blob(id, offset(piece), SEALED_PIECE));
    return open(piece, sealed);
  }

  /** SHA-256 over all clear bytes as the store has them; takes a lease for each piece. */
  public byte[] sha256(StoreAccess access) throws StorageException, SealException {
    MessageDigest sha = Sha256.digest();
    for (long piece = 0; piece < pieces(); piece++) {
      sha.update(read(access, piece));
    }
    return sha.digest();
  }

  private byte[] bound(long piece) {
    return ByteBuffer.allocate(32)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putLong(piece)
        .putLong(size)
        .array();
  }
}
