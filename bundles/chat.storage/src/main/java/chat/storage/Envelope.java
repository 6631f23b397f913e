// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The part of an entry that never changes, not even when its body is erased.
 *
 * @param stream the stream it stands in
 * @param number its place there, from 1 without gaps
 * @param id chosen by the author's client
 * @param kind what it is
 * @param author the account
 * @param time UTC milliseconds at commit
 * @param length bytes of the clear body
 * @param hash keyed hash of the clear body
 * @param about the number of the entry in the same stream that this one is about; 0 for none
 */
public record Envelope(
    long stream,
    long number,
    UUID id,
    int kind,
    long author,
    long time,
    int length,
    long hash,
    long about) {

  private static final int BYTES = 64;

  /**
   * The canonical form, big endian, in the order of the components; checksums are taken of it. An
   * entry that is about none ends before {@code about}: so checksums and digests of envelopes from
   * before there was such a thing still fit.
   */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(about == 0 ? BYTES : BYTES + Long.BYTES);
    bytes
        .putLong(stream)
        .putLong(number)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(kind)
        .putLong(author)
        .putLong(time)
        .putInt(length)
        .putLong(hash);
    if (about != 0) {
      bytes.putLong(about);
    }
    return bytes.array();
  }

  /** CRC32C of {@link #bytes()}, which a store keeps beside the envelope and checks on reading. */
  public int checksum() {
    return checksum(bytes());
  }

  /**
   * CRC32C of a body and its tokens behind it, in their order; that of the body alone if there are
   * none.
   */
  public static int checksum(byte[] body, List<Long> tokens) {
    ByteBuffer bytes = ByteBuffer.allocate(body.length + Long.BYTES * tokens.size()).put(body);
    tokens.forEach(bytes::putLong);
    return checksum(bytes.array());
  }

  /** CRC32C (RFC 3720, appendix B.4) of any bytes, for bodies and cells. */
  public static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
