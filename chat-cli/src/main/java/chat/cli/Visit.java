package chat.cli;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Link;
import chat.client.ProfileInUseException;
import chat.client.RefusedException;
import chat.protocol.Person;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One stay on the server: through the door, then events until the program ends.
 *
 * <p><b>Threads.</b> Events are carried over to the program's thread; while it does not take them
 * the client's listener waits.
 */
final class Visit implements AutoCloseable {
  private static final int QUEUE = 1_000;
  private static final int PROFILES = 9;
  private static final long ANSWER_SECONDS = 30;

  private final Options options;
  private final BlockingQueue<ClientEvent> events = new ArrayBlockingQueue<>(QUEUE);
  private final ChatClient client;
  private String trouble = "no answer";
  private long offlineSince = System.nanoTime();
  private boolean online;
  private boolean patient;

  /**
   * @param messages how many of the newest to see on entering
   */
  Visit(Options options, int messages) throws CliException {
    this.options = options;
    try {
      this.client = open(messages);
    } catch (IOException e) {
      throw new CliException(Exit.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  ChatClient client() {
    return client;
  }

  private ChatClient open(int messages) throws IOException {
    Path chosen = options.profile();
    if (chosen != null) {
      return open(chosen, messages);
    }
    // A second program at the same time gets a profile, and so a token, of its own.
    for (int i = 1; ; i++) {
      try {
        return open(usual(i == 1 ? "" : "-" + i), messages);
      } catch (ProfileInUseException e) {
        if (i == PROFILES) {
          throw e;
        }
      }
    }
  }

  private Path usual(String suffix) {
    String who = options.name() + "@" + options.host() + "_" + options.port() + suffix;
    return Path.of(System.getProperty("user.home"), ".local", "share", "chatroom", "cli")
        .resolve(who.replaceAll("[\\\\/\\p{Cntrl}]", "_"));
  }

  private ChatClient open(Path folder, int messages) throws IOException {
    return ChatClient.open(
        new ClientConfig(
            folder,
            options.host(),
            options.port(),
            options.fingerprint(),
            "command line",
            "en",
            messages,
            0),
        this::carry);
  }

  private void carry(ClientEvent event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes through the door. */
  ClientEvent.Entered enter() throws CliException, InterruptedException {
    String known = client.rememberedName().orElse(options.name());
    if (!options.name().isEmpty() && !known.equalsIgnoreCase(options.name())) {
      throw new CliException(
          Exit.REFUSED, "this profile is " + Harmless.line(known) + "'s; choose another one");
    }
    client.start();
    while (true) {
      switch (next()) {
        case ClientEvent.Entered entered -> {
          return entered;
        }
        case ClientEvent.LinkChanged(Link.Connected ready) -> logIn();
        default -> {}
      }
    }
  }

  /**
   * Waits for the next event; how the link is is looked after here.
   *
   * @throws CliException if the server is out of reach for too long, or not to be trusted
   */
  ClientEvent next() throws CliException, InterruptedException {
    while (true) {
      ClientEvent event = events.poll(left(), TimeUnit.NANOSECONDS);
      if (event instanceof ClientEvent.LinkChanged(Link link)) {
        follow(link);
      }
      if (event != null) {
        return event;
      }
      if (!online && !patient) {
        throw new CliException(
            Exit.UNREACHABLE,
            "can't reach " + options.host() + ":" + options.port() + ": " + trouble);
      }
    }
  }

  /** How long to wait for an event; without an end while online, and while patient. */
  private long left() {
    return online || patient
        ? Long.MAX_VALUE
        : Math.max(0, offlineSince + options.timeout().toNanos() - System.nanoTime());
  }

  /** From now on waits for the server for as long as it takes. */
  void bePatient() {
    patient = true;
  }

  private void follow(Link link) throws CliException {
    boolean was = online;
    online = link instanceof Link.Online;
    if (was && !online) {
      offlineSince = System.nanoTime();
    }
    switch (link) {
      case Link.Lost lost -> trouble = lost.reason();
      case Link.Untrusted(String fingerprint) -> {
        if (!options.trust()) {
          throw new CliException(
              Exit.UNTRUSTED,
              "nobody vouched for the key of this server yet. Its fingerprint is\n  "
                  + fingerprint
                  + "\nCompare it with what the server's operator tells, then give it with"
                  + " --fingerprint, or accept it as it is with --trust.");
        }
        client.trust(fingerprint);
      }
      case Link.KeyChanged(String pinned, String shown) ->
          throw new CliException(
              Exit.UNTRUSTED,
              "THE SERVER SHOWS ANOTHER KEY THAN BEFORE; nothing was sent.\n  known: "
                  + pinned
                  + "\n  shown: "
                  + shown
                  + "\nSomebody may be listening in. If the operator says that the key was"
                  + " changed, give the new one with --fingerprint.");
      case Link.Idle idle -> {}
      case Link.Connecting connecting -> {}
      case Link.Connected connected -> {}
      case Link.Online now -> {}
    }
  }

  private void logIn() throws CliException, InterruptedException {
    if (options.name().isEmpty()) {
      throw new CliException(Exit.USAGE, "nobody is logged in here: give --name NAME");
    }
    String password = password();
    CompletableFuture<Person> outcome =
        options.register()
            ? client.register(options.name(), password, options.invitation())
            : client.logIn(options.name(), password);
    try {
      Person self = outcome.get(left(), TimeUnit.NANOSECONDS);
      trouble = self.name() + " is logged in and does not get further";
    } catch (TimeoutException e) {
      trouble = "no answer to the log-in";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused(refused.refusal());
      }
      trouble = String.valueOf(e.getMessage());
    }
  }

  private String password() throws CliException {
    Path file = options.passwordFile();
    if (file == null) {
      if (options.passwordFromEnvironment().isEmpty()) {
        throw new CliException(
            Exit.USAGE, "a password is needed: give --password-file FILE or set CHATROOM_PASSWORD");
      }
      return options.passwordFromEnvironment();
    }
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CliException(Exit.REFUSED, "the password file " + file + " can't be read");
    }
  }

  static CliException refused(ClientEvent.Refusal refusal) {
    String again =
        refusal.retryAfter() > 0
            ? "; try again in " + (refusal.retryAfter() / 1_000 + 1) + " s"
            : "";
    return new CliException(
        Exit.REFUSED, refusal.problem() + ": " + Harmless.line(refusal.detail()) + again);
  }

  /** The room that was asked for. */
  RoomView room(ClientEvent.Entered entered) throws CliException {
    for (RoomView room : entered.rooms()) {
      if (name(room).equalsIgnoreCase(options.room())) {
        return room;
      }
    }
    throw new CliException(
        Exit.REFUSED,
        "there is no room "
            + options.room()
            + " here; there is "
            + entered.rooms().stream()
                .map(room -> Harmless.line(name(room)))
                .collect(Collectors.joining(", ")));
  }

  /** By this a room is asked for: a room of two by the name of the other one. */
  private static String name(RoomView room) {
    return room.info().kind() == RoomKind.DIRECT
        ? "@" + room.info().peer().name()
        : room.info().name();
  }

  /** Waits for an answer. */
  static <T> T get(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
