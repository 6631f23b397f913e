// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.nio.ByteBuffer;

/** The client's end of a wire format. Keeps no state; may be called from any thread. */
public interface ClientFormat {

  /** The name of the {@link WireFormat} it talks to. */
  String name();

  /**
   * The frame of a command.
   *
   * @param correlation not 0; the reply carries it again
   */
  byte[] encode(int correlation, Command command);

  /** The frame that says only that this end is alive. */
  byte[] idle();

  /** Takes one whole frame off the buffer, or nothing; see {@link WireFormat#decode}. */
  Decoded<ServerMessage> decode(ByteBuffer bytes, int maxFrame);
}
