// SPDX-License-Identifier: Apache-2.0
package chat.bots;

import chat.client.session.NetworkChatClient;
import chat.connection.Listener;
import chat.extension.Bot;
import chat.operations.InvitationRequest;
import chat.operations.OperationException;
import chat.operations.ServerOperations;
import chat.protocol.Invitation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each bot take part while its service is there, and there is somewhere to connect to. Of
 * several with one name, as in the moment of an exchange, the one that came first does, and the
 * next one when that has gone.
 *
 * <p><b>Threads.</b> This object's lock keeps what comes and goes in order. A bot's connection is
 * opened and closed with it, but nothing of the bot is called.
 */
@Component(
    service = {},
    immediate = true)
public final class BotHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(BotHost.class);

  /** What the bots' client speaks. */
  private static final String FORMAT = "cbor";

  private final Path folder;
  private final Map<String, List<Bot>> bots = new LinkedHashMap<>();
  private final Map<Bot, RunningBot> running = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private volatile @Nullable ServerOperations server;
  private boolean active;

  @Activate
  public BotHost(BundleContext bundles) {
    String data = bundles.getProperty("chat.data");
    this.folder = Path.of(data == null ? "data" : data).resolve("bots");
  }

  @Activate
  synchronized void begin() {
    active = true;
    arrange();
  }

  @Deactivate
  synchronized void end() {
    active = false;
    arrange();
  }

  @Reference(
      cardinality = ReferenceCardinality.AT_LEAST_ONE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void addBot(Bot bot, Map<String, Object> properties) {
    if (properties.get(Bot.NAME) instanceof String name && !name.isBlank()) {
      bots.computeIfAbsent(name, _ -> new ArrayList<>()).add(bot);
      arrange();
    } else {
      LOG.warn("A bot without the property {} can't take part: {}", Bot.NAME, bot.getClass());
    }
  }

  synchronized void removeBot(Bot bot) {
    bots.values().forEach(same -> same.remove(bot));
    bots.values().removeIf(List::isEmpty);
    arrange();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void addListener(Listener listener) {
    if (listener.formats().contains(FORMAT)) {
      listeners.add(listener);
      arrange();
    }
  }

  synchronized void removeListener(Listener listener) {
    listeners.remove(listener);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindServer(ServerOperations operations) {
    server = operations;
  }

  void unbindServer(ServerOperations operations) {
    if (server == operations) {
      server = null;
    }
  }

  /** Starts and ends bots so that just those take part that should. */
  private void arrange() {
    List<Bot> wanted = active ? bots.values().stream().map(List::getFirst).toList() : List.of();
    running
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !wanted.contains(entry.getKey());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
    if (active && !listeners.isEmpty()) {
      Door door = Door.of(listeners.getFirst());
      bots.forEach((name, same) -> takePart(name, same.getFirst(), door));
    }
  }

  private void takePart(String name, Bot bot, Door door) {
    RunningBot before = running.get(bot);
    if (before == null || !before.door().equals(door)) {
      RunningBot fresh =
          new RunningBot(
              name,
              bot,
              folder.resolve(name.replaceAll("[\\\\/.\\p{Cntrl}]", "_")),
              door,
              this,
              NetworkChatClient::open);
      running.put(bot, fresh);
      if (before != null) {
        before.close();
      }
      fresh.start();
    }
  }

  @Override
  public String invitation() throws OperationException {
    ServerOperations operations = server;
    if (operations == null) {
      throw new OperationException(
          OperationException.Reason.NOT_READY, "the server is not there at the moment");
    }
    String link = operations.invite(new InvitationRequest(1, 1, Optional.of("localhost")));
    return Invitation.parse(link).orElseThrow().code();
  }
}
