package chat.connection.netty;

import chat.connection.ConnectionHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one listener, their event loops and whoever attends to them.
 *
 * <p><b>Threads.</b> A connection is handed over on its own event loop. {@link #remove} returns
 * when no loop can be inside the old handler any more, so that it may be taken apart.
 */
final class Sockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
  private static final long TICK_MILLIS = 500;
  private static final long HANDSHAKE_MILLIS = 10_000;
  private static final long HANDOVER_MILLIS = 3_000;

  private final Timings timings;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          new DefaultThreadFactory("chat-socket", true),
          NioIoHandler.newFactory());
  private final AtomicLong ids = new AtomicLong();
  private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
  private final List<ConnectionHandler> handlers = new ArrayList<>();
  private volatile @Nullable ConnectionHandler handler;

  Sockets(Timings timings) {
    this.timings = timings;
    for (EventExecutor loop : loops) {
      var unused =
          loop.scheduleAtFixedRate(
              () -> tick(loop), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick(EventExecutor loop) {
    long now = System.nanoTime();
    for (NettyConnection connection : connections) {
      if (connection.loop() == loop) {
        connection.tick(now);
      }
    }
  }

  /** Opens a server socket; {@code port} tells how it is configured at the time of an accept. */
  Channel listen(InetSocketAddress address, Supplier<Port> port) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted(channel, port.get());
                  }
                });
    try {
      return bootstrap.bind(address).sync().channel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + address, e);
    } catch (Exception e) { // sync() throws the checked cause undeclared
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

  private void accepted(Channel channel, Port port) {
    if (full(channel, port)) {
      channel.close();
      return;
    }
    NettyConnection connection = new NettyConnection(ids.incrementAndGet(), channel, port, timings);
    if (port.key() == null) {
      channel.pipeline().addLast(connection);
      begin(connection);
      return;
    }
    SslHandler tls = port.key().context().newHandler(channel.alloc());
    tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
    channel.pipeline().addLast(tls, connection);
    channel.config().setAutoRead(true);
    tls.handshakeFuture()
        .addListener(done -> {
          if (done.isSuccess()) {
            begin(connection);
          } else {
            channel.close();
          }
        });
  }

  private boolean full(Channel channel, Port port) {
    if (connections.size() >= port.connections()) {
      LOG.warn("Listener {} is full with {} connections", port.name(), port.connections());
      return true;
    }
    InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    if (address.isLoopbackAddress()) {
      return false;
    }
    long same =
        connections.stream()
            .filter(c -> ((InetSocketAddress) c.peer()).getAddress().equals(address))
            .limit(port.connectionsPerAddress())
            .count();
    if (same >= port.connectionsPerAddress()) {
      LOG.warn("{} has {} connections to listener {} already", address, same, port.name());
      return true;
    }
    return false;
  }

  private void begin(NettyConnection connection) {
    connections.add(connection);
    connection.whenClosed(() -> connections.remove(connection));
    connection.attend(handler);
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
    if (loops.isShuttingDown()) {
      return; // every socket is closed, and nobody is inside a handler
    }
    List<Future<?>> done = new ArrayList<>();
    for (EventExecutor loop : loops) {
      done.add(
          loop.submit(() ->
              connections.stream()
                  .filter(connection -> connection.loop() == loop)
                  .forEach(connection -> connection.attend(next))));
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
    connections.forEach(connection -> connection.close(new byte[0]));
    long deadline = System.nanoTime() + timings.lastWords().toNanos();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      pause();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
