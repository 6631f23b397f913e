// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.WireFormat;

/**
 * An event and its bytes, encoded once for each format and negotiated protocol. May be used by any
 * thread.
 */
public final class SharedEvent {
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
