// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.ServerMessage;
import java.nio.ByteBuffer;

/** The client's end of the native format. */
public final class CborClientFormat implements ClientFormat {
  static final String NAME = "cbor";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte[] encode(int correlation, Command command) {
    return Frames.encode(Types.COMMANDS, correlation, command);
  }

  @Override
  public byte[] idle() {
    return Frames.IDLE.clone();
  }

  @Override
  public Decoded<ServerMessage> decode(ByteBuffer bytes, int maxFrame) {
    return Frames.decode(Types.SERVER_MESSAGES, ServerMessage.class, bytes, maxFrame);
  }
}
