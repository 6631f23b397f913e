package chat.storage;

import java.nio.ByteBuffer;
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
 */
public record Envelope(
    long stream, long number, UUID id, int kind, long author, long time, int length, long hash) {

  /** The length of {@link #bytes()}. */
  public static final int BYTES = 64;

  /** The canonical form, big endian, in the order of the components; checksums are taken of it. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(stream)
        .putLong(number)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(kind)
        .putLong(author)
        .putLong(time)
        .putInt(length)
        .putLong(hash)
        .array();
  }

  /** CRC32C of {@link #bytes()}, which a store keeps beside the envelope and checks on reading. */
  public int checksum() {
    return checksum(bytes());
  }

  /** CRC32C (RFC 3720, appendix B.4) of any bytes, for bodies and cells. */
  public static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
