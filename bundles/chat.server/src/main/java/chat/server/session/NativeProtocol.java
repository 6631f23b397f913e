// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.connection.Connection;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.WireFormat;
import chat.server.base.Refusal;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Of a client that speaks our words, in the bytes of some wire format. */
final class NativeProtocol implements ClientProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(NativeProtocol.class);

  private record Waiting(int correlation, Reply reply) {}

  private final Session session;
  private final Connection connection;
  private final Formats formats;
  private final String name;

  /** Guarded by itself. */
  private final Queue<Waiting> unsent = new ArrayDeque<>();

  /** Guarded by {@code unsent}. */
  private boolean restartUntold;

  NativeProtocol(Session session, Formats formats, String name) {
    this.session = session;
    this.connection = session.connection();
    this.formats = formats;
    this.name = name;
  }

  private @Nullable Leased<WireFormat> format() {
    return formats.format(name);
  }

  private boolean isThere() {
    try (Leased<WireFormat> format = format()) {
      return format != null;
    }
  }

  @Override
  public ClientPolicy policy() {
    return isThere() ? ClientPolicy.DIRECT : ClientPolicy.UNKNOWN;
  }

  @Override
  public boolean isReady() {
    return isThere();
  }

  @Override
  public void begin(boolean again) {
    try (Leased<WireFormat> format = format()) {
      if (format != null) {
        connection.idleFrame(format.service().idle());
      }
    }
    if (again) {
      tellRestarted();
    }
  }

  /** Goes out as a reply does: a client that is not told would wait for its answers for ever. */
  private void tellRestarted() {
    synchronized (unsent) {
      try (Leased<WireFormat> format = format()) {
        restartUntold = format == null;
        if (format != null) {
          connection.send(format.service().encode(session.negotiated(), new Event.Restarted()));
        }
      }
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (!session.isOver()) {
      int before = bytes.position();
      Decoded<Command> decoded = session.ready() ? decoded(bytes) : null;
      if (decoded == null) {
        session.pause();
        return;
      }
      switch (decoded) {
        case Decoded.Incomplete<Command> half -> {
          return;
        }
        case Decoded.Idle<Command> idle -> {}
        case Decoded.Message<Command>(int correlation, Command command) ->
            session.run(correlation, command);
        case Decoded.Unknown<Command>(int correlation, int type) ->
            session.refuseUnread(
                correlation, Refusal.invalid(Problem.UNSUPPORTED, "no command has type " + type));
        case Decoded.Malformed<Command>(int correlation, String why) ->
            session.refuseUnread(correlation, Refusal.invalid(Problem.MALFORMED, why));
        case Decoded.TooLarge<Command>(int correlation, String why) ->
            session.refuseUnread(correlation, Refusal.invalid(Problem.TOO_LARGE, why));
        case Decoded.Broken<Command>(Problem problem, String why) -> {
          LOG.info("{} is closed: {}", session, why);
          bytes.position(bytes.limit());
          connection.close(encoded(new Reply.Failed(problem, why)));
          return;
        }
      }
      if (bytes.position() == before) {
        throw new IllegalStateException("format " + name + " took nothing");
      }
    }
  }

  /** The next message; null if the format has gone, and the bytes wait for the next one. */
  private @Nullable Decoded<Command> decoded(ByteBuffer bytes) {
    try (Leased<WireFormat> format = format()) {
      return format == null
          ? null
          : format.service().decode(bytes, session.maxFrame(), connection.attributes());
    }
  }

  /** The frame of a last reply to nothing in particular; empty if the format has gone. */
  private byte[] encoded(Reply reply) {
    try (Leased<WireFormat> format = format()) {
      return format == null ? new byte[0] : format.service().encode(session.negotiated(), 0, reply);
    }
  }

  @Override
  public boolean answer(int correlation, Reply reply) {
    synchronized (unsent) {
      try (Leased<WireFormat> format = format()) {
        if (format == null) {
          unsent.add(new Waiting(correlation, reply));
          return false;
        }
        byte[] frame = format.service().encode(session.negotiated(), correlation, reply);
        if (reply instanceof Reply.Posted) {
          session.replies().send(connection, frame);
        } else {
          connection.send(frame); // what follows on it may be told at once
        }
        return true;
      }
    }
  }

  @Override
  public boolean send(SharedEvent event) {
    if (!connection.writable() || session.isOver()) {
      return false;
    }
    try (Leased<WireFormat> format = format()) {
      if (format == null) {
        return false;
      }
      connection.send(event.bytes(format.service(), formats.epoch(), session.negotiated()));
      return true;
    }
  }

  @Override
  public boolean send(SharedBlock entries) {
    if (!connection.writable() || session.isOver()) {
      return false;
    }
    try (Leased<WireFormat> format = format()) {
      if (format == null) {
        return false;
      }
      connection.send(entries.bytes(format.service(), formats.epoch(), session.negotiated()));
      return true;
    }
  }

  @Override
  public int formatArrived() {
    synchronized (unsent) {
      try (Leased<WireFormat> format = format()) {
        return format == null ? 0 : catchUp(format.service());
      }
    }
  }

  /** Sends what waited for a format, and says how many answers that were. */
  private int catchUp(WireFormat format) {
    int answered = 0;
    connection.idleFrame(format.idle());
    if (restartUntold) {
      tellRestarted();
    }
    for (Waiting next = unsent.poll(); next != null; next = unsent.poll()) {
      connection.send(format.encode(session.negotiated(), next.correlation(), next.reply()));
      answered++;
    }
    return answered;
  }

  @Override
  public void resume() {}

  @Override
  public void close(Event lastWords) {
    try (Leased<WireFormat> format = format()) {
      connection.close(
          format == null ? new byte[0] : format.service().encode(session.negotiated(), lastWords));
    }
  }

  @Override
  public void end() {}
}
