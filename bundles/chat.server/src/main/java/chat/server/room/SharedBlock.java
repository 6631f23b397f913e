// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.NegotiatedProtocol;
import chat.protocol.WireFormat;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Entries of a room that follow each other, with their frames in one piece: what a batch added,
 * made once for all who are level with the room. May be used by any thread.
 */
public final class SharedBlock {
  private final long first;
  private final List<SharedEvent> entries;
  private final SharedEvent.Encodings encodings = new SharedEvent.Encodings();

  SharedBlock(long first, List<SharedEvent> entries) {
    this.first = first;
    this.entries = List.copyOf(entries);
  }

  /** The number of the first entry. */
  public long first() {
    return first;
  }

  /** The number of the last entry. */
  public long last() {
    return first + entries.size() - 1;
  }

  /** The frames, one behind the other. */
  public byte[] bytes(WireFormat format, int epoch, NegotiatedProtocol negotiated) {
    return encodings.get(
        format,
        epoch,
        negotiated,
        () -> {
          ByteArrayOutputStream frames = new ByteArrayOutputStream();
          entries.forEach(entry -> frames.writeBytes(entry.bytes(format, epoch, negotiated)));
          return frames.toByteArray();
        });
  }
}
