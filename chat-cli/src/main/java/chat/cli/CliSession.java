// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.ConnectionOptions;
import chat.cli.command.Exit;
import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.CommandId;
import chat.client.Link;
import chat.client.ProfileInUseException;
import chat.client.RefusedException;
import chat.client.session.NetworkChatClient;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
final class CliSession implements AutoCloseable {
  private static final int QUEUE = 1_000;
  private static final int PROFILES = 9;

  /** Longer than the client itself goes on asking. */
  private static final long ANSWER_SECONDS = 90;

  private final ConnectionOptions options;
  private final int messages;
  private final boolean quiet;
  private final BlockingQueue<ClientEvent> events = new ArrayBlockingQueue<>(QUEUE);
  private final ChatClient client;
  private String trouble = "no answer";
  private long offlineSince = System.nanoTime();
  private boolean online;
  private boolean patient;
  private volatile boolean listening = true;

  /**
   * @param messages how many of the newest to see on entering
   * @param quiet whether others do not see that somebody comes and goes
   */
  CliSession(ConnectionOptions options, int messages, boolean quiet) throws CliException {
    this.options = options;
    this.messages = messages;
    this.quiet = quiet;
    try {
      this.client = open();
    } catch (IOException e) {
      throw new CliException(Exit.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  ChatClient client() {
    return client;
  }

  private ChatClient open() throws IOException {
    Path chosen = options.profile();
    if (chosen != null) {
      return open(chosen);
    }
    // A second program at the same time gets a profile, and so a token, of its own.
    for (int i = 1; ; i++) {
      try {
        return open(usual(i == 1 ? "" : "-" + i));
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

  private ChatClient open(Path folder) throws IOException {
    return NetworkChatClient.open(
        new ClientConfig(
            folder,
            options.host(),
            options.port(),
            options.fingerprint(),
            "command line",
            "en",
            messages,
            0,
            quiet),
        this::carry);
  }

  private void carry(ClientEvent event) {
    if (!listening) {
      return;
    }
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
          Exit.REFUSED,
          "this profile is " + TerminalSanitizer.line(known) + "'s; choose another one");
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

  /** Sets something, once the account has entered. */
  void set(Command.Update command) throws CliException, InterruptedException {
    enter();
    listenNoMore();
    var unused = get(client.set(command));
  }

  /** Sets a new password with a code from the operator, whoever is logged in here by now. */
  void reset(String code, String password) throws CliException, InterruptedException {
    client.start();
    while (true) {
      switch (next()) {
        case ClientEvent.Entered entered -> get(client.logOut());
        case ClientEvent.LinkChanged(Link.Connected ready) -> {
          get(client.resetPassword(code, password, options.code()));
          return;
        }
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
    String password = options.password();
    CompletableFuture<Person> outcome =
        options.register()
            ? client.register(options.name(), password, options.invitation())
            : client.logIn(options.name(), password, options.code());
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

  static CliException refused(ClientEvent.Refusal refusal) {
    String again =
        refusal.retryAfter() > 0
            ? "; try again in " + (refusal.retryAfter() / 1_000 + 1) + " s"
            : refusal.problem() == Problem.CODE_REQUIRED ? "; give it with --code" : "";
    return new CliException(
        Exit.REFUSED, refusal.problem() + ": " + TerminalSanitizer.line(refusal.detail()) + again);
  }

  /** From now on only answers count; what happens meanwhile waits for nobody. */
  void listenNoMore() {
    listening = false;
    events.clear();
  }

  /** The room that is meant; a room of two is made if it is not there. */
  RoomView room(ClientEvent.Entered entered, String wanted)
      throws CliException, InterruptedException {
    RoomTarget target = RoomTarget.of(wanted);
    List<RoomView> found = entered.rooms().stream().filter(room -> target.is(room.info())).toList();
    if (found.size() > 1) {
      throw new CliException(
          Exit.REFUSED,
          "there are several rooms "
              + wanted
              + " here; name one of "
              + found.stream().map(room -> "#" + room.room()).collect(Collectors.joining(", ")));
    }
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    if (target instanceof RoomTarget.WithPerson(String person)) {
      return roomOfTwo(person);
    }
    throw new CliException(
        Exit.REFUSED,
        "there is no room "
            + wanted
            + " here; there is "
            + entered.rooms().stream()
                .map(room -> TerminalSanitizer.line(name(room.info())))
                .collect(Collectors.joining(", ")));
  }

  private RoomView roomOfTwo(String person) throws CliException, InterruptedException {
    long account = get(client.who(person)).person().account();
    long room = get(client.change(new Command.Direct(CommandId.next(), account))).room();
    return get(client.open(room, messages, 0));
  }

  /** By this a room is asked for: a room of two by the name of the other one. */
  static String name(RoomInfo room) {
    return room.kind() == RoomKind.DIRECT ? "@" + room.peer().name() : room.name();
  }

  /** Waits for an answer. */
  static <T> T get(CompletableFuture<T> answer) throws CliException, InterruptedException {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused(refused.refusal());
      }
      throw new CliException(Exit.UNREACHABLE, "the server is out of reach");
    } catch (TimeoutException e) {
      throw new CliException(Exit.UNREACHABLE, "no answer");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
