// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.Envelope;
import chat.storage.plain.Index.Place;
import chat.storage.plain.LogRecord.Append;
import chat.storage.plain.LogRecord.Put;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of one record in the log, with the checksum that stands before them. */
record Frame(Place place, int checksum, byte[] bytes) {
  private static final int HEADER = 8;

  static byte[] of(LogRecord record) {
    byte[] bytes = record.bytes();
    return new Frame(new Place(0, 0), Envelope.checksum(bytes), bytes).whole();
  }

  /** As it stands in the log. */
  byte[] whole() {
    return ByteBuffer.allocate(HEADER + bytes.length)
        .putInt(bytes.length)
        .putInt(checksum)
        .put(bytes)
        .array();
  }

  /** The same entry without its body and tokens; damaged if this is. */
  Frame withoutBody(Envelope envelope) {
    byte[] rest = new Append(envelope, null, List.of()).bytes();
    int sound = Envelope.checksum(rest);
    return new Frame(place, isSound() ? sound : ~sound, rest);
  }

  /** The place of a record whose frame begins there. */
  static Place place(long offset, byte[] frame) {
    return new Place(offset + HEADER, frame.length - HEADER);
  }

  /** The frame that begins there; null if the rest of the log is no whole frame. */
  static @Nullable Frame at(FileChannel log, long offset) throws IOException {
    ByteBuffer header = read(log, offset, HEADER);
    if (header.remaining() < HEADER) {
      return null;
    }
    int length = header.getInt();
    if (length < 1 || length > log.size() - offset - HEADER) {
      return null;
    }
    int checksum = header.getInt();
    ByteBuffer rest = read(log, offset + HEADER, length);
    if (rest.remaining() < length) {
      return null;
    }
    byte[] bytes = new byte[length];
    rest.get(bytes);
    return new Frame(new Place(offset + HEADER, length), checksum, bytes);
  }

  /** The frame of a record that is known to be there. */
  static @Nullable Frame at(FileChannel log, Place place) throws IOException {
    return at(log, place.offset() - HEADER);
  }

  private static ByteBuffer read(FileChannel log, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && log.read(bytes, offset + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  long end() {
    return place.offset() + place.length();
  }

  boolean isSound() {
    return checksum == Envelope.checksum(bytes);
  }

  /**
   * The record, damaged or not; null if it must not be believed. An entry says at which number
   * something is damaged, and a cell which one is; of anything else nothing can be told.
   */
  @Nullable LogRecord record() {
    try {
      LogRecord record = LogRecord.of(bytes);
      return isSound() || record instanceof Append || record instanceof Put ? record : null;
    } catch (IOException e) {
      return null;
    }
  }
}
