// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.nio.ByteBuffer;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns bytes into commands, replies and events into bytes: the server's end of a wire format.
 *
 * <p>A format keeps no state: half a frame is just bytes that stay in the connection, and what must
 * be remembered of a connection is in its attributes (JDK types only). So a format can be exchanged
 * while connections use it. All methods may be called from any thread.
 */
@ConsumerType
public interface WireFormat {

  /** The name by which listeners choose it, for example {@code cbor}. */
  String name();

  /**
   * Takes one whole frame off the buffer, or nothing. Never throws for what the bytes are, and
   * allocates no more than the frame's length.
   *
   * @param bytes big endian; its position moves behind what was taken
   * @param maxFrame the most bytes of a frame now
   * @param attributes of the connection
   */
  Decoded<Command> decode(ByteBuffer bytes, int maxFrame, Map<String, Object> attributes);

  /** The frame of a reply. */
  byte[] encode(NegotiatedProtocol negotiated, int correlation, Reply reply);

  /** The frame of an event, the same for everybody with the same negotiated protocol. */
  byte[] encode(NegotiatedProtocol negotiated, Event event);

  /** The frame that says only that this end is alive. */
  byte[] idle();
}
