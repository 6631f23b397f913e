// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import chat.connection.ConnectionHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one listener, their event loops and whoever attends to them.
 *
 * <p><b>Changing hands.</b> {@link #park} takes all of this bundle's objects out of the channels
 * and gives back what the next build of this bundle needs to go on: event loops and channels are
 * Netty's and stay as they are, TLS and what is half written included. {@link Parking} keeps that
 * meanwhile.
 *
 * <p><b>Threads.</b> A connection is handed over on its own event loop. {@link #remove} returns
 * when no loop can be inside the old handler any more, so that it may be taken apart.
 */
final class Sockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
  private static final long TICK_MILLIS = 500;
  private static final long HANDSHAKE_MILLIS = 3_000;
  private static final long HANDOVER_MILLIS = 3_000;

  private final Timings timings;
  private final EventLoopGroup loops;
  private final ThreadPoolExecutor handshakes;
  private final AtomicLong ids;
  private final PendingBytes pending = new PendingBytes();
  private final FlushQueue.OfAll flushes = new FlushQueue.OfAll();
  private final AdmissionControl admission = new AdmissionControl();
  private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
  private final List<ConnectionHandler> handlers = new ArrayList<>();
  private final List<Future<?>> ticks = new ArrayList<>();
  private final Map<EventExecutor, Long> lastTicks = new ConcurrentHashMap<>();
  private final AtomicLong delayMillis = new AtomicLong();
  private volatile Consumer<Observed> observer = seen -> {};
  private final EventExecutor tidying;
  private volatile @Nullable ConnectionHandler handler;
  private volatile boolean parked;

  Sockets(Timings timings) {
    this(
        timings,
        new MultiThreadIoEventLoopGroup(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("chat-socket", true),
            NioIoHandler.newFactory()),
        handshakeThreads(),
        0);
  }

  private Sockets(
      Timings timings, EventLoopGroup loops, ThreadPoolExecutor handshakes, long lastId) {
    this.timings = timings;
    this.loops = loops;
    this.handshakes = handshakes;
    this.ids = new AtomicLong(lastId);
    this.tidying = loops.next();
    for (EventExecutor loop : loops) {
      ticks.add(
          loop.scheduleAtFixedRate(
              () -> tick(loop), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  /** Half the machine at most; a handshake for which the queue has no room fails. */
  static ThreadPoolExecutor handshakeThreads() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(AdmissionControl.HALF_OPEN),
        Thread.ofPlatform().name("chat-handshake-", 1).daemon().factory());
  }

  /**
   * What is left of the sockets when this bundle's objects are taken out.
   *
   * @param server the open server socket, which accepts nothing meanwhile
   */
  record Left(
      EventLoopGroup loops,
      ThreadPoolExecutor handshakes,
      Channel server,
      long lastId,
      List<NettyConnection.Kept> connections) {}

  /** Goes on with what another build left; the server socket is taken up by {@link #accept}. */
  static Sockets goingOn(Timings timings, Left left, Port port) {
    Sockets sockets = new Sockets(timings, left.loops(), left.handshakes(), left.lastId());
    for (NettyConnection.Kept kept : left.connections()) {
      kept.channel().eventLoop().execute(() -> sockets.goOn(kept, port));
    }
    return sockets;
  }

  private void goOn(NettyConnection.Kept kept, Port port) {
    Channel channel = kept.channel();
    if (channel.isActive()) {
      NettyConnection connection = connection(kept.id(), channel, port);
      connection.take(kept);
      channel.pipeline().addLast(connection);
      begin(connection);
    }
  }

  /** Takes everything of this bundle out of the channels, which stay open. */
  synchronized Left park(Channel server) {
    parked = true;
    server.config().setAutoRead(false);
    server
        .eventLoop()
        .submit(() -> server.pipeline().remove(Acceptor.class))
        .awaitUninterruptibly(HANDOVER_MILLIS);
    Queue<NettyConnection.Kept> kept = new ConcurrentLinkedQueue<>();
    onEachConnection(connection -> {
      NettyConnection.Kept what = connection.park();
      if (what != null) {
        kept.add(what);
      }
    });
    ticks.forEach(tick -> tick.cancel(false));
    connections.clear();
    handlers.clear();
    handler = null;
    return new Left(loops, handshakes, server, ids.get(), List.copyOf(kept));
  }

  /**
   * What was seen lately.
   *
   * @param delayMillis the longest that an event loop came late in the last ten seconds
   * @param refused connections so far
   */
  record Observed(long delayMillis, long refused) {}

  /** Is told every ten seconds what was seen; on an event loop. */
  void observe(Consumer<Observed> by) {
    observer = by;
  }

  private void tick(EventExecutor loop) {
    long now = System.nanoTime();
    Long last = lastTicks.put(loop, now);
    if (last != null) {
      long late = (now - last) / 1_000_000 - TICK_MILLIS;
      delayMillis.accumulateAndGet(late, Math::max);
    }
    for (NettyConnection connection : connections) {
      if (connection.loop() == loop) {
        connection.tick(now);
      }
    }
    if (loop == tidying) {
      if (admission.tick(now)) {
        observer.accept(new Observed(delayMillis.getAndSet(0), admission.refused()));
      }
      pending.relieve(connections);
    }
  }

  /** Opens a server socket; {@code port} tells how it is configured at the time of an accept. */
  Channel listen(InetSocketAddress address, Supplier<Port> port) throws IOException {
    NioServerSocketChannel server = new NioServerSocketChannel();
    server.config().setBacklog(1024).setReuseAddress(true).setAutoRead(false);
    try {
      loops.register(server).sync();
      server.bind(address).sync();
      accept(server, port);
      return server;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + address, e);
    } catch (Exception e) { // sync() throws the checked cause undeclared
      server.close();
      throw new IOException(
          "can't listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + " ("
              + e.getMessage()
              + "); is another server running there?",
          e);
    }
  }

  /** Begins to accept at an open server socket. */
  void accept(Channel server, Supplier<Port> port) {
    server.pipeline().addLast(new Acceptor(port));
    server.config().setAutoRead(true);
  }

  /** Takes what a server socket accepts; Netty's own one could not be taken out again. */
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    private final Supplier<Port> port;

    Acceptor(Supplier<Port> port) {
      this.port = port;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel channel = (Channel) message;
      channel.config().setOption(ChannelOption.TCP_NODELAY, true);
      // For peers that give no signs of life of their own.
      KeepAlive.on(channel);
      channel.config().setAutoRead(false);
      loops
          .register(channel)
          .addListener(done -> {
            if (done.isSuccess()) {
              accepted(channel, port.get());
            } else {
              channel.close();
            }
          });
    }

    /** Out of file handles, most likely: accepting again at once would only spin. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.warn("No connection is accepted for a moment: {}", cause.toString());
      Channel server = context.channel();
      server.config().setAutoRead(false);
      var unused =
          server
              .eventLoop()
              .schedule(() -> server.config().setAutoRead(!parked), 1, TimeUnit.SECONDS);
    }
  }

  private void accepted(Channel channel, Port port) {
    if (parked || !admission.admit(channel, port)) {
      channel.close();
      return;
    }
    NettyConnection connection = connection(ids.incrementAndGet(), channel, port);
    if (port.key() == null) {
      channel.pipeline().addLast(new FlowControlHandler(), connection);
      begin(connection);
    } else {
      handshake(connection, channel, port.key());
    }
  }

  private NettyConnection connection(long id, Channel channel, Port port) {
    return new NettyConnection(
        id, channel, port, timings, pending, flushes.of(channel.eventLoop()), this::gone);
  }

  /** The costly part of it is done by the threads for that, and never by an event loop. */
  private void handshake(NettyConnection connection, Channel channel, ServerKey key) {
    SslHandler tls = new SslHandler(key.newEngine(), handshakes);
    tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
    channel.pipeline().addLast(tls, new FlowControlHandler(), connection);
    admission.handshakeBegins(channel);
    channel.config().setAutoRead(true);
    tls.handshakeFuture()
        .addListener(done -> {
          admission.handshakeEnded(channel);
          if (done.isSuccess() && !parked) {
            begin(connection);
          } else {
            channel.close();
          }
        });
  }

  /** How many parts of handshakes the threads for that have carried out. */
  long handshakeTasks() {
    return handshakes.getCompletedTaskCount();
  }

  private void begin(NettyConnection connection) {
    connections.add(connection);
    admission.entered(connection);
    connection.attend(handler);
  }

  private void gone(NettyConnection connection) {
    connections.remove(connection);
    admission.left(connection);
  }

  synchronized void add(ConnectionHandler added) {
    handlers.add(added);
    if (handler == null) {
      handOver(added);
    }
  }

  synchronized void remove(ConnectionHandler removed) {
    handlers.remove(removed);
    if (handler == removed) {
      handOver(handlers.isEmpty() ? null : handlers.getFirst());
    }
  }

  private void handOver(@Nullable ConnectionHandler next) {
    handler = next;
    if (parked || loops.isShuttingDown()) {
      return; // nobody is inside a handler any more
    }
    onEachConnection(connection -> connection.attend(next));
  }

  /** Does something with each connection on its own loop, and waits until it is done. */
  private void onEachConnection(Consumer<NettyConnection> action) {
    List<Future<?>> done = new ArrayList<>();
    for (EventExecutor loop : loops) {
      done.add(
          loop.submit(() ->
              connections.stream()
                  .filter(connection -> connection.loop() == loop)
                  .forEach(action)));
    }
    for (var each : done) {
      if (!each.awaitUninterruptibly(HANDOVER_MILLIS)) {
        LOG.error("A socket thread did not leave its handler within {} ms", HANDOVER_MILLIS);
      }
    }
  }

  /** Tells the peers, then closes every socket. */
  @Override
  public void close() {
    ConnectionHandler current = handler;
    if (current != null && !connections.isEmpty()) {
      current.leaving(timings.leaving());
    }
    closeWithoutAWord();
  }

  /** Closes every socket, where the handler's other connections stay. */
  void closeWithoutAWord() {
    connections.forEach(connection -> connection.close(new byte[0]));
    long deadline = System.nanoTime() + timings.lastWords().toNanos();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      pause();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    handshakes.shutdownNow();
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
