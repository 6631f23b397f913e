// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Connection;
import chat.connection.Listener;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborClientFormat;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: what is sent is kept, so that a test can order each step. */
final class FakeConnection implements Connection, Listener {
  private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 1);
  private static final int MOST = 1 << 20;

  private final CborClientFormat format = new CborClientFormat();
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final List<ServerMessage> told = new ArrayList<>();
  private final Map<Integer, Reply> replies = new ConcurrentHashMap<>();
  private final long id;
  private boolean reading;
  private int asked;
  private int sends;

  FakeConnection() {
    this(1);
  }

  FakeConnection(long id) {
    this.id = id;
  }

  /** How many commands there were; the last one's answer is by this number. */
  int asked() {
    return asked;
  }

  /** What a command was answered; null if it was not yet. */
  @Nullable Reply answer(int number) {
    return replies.get(number);
  }

  /** A command as it arrives. */
  ByteBuffer bytes(Command command) {
    return ByteBuffer.wrap(format.encode(++asked, command));
  }

  /** How often something was sent, be it one frame or several. */
  synchronized int sends() {
    return sends;
  }

  /** Whether the handler wants to read. */
  synchronized boolean isReading() {
    return reading;
  }

  /** What was sent after so many others. */
  synchronized List<ServerMessage> toldSince(int before) {
    return List.copyOf(told.subList(before, told.size()));
  }

  synchronized List<ServerMessage> told() {
    return List.copyOf(told);
  }

  @Override
  public synchronized boolean send(byte[] frame) {
    sends++;
    ByteBuffer frames = ByteBuffer.wrap(frame);
    while (format.decode(frames, MOST)
        instanceof Decoded.Message<ServerMessage>(int correlation, ServerMessage message)) {
      told.add(message);
      if (message instanceof Reply reply) {
        replies.put(correlation, reply);
      }
    }
    return true;
  }

  @Override
  public synchronized void pauseReads() {
    reading = false;
  }

  @Override
  public synchronized void resumeReads() {
    reading = true;
  }

  @Override
  public void close(byte[] lastWords) {
    send(lastWords);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress peer() {
    return HERE;
  }

  @Override
  public Listener listener() {
    return this;
  }

  @Override
  public Map<String, Object> attributes() {
    return attributes;
  }

  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void idleFrame(byte[] frame) {}

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public InetSocketAddress address() {
    return HERE;
  }

  @Override
  public List<String> formats() {
    return List.of("cbor");
  }

  @Override
  public Optional<String> fingerprint() {
    return Optional.empty();
  }

  @Override
  public int maxBuffer() {
    return MOST;
  }
}
