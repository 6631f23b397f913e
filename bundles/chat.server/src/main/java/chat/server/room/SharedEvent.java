// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event and its bytes, encoded once for each format and negotiated protocol. May be used by any
 * thread.
 */
public final class SharedEvent {
  private record Encoding(
      String format,
      int epoch,
      NegotiatedProtocol negotiated,
      byte[] bytes,
      @Nullable Encoding next) {}

  private final Event event;
  private volatile @Nullable Encoding encodings;

  public SharedEvent(Event event) {
    this.event = event;
  }

  public Event event() {
    return event;
  }

  public byte[] bytes(WireFormat format, int epoch, NegotiatedProtocol negotiated) {
    for (Encoding e = encodings; e != null; e = e.next()) {
      if (e.epoch() == epoch
          && e.format().equals(format.name())
          && e.negotiated().equals(negotiated)) {
        return e.bytes();
      }
    }
    byte[] bytes = format.encode(negotiated, event);
    Encoding before = encodings;
    boolean stale = before != null && before.epoch() != epoch;
    encodings = new Encoding(format.name(), epoch, negotiated, bytes, stale ? null : before);
    return bytes;
  }
}
