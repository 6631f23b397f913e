// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Reply;
import chat.protocol.WireFormat;
import java.nio.ByteBuffer;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The server's end of the native format. */
@Component(immediate = true, property = "chat.protocol.format=cbor")
public final class CborFormat implements WireFormat {

  @Override
  public String name() {
    return CborClientFormat.NAME;
  }

  @Override
  public Decoded<Command> decode(ByteBuffer bytes, int maxFrame, Map<String, Object> attributes) {
    return Frames.decode(Types.COMMANDS, Command.class, bytes, maxFrame);
  }

  @Override
  public byte[] encode(NegotiatedProtocol negotiated, int correlation, Reply reply) {
    return Frames.encode(Types.SERVER_MESSAGES, correlation, reply);
  }

  @Override
  public byte[] encode(NegotiatedProtocol negotiated, Event event) {
    return Frames.encode(Types.SERVER_MESSAGES, 0, event);
  }

  @Override
  public byte[] idle() {
    return Frames.IDLE.clone();
  }
}
