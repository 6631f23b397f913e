// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import chat.connection.ConnectionHandler;
import chat.connection.Listener;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener made from its configuration. A changed configuration opens another server socket where
 * it must; sockets that are open stay open. When this bundle is exchanged, the next build goes on
 * with all sockets, as far as its configuration is the same.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = NettyListener.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerConfig.class, factory = true)
public final class NettyListener {
  static final String PID = "chat.connection.netty";

  private static final Logger LOG = LoggerFactory.getLogger(NettyListener.class);

  /** Longer than an exchange that fails and is taken back. */
  private static final Duration PARKED = Duration.ofSeconds(30);

  private final BundleContext bundles;
  private final Path data;
  private final Optional<Parking> parking;
  private final Sockets sockets;
  private volatile Port port;
  private Channel server;
  private ServiceRegistration<Listener> service;
  private Sockets.Observed observed = new Sockets.Observed(0, 0);

  @Activate
  public NettyListener(
      BundleContext bundles,
      ListenerConfig config,
      @Reference(
              target = "(chat.parking=sockets)",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable ConcurrentMap<String, Object> shelf)
      throws IOException, GeneralSecurityException {
    this.bundles = bundles;
    this.parking = Optional.ofNullable(shelf).map(Parking::new);
    // fault-point: listener-start
    String folder = bundles.getProperty("chat.data");
    this.data = Path.of(folder == null ? "data" : folder);
    this.port = configured(config);
    Optional<Sockets.Left> left = parking.flatMap(place -> place.take(config.name()));
    this.sockets =
        left.map(sockets -> Sockets.goingOn(Timings.DEFAULT, sockets, port))
            .orElseGet(() -> new Sockets(Timings.DEFAULT));
    try {
      Optional<Channel> open =
          left.map(Sockets.Left::server).filter(server -> fits(server, port.address()));
      if (open.isPresent()) {
        this.server = open.get();
        sockets.accept(server, () -> port);
      } else {
        left.ifPresent(old -> old.server().close().syncUninterruptibly());
        this.server = sockets.listen(port.address(), () -> port);
      }
      this.service = announce();
      sockets.observe(this::observed);
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  /** Whether an open server socket is the one that is configured. */
  private static boolean fits(Channel server, InetSocketAddress wanted) {
    return server.isOpen()
        && server.localAddress() instanceof InetSocketAddress bound
        && bound.getAddress().equals(wanted.getAddress())
        && (wanted.getPort() == 0 || wanted.getPort() == bound.getPort());
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addHandler(ConnectionHandler handler) {
    sockets.add(handler);
  }

  void removeHandler(ConnectionHandler handler) {
    sockets.remove(handler);
  }

  @Modified
  void modified(ListenerConfig config) {
    try {
      Port next = configured(config);
      if (!next.address().equals(port.address())) {
        Channel before = server;
        server = sockets.listen(next.address(), () -> port);
        before.close().syncUninterruptibly();
      }
      port = next;
      service.unregister();
      service = announce();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      LOG.error(
          "The changed configuration of listener {} can't be used, the old one stays: {}",
          port.name(),
          e.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    service.unregister();
    if (parking.isPresent() && isExchanged()) {
      parking.get().put(port.name(), sockets.park(server), PARKED);
      return;
    }
    server.close().syncUninterruptibly();
    if (bundles.getBundle().getState() == Bundle.ACTIVE) {
      sockets.closeWithoutAWord(); // this listener alone is switched off
    } else {
      sockets.close();
    }
  }

  /** Whether this bundle stops alone, and not this listener, nor the whole framework. */
  private boolean isExchanged() {
    return bundles.getBundle().getState() == Bundle.STOPPING
        && bundles.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE;
  }

  private Port configured(ListenerConfig config) throws IOException, GeneralSecurityException {
    InetSocketAddress address = new InetSocketAddress(config.host(), portNumber(config));
    if (address.isUnresolved()) {
      throw new IOException("host=" + config.host() + " has no address; use one of this machine");
    }
    if (config.tls()) {
      return port(config, address, key(config));
    }
    if (!address.getAddress().isLoopbackAddress() && !config.plainForAll()) {
      throw new IllegalArgumentException(
          "tls=false is allowed for a loopback host only, not for host="
              + config.host()
              + "; plainForAll=B\"true\" would open it to whoever is on the way");
    }
    return port(config, address, null);
  }

  /** What the command line says beats the file, for the listener that clients use by default. */
  private int portNumber(ListenerConfig config) {
    String override = bundles.getProperty("chat.port");
    return override == null || !config.name().equals("native")
        ? config.port()
        : Integer.parseInt(override);
  }

  private static Port port(
      ListenerConfig config, InetSocketAddress address, @Nullable ServerKey key) {
    return new Port(
        config.name(),
        address,
        List.of(config.formats()),
        key,
        new Port.Limits(
            config.connections(), config.connectionsPerAddress(), config.acceptsPerAddress()),
        config.frameBytes() == 0
            ? Pacing.NONE
            : new Pacing(config.frameBytes(), config.framePauseMillis()));
  }

  private ServerKey key(ListenerConfig config) throws IOException, GeneralSecurityException {
    return config.certificate().isEmpty()
        ? ServerKey.selfSigned(data.resolve("tls").resolve("server.p12"))
        : ServerKey.ofPem(data.resolve(config.certificate()), data.resolve(config.key()));
  }

  /** What was seen stands in the properties of the service, where status finds it. */
  private synchronized void observed(Sockets.Observed seen) {
    try {
      boolean changed =
          observed.refused() != seen.refused() || observed.delayMillis() != seen.delayMillis();
      observed = seen;
      if (changed) {
        service.setProperties(properties(service.getReference().getProperties()));
      }
    } catch (IllegalStateException e) {
      LOG.debug("The listener is not there any more");
    }
  }

  private Dictionary<String, Object> properties(Dictionary<String, Object> before) {
    Dictionary<String, Object> properties = new Hashtable<>();
    for (String key : Collections.list(before.keys())) {
      if (key.startsWith("chat.")) {
        properties.put(key, before.get(key));
      }
    }
    properties.put("chat.listener.delayMillis", observed.delayMillis());
    properties.put("chat.listener.refused", observed.refused());
    return properties;
  }

  private ServiceRegistration<Listener> announce() {
    Port bound = port.bound((InetSocketAddress) server.localAddress());
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.listener.name", bound.name());
    properties.put(
        "chat.listener.address", bound.address().getHostString() + ":" + bound.address().getPort());
    bound.fingerprint().ifPresent(f -> properties.put("chat.listener.fingerprint", f));
    LOG.info("Listener {} on {}", bound.name(), bound.address());
    bound
        .warning()
        .ifPresent(warning -> {
          LOG.warn("Listener {} has {}", bound.name(), warning);
          properties.put("chat.listener.warning", warning);
        });
    return bundles.registerService(Listener.class, bound, properties);
  }
}
