// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Dialect;
import chat.protocol.Event;
import chat.protocol.WireFormat;
import org.jspecify.annotations.Nullable;

/** An event and its bytes, encoded once for each format and dialect. May be used by any thread. */
public final class SharedEvent {
  private record Encoding(
      String format, int epoch, Dialect dialect, byte[] bytes, @Nullable Encoding next) {}

  private final Event event;
  private volatile @Nullable Encoding encodings;

  public SharedEvent(Event event) {
    this.event = event;
  }

  public Event event() {
    return event;
  }

  public byte[] bytes(WireFormat format, int epoch, Dialect dialect) {
    for (Encoding e = encodings; e != null; e = e.next()) {
      if (e.epoch() == epoch && e.format().equals(format.name()) && e.dialect().equals(dialect)) {
        return e.bytes();
      }
    }
    byte[] bytes = format.encode(dialect, event);
    Encoding before = encodings;
    boolean stale = before != null && before.epoch() != epoch;
    encodings = new Encoding(format.name(), epoch, dialect, bytes, stale ? null : before);
    return bytes;
  }
}
