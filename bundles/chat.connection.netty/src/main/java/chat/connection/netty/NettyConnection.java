// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import chat.connection.Connection;
import chat.connection.ConnectionHandler;
import chat.connection.Listener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket.
 *
 * <p><b>Reading.</b> What the handler did not take stays in {@link #unread}. While reads are
 * paused, or nobody attends, bytes that are already on their way are kept there too and offered
 * again.
 *
 * <p><b>Writing.</b> Any thread puts frames into {@link #queue}; the first one to do so since the
 * last flush asks the event loop, by its {@link FlushQueue}, to come by. The loop joins what is
 * queued into blocks of up to {@link #BLOCK} bytes and flushes once; or, where the listener says
 * so, it sends frame by frame with a pause behind each. It takes no more than the socket wants, so
 * what waits is the queue, and {@link #pending} counts it.
 *
 * <p><b>Changing hands.</b> {@link #park} takes this object out of its channel, which stays open,
 * and gives what it kept; another build of this class goes on with that. What arrives meanwhile
 * waits in the flow control before it, which is Netty's.
 *
 * <p><b>The end.</b> When the peer of somebody who is logged in has closed or reset the connection,
 * what had arrived of it is still offered, as long as the handler goes on taking it; then the
 * handler hears that the connection is closed.
 *
 * <p><b>Threads.</b> {@code queue}, {@code pending} and the volatile fields are for everybody; all
 * else belongs to the channel's event loop.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {
  static final int HIGH_WATER = 128 << 10;
  private static final int LOW_WATER = 64 << 10;
  private static final int BLOCK = 32 << 10;

  /** So often more time is given to what was left behind, if more of it was taken. */
  private static final int DRAINING_ROUNDS = 15;

  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

  private final long id;
  private final Channel channel;
  private final Listener listener;
  private final Pacing pacing;
  private final Timings timings;
  private final PendingBytes allPending;
  private final FlushQueue flushes;
  private final Consumer<NettyConnection> gone;
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean flushAsked = new AtomicBoolean();

  /** What the handler says of a connection on which somebody is logged in. */
  private static final String LOGGED_IN = "chat.logged-in";

  private volatile boolean closing;
  private volatile boolean parked;

  /** The channel is closed, and not all that came is taken. Only on the event loop. */
  private boolean draining;

  /** When it became too much for the peer, by {@link System#nanoTime}; 0 if it is not. */
  private volatile long stuckSince;

  private volatile byte[] idleFrame = new byte[0];

  private @Nullable ConnectionHandler handler;
  private @Nullable ByteBuf unread;
  private boolean paused = true;
  private boolean offering;
  private volatile long heardAt = System.nanoTime();
  private long spokeAt = System.nanoTime();
  private int lastLength;
  private long lastAt = System.nanoTime();
  private boolean nextAsked;

  /**
   * @param allPending counts what waits in this and the other connections
   * @param flushes of the channel's event loop
   * @param gone is told when the channel has closed
   */
  NettyConnection(
      long id,
      Channel channel,
      Port listener,
      Timings timings,
      PendingBytes allPending,
      FlushQueue flushes,
      Consumer<NettyConnection> gone) {
    this.id = id;
    this.channel = channel;
    this.listener = listener;
    this.pacing = listener.pacing();
    this.timings = timings;
    this.allPending = allPending;
    this.flushes = flushes;
    this.gone = gone;
  }

  /** What a connection keeps, in types of the JDK and of Netty only. */
  record Kept(
      long id,
      Channel channel,
      Map<String, Object> attributes,
      byte[] unread,
      List<byte[]> frames,
      byte[] idleFrame) {}

  /** Goes on with what another object kept. Only on the event loop, before any other call. */
  void take(Kept kept) {
    attributes.putAll(kept.attributes());
    idleFrame = kept.idleFrame();
    if (kept.unread().length > 0) {
      unread = channel.alloc().heapBuffer(kept.unread().length).writeBytes(kept.unread());
    }
    kept.frames().forEach(this::enqueue);
  }

  /** Lets go of the channel; null if that is closing. Only on the event loop. */
  @Nullable Kept park() {
    endDraining();
    if (closing || !channel.isActive()) {
      return null;
    }
    pauseNow();
    ConnectionHandler current = handler;
    handler = null;
    if (current != null) {
      guarded(() -> current.released(this));
    }
    parked = true;
    channel.pipeline().remove(this);
    List<byte[]> frames = new ArrayList<>();
    for (byte[] frame = queue.poll(); frame != null; frame = queue.poll()) {
      frames.add(frame);
    }
    byte[] rest = new byte[0];
    if (unread != null) {
      rest = ByteBufUtil.getBytes(unread);
      unread.release();
      unread = null;
    }
    return new Kept(id, channel, Map.copyOf(attributes), rest, frames, idleFrame);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress peer() {
    return channel.remoteAddress();
  }

  @Override
  public Listener listener() {
    return listener;
  }

  @Override
  public Map<String, Object> attributes() {
    return attributes;
  }

  @Override
  public boolean send(byte[] frame) {
    if (closing || parked) {
      return false;
    }
    enqueue(frame);
    return writable();
  }

  private void enqueue(byte[] frame) {
    queue.add(frame);
    allPending.add(frame.length);
    if (pending.addAndGet(frame.length) >= HIGH_WATER && stuckSince == 0) {
      // In one step: between a flag and its time a tick would take the connection for long dead.
      stuckSince = System.nanoTime() | 1;
    }
    if (flushAsked.compareAndSet(false, true)) {
      flushes.add(this);
    }
  }

  @Override
  public long pendingBytes() {
    return pending.get();
  }

  @Override
  public boolean writable() {
    return stuckSince == 0 && !closing && !parked;
  }

  @Override
  public void pauseReads() {
    if (channel.eventLoop().inEventLoop()) {
      pauseNow();
    } else {
      channel.eventLoop().execute(this::pauseNow);
    }
  }

  private void pauseNow() {
    paused = true;
    channel.config().setAutoRead(false);
  }

  @Override
  public void resumeReads() {
    channel.eventLoop().execute(this::resumeNow);
  }

  private void resumeNow() {
    if (handler == null) {
      return;
    }
    paused = false;
    if (!channel.isActive() && !draining) {
      return; // channelInactive is on its way, and looks whether reads are paused
    }
    heardAt = System.nanoTime();
    offer();
    if (draining) {
      endIfDrained();
    } else if (!paused) {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public void idleFrame(byte[] frame) {
    idleFrame = frame;
  }

  @Override
  public void close(byte[] lastWords) {
    if (closing || parked) {
      return;
    }
    if (lastWords.length > 0) {
      enqueue(lastWords);
    }
    closing = true;
    channel
        .eventLoop()
        .execute(() -> {
          flush();
          channel
              .eventLoop()
              .schedule(
                  (Runnable) channel::close, timings.lastWords().toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  EventExecutor loop() {
    return channel.eventLoop();
  }

  /** For how long nothing has come. */
  long silentNanos(long now) {
    return now - heardAt;
  }

  /** Closes at once, without what is queued. */
  void abort() {
    closing = true;
    channel.close();
  }

  /** Gives the connection to a handler, or to nobody. Only on the event loop. */
  void attend(@Nullable ConnectionHandler next) {
    if (next != null && next == handler) {
      return; // it was accepted in the middle of a handover and has been adopted already
    }
    if (draining) {
      endDraining();
      return;
    }
    pauseNow();
    handler = next;
    if (next != null && channel.isActive()) {
      guarded(() -> next.adopt(this));
    }
  }

  /** Looks after the time limits, about twice a second. Only on the event loop. */
  void tick(long now) {
    if (draining) {
      return;
    }
    boolean givesSigns = idleFrame.length > 0;
    if (paused) {
      heardAt = now;
    } else if (givesSigns && now - heardAt > timings.deadAfter().toNanos()) {
      LOG.debug("{} is silent, given up", this);
      channel.close();
      return;
    }
    long since = stuckSince;
    if (givesSigns && since != 0 && now - since > timings.stuckAfter().toNanos()) {
      LOG.info("{} takes nothing, given up", this);
      channel.close();
      return;
    }
    if (givesSigns && !closing && now - spokeAt > timings.idleAfter().toNanos()) {
      enqueue(idleFrame);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    heardAt = System.nanoTime();
    if (closing) {
      bytes.release();
      return;
    }
    ByteBuf before = unread;
    if (before == null) {
      unread = bytes;
    } else {
      before.discardSomeReadBytes();
      unread = before.writeBytes(bytes);
      bytes.release();
    }
    if (!paused) {
      offer();
    }
  }

  private void offer() {
    ConnectionHandler current = handler;
    ByteBuf bytes = unread;
    if (current == null || bytes == null || offering) {
      return;
    }
    ByteBuffer view = bytes.nioBuffer();
    offering = true;
    guarded(() -> current.received(this, view));
    offering = false;
    bytes.skipBytes(view.position());
    if (!bytes.isReadable()) {
      bytes.release();
      unread = null;
    } else if (view.position() == 0 && !paused && bytes.readableBytes() >= listener.maxBuffer()) {
      LOG.warn("{} sent {} bytes that nobody takes, closed", this, bytes.readableBytes());
      channel.close();
    } else {
      // Not the receive buffer itself: it may be far larger than what is kept of it.
      unread = channel.alloc().heapBuffer(bytes.readableBytes()).writeBytes(bytes);
      bytes.release();
    }
  }

  /** Only on the event loop. */
  void flush() {
    flushAsked.set(false);
    if (!channel.isActive()) {
      forget();
      return;
    }
    boolean wrote = pacing.isOn() ? flushPaced() : flushJoined();
    if (wrote) {
      spokeAt = System.nanoTime();
      channel.flush();
    }
    unstick();
    closeIfDone();
  }

  /** The next frame if its time has come; else the loop comes by again when it has. */
  private boolean flushPaced() {
    byte[] frame = queue.peek();
    if (frame == null || nextAsked || !channel.isWritable()) {
      return false;
    }
    boolean wrote = false;
    long wait = lastAt + pacing.gapNanos(lastLength, frame.length) - System.nanoTime();
    if (wait <= 0) {
      queue.poll();
      channel.write(Unpooled.wrappedBuffer(frame)).addListener(done -> written(frame.length));
      lastLength = frame.length;
      lastAt = System.nanoTime();
      wrote = true;
      byte[] next = queue.peek();
      wait = next == null ? 0 : pacing.gapNanos(lastLength, next.length);
    }
    if (!queue.isEmpty()) {
      nextAsked = true;
      channel
          .eventLoop()
          .schedule(
              () -> {
                nextAsked = false;
                flush();
              },
              Math.max(1, wait),
              TimeUnit.NANOSECONDS);
    }
    return wrote;
  }

  private boolean flushJoined() {
    boolean wrote = false;
    while (channel.isWritable() && !queue.isEmpty()) {
      ByteBuf block = channel.alloc().buffer((int) Math.min(BLOCK, pending.get()));
      for (byte[] frame = queue.peek(); frame != null; frame = queue.peek()) {
        if (block.readableBytes() > 0 && block.readableBytes() + frame.length > BLOCK) {
          break;
        }
        queue.poll();
        block.writeBytes(frame);
      }
      int size = block.readableBytes();
      channel.write(block).addListener(done -> written(size));
      wrote = true;
    }
    return wrote;
  }

  /**
   * Also after a flush that found nothing to do: another thread may have called the connection
   * stuck when what it counted had already left.
   */
  private void unstick() {
    if (stuckSince != 0 && pending.get() < LOW_WATER) {
      stuckSince = 0;
      ConnectionHandler current = handler;
      if (current != null && !closing) {
        guarded(() -> current.writable(this));
      }
    }
  }

  private void written(int size) {
    pending.addAndGet(-size);
    allPending.add(-size);
    unstick();
    closeIfDone();
  }

  private void closeIfDone() {
    if (closing && !parked && pending.get() == 0) {
      channel.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean byPeer = !closing;
    forget();
    if (byPeer && unread != null && handler != null && attributes.containsKey(LOGGED_IN)) {
      draining = true;
      endDrainingUnlessLess(unread.readableBytes(), DRAINING_ROUNDS);
      if (!paused) {
        offer();
      }
      endIfDrained();
    } else {
      end();
    }
  }

  /** Nothing is left, or the handler waits for more, which does not come. */
  private void endIfDrained() {
    if (draining && (unread == null || !paused)) {
      endDraining();
    }
  }

  /** In a while, unless something more was taken by then. */
  private void endDrainingUnlessLess(int left, int rounds) {
    var unused =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (draining && rounds > 1 && unread != null && unread.readableBytes() < left) {
                    endDrainingUnlessLess(unread.readableBytes(), rounds - 1);
                  } else {
                    endDraining();
                  }
                },
                timings.lastWords().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void endDraining() {
    if (draining) {
      draining = false;
      end();
    }
  }

  private void end() {
    closing = true;
    forget();
    if (unread != null) {
      unread.release();
      unread = null;
    }
    ConnectionHandler current = handler;
    handler = null;
    gone.accept(this);
    if (current != null) {
      guarded(() -> current.closed(this));
    }
  }

  /** Drops what is queued; what another thread adds meanwhile is dropped by the next flush. */
  private void forget() {
    for (byte[] frame = queue.poll(); frame != null; frame = queue.poll()) {
      pending.addAndGet(-frame.length);
      allPending.add(-frame.length);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("{} broke: {}", this, cause.toString());
    context.close();
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("{}: its handler failed, closed", this, e);
      channel.close();
    }
  }

  @Override
  public String toString() {
    return "connection " + id + " from " + channel.remoteAddress();
  }
}
