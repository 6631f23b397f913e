// SPDX-License-Identifier: Apache-2.0
package chat.bots;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Link;
import chat.client.ProfileInUseException;
import chat.client.RefusedException;
import chat.extension.Bot;
import chat.extension.Conversation;
import chat.extension.HeardText;
import chat.operations.OperationException;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bot that takes part: its account, its connection, and what it hears.
 *
 * <p><b>Threads.</b> One thread opens the profile and goes through the door; the bot is called by
 * the one thread of its client that tells what happens.
 */
final class RunningBot implements Conversation, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningBot.class);
  private static final int PASSWORD_BYTES = 24;
  private static final long SOON_MILLIS = 500;
  private static final long LATER_MILLIS = 60_000;

  /** Opens the client of a bot; a test puts its own here. */
  private final ChatClient.Factory clients;

  private final String name;
  private final Bot bot;
  private final Path folder;
  private final Door door;
  private final Host host;
  private volatile boolean closed;
  private volatile long self;
  private @Nullable ChatClient client;
  private @Nullable Thread entering;

  RunningBot(String name, Bot bot, Path folder, Door door, Host host, ChatClient.Factory clients) {
    this.name = name;
    this.bot = bot;
    this.folder = folder;
    this.door = door;
    this.host = host;
    this.clients = clients;
  }

  Door door() {
    return door;
  }

  /** Takes part as soon as that is possible. */
  void start() {
    Thread.ofVirtual().name("chat-bot-" + name).start(this::open);
  }

  /** The bot of before may still be letting go of the profile. */
  private void open() {
    while (!closed) {
      try {
        begin(
            clients.open(
                new ClientConfig(
                    folder, door.host(), door.port(), door.fingerprint(), "bot", "en", 0, 0),
                this::on));
        return;
      } catch (ProfileInUseException e) {
        pause(SOON_MILLIS);
      } catch (IOException e) {
        LOG.error("The bot {} can't use {}: {}", name, folder, e.getMessage());
        pause(LATER_MILLIS);
      }
    }
  }

  private synchronized void begin(ChatClient fresh) {
    if (closed) {
      fresh.close();
    } else {
      client = fresh;
      fresh.start();
    }
  }

  private synchronized @Nullable ChatClient client() {
    return closed ? null : client;
  }

  private void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.LinkChanged(Link.Connected _) -> enterSoon();
      case ClientEvent.Entered entered -> self = entered.self().account();
      case ClientEvent.Added(Event.Entry entry)
          when entry.content() instanceof Content.Text text && entry.author().account() != self ->
          hear(entry, text);
      case ClientEvent.Skipped(long room, long head) ->
          LOG.warn("The bot {} was away for long: it missed room {} up to {}", name, room, head);
      case ClientEvent.Pending pending when pending.refused() != null -> {
        LOG.warn("A text of the bot {} was refused: {}", name, pending.refused());
        ChatClient current = client();
        if (current != null) {
          current.discard(pending.id());
        }
      }
      default -> {}
    }
  }

  private void hear(Event.Entry entry, Content.Text text) {
    if (closed) {
      return;
    }
    try {
      bot.heard(
          new HeardText(
              entry.room(),
              entry.number(),
              entry.author().account(),
              entry.author().name(),
              entry.time(),
              text.text()),
          this);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The bot {} failed at a text", name, e);
    }
  }

  /** Nobody is logged in: the account is new, or its session was ended. */
  private synchronized void enterSoon() {
    if (entering == null || !entering.isAlive()) {
      entering = Thread.ofVirtual().name("chat-bot-" + name + "-door").start(this::enter);
    }
  }

  private void enter() {
    while (!closed) {
      try {
        if (goThroughTheDoor()) {
          return;
        }
        LOG.error("The name {} belongs to somebody: no bot can take part under it", name);
        pause(LATER_MILLIS);
      } catch (OperationException e) {
        pause(SOON_MILLIS); // the server is just being exchanged
      } catch (ExecutionException e) {
        LOG.warn("The bot {} can't log in: {}", name, String.valueOf(e.getCause()));
        pause(e.getCause() instanceof RefusedException ? LATER_MILLIS : SOON_MILLIS);
      } catch (IOException e) {
        LOG.error("The bot {} can't use {}: {}", name, folder, e.getMessage());
        pause(LATER_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** False if the name is somebody else's. */
  private boolean goThroughTheDoor()
      throws IOException, OperationException, ExecutionException, InterruptedException {
    ChatClient current = client();
    if (current == null) {
      return true;
    }
    Path secret = folder.resolve("password");
    if (Files.exists(secret)) {
      try {
        current.logIn(name, Files.readString(secret).strip()).get();
        return true;
      } catch (ExecutionException e) {
        if (!saysUnknown(e)) {
          throw e;
        }
      }
    } else {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Files.write(
          secret, Base64.getEncoder().encodeToString(random).getBytes(StandardCharsets.US_ASCII));
    }
    try {
      current.register(name, Files.readString(secret).strip(), host.invitation()).get();
      LOG.info("The bot {} has an account now", name);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused
          && refused.refusal().problem() == Problem.NAME_TAKEN) {
        return false;
      }
      throw e;
    }
  }

  /** Whether there is no account that this password is for. */
  private static boolean saysUnknown(ExecutionException e) {
    return e.getCause() instanceof RefusedException refused
        && (refused.refusal().problem() == Problem.ACCOUNT_UNKNOWN
            || refused.refusal().problem() == Problem.PASSWORD_WRONG);
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void say(long room, String text) {
    say(room, text, 0);
  }

  @Override
  public void reply(HeardText to, String text) {
    say(to.room(), text, to.number());
  }

  private void say(long room, String text, long reply) {
    ChatClient current = client();
    if (current != null) {
      try {
        current.send(room, text, reply, false);
      } catch (IllegalStateException | UncheckedIOException e) {
        LOG.warn("The bot {} can't say any more: {}", name, e.getMessage());
      }
    }
  }

  /** Ends it soon: a bot that does not return keeps nobody waiting. */
  @Override
  public synchronized void close() {
    closed = true;
    if (entering != null) {
      entering.interrupt();
    }
    ChatClient current = client;
    if (current != null) {
      Thread.ofVirtual().name("chat-bot-" + name + "-end").start(current::close);
    }
  }
}
