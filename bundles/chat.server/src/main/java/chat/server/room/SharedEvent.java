// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.WireFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event and its bytes, encoded once for each format and negotiated protocol. May be used by any
 * thread.
 */
public final class SharedEvent {
  /** The bytes of something, made once for each format and negotiated protocol. */
  static final class Encodings {
    private record Encoding(
        String format,
        int epoch,
        NegotiatedProtocol negotiated,
        byte[] bytes,
        @Nullable Encoding next) {}

    private volatile @Nullable Encoding encodings;

    byte[] get(
        WireFormat format, int epoch, NegotiatedProtocol negotiated, Supplier<byte[]> encoding) {
      for (Encoding e = encodings; e != null; e = e.next()) {
        if (e.epoch() == epoch
            && e.format().equals(format.name())
            && e.negotiated().equals(negotiated)) {
          return e.bytes();
        }
      }
      byte[] bytes = encoding.get();
      Encoding before = encodings;
      boolean stale = before != null && before.epoch() != epoch;
      encodings = new Encoding(format.name(), epoch, negotiated, bytes, stale ? null : before);
      return bytes;
    }
  }

  private final Event event;
  private final Encodings encodings = new Encodings();

  public SharedEvent(Event event) {
    this.event = event;
  }

  public Event event() {
    return event;
  }

  public byte[] bytes(WireFormat format, int epoch, NegotiatedProtocol negotiated) {
    return encodings.get(format, epoch, negotiated, () -> format.encode(negotiated, event));
  }
}
