// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.client.RefusedException;
import chat.client.session.NetworkChatClient;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomKind;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import chat.prove.client.RawClient;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Somebody in a dialogue: says things and hears things, over a real connection. Everything heard is
 * kept, and every hearing waits until it is true, or fails.
 */
final class TestUser implements AutoCloseable {
  static final long LOBBY = 1;
  static final String PASSWORD = RawClient.PASSWORD;

  private static final long PATIENCE_SECONDS = 60;

  private final String name;
  private final ChatClient client;
  private final List<ClientEvent> heard = new ArrayList<>();

  private TestUser(String name, ClientConfig config) throws IOException {
    this.name = name;
    this.client = NetworkChatClient.open(config, this::hear);
  }

  /** Somebody whose profile is in a folder below this one; not connected yet. */
  static TestUser named(String name, ServerProcess server, Path folder) throws IOException {
    return named(name, server, folder, "");
  }

  /** The same person on another device. */
  static TestUser named(String name, ServerProcess server, Path folder, String device)
      throws IOException {
    return new TestUser(
        name,
        new ClientConfig(
            folder.resolve(name + device),
            "127.0.0.1",
            server.port(),
            server.fingerprint(),
            "test " + device,
            "en",
            5,
            5));
  }

  private void hear(ClientEvent event) {
    synchronized (heard) {
      heard.add(event);
      heard.notifyAll();
    }
  }

  String name() {
    return name;
  }

  ChatClient client() {
    return client;
  }

  /** Registers and enters. */
  TestUser registers() {
    client.start();
    get(client.register(name, PASSWORD, ""));
    return enters();
  }

  /** Logs in with the password and enters. */
  TestUser logsIn() {
    client.start();
    get(client.logIn(name, PASSWORD));
    return enters();
  }

  /** Comes back with what the profile remembers. */
  TestUser comesBack() {
    client.start();
    return enters();
  }

  private TestUser enters() {
    first("entering", e -> e instanceof ClientEvent.Entered entered ? entered : null);
    return this;
  }

  UUID says(String text) {
    return client.send(LOBBY, text);
  }

  /** Says something in a room and waits until it is heard again. */
  Event.Entry says(long room, String text) {
    return hears(client.send(room, text));
  }

  /** Answers something in a room. */
  Event.Entry answers(Event.Entry entry, String text) {
    return hears(client.send(entry.room(), text, entry.number(), false));
  }

  /** Does something that lasts, and waits until it is on disk. */
  Reply.Posted does(Command.Append command) {
    return get(client.change(command));
  }

  /** Sets something. */
  void sets(Command.Update command) {
    get(client.set(command));
  }

  /** Makes a room. */
  long makes(RoomKind kind, String room) {
    long id = does(new Command.Create(UUID.randomUUID(), kind, room, "about " + room)).room();
    isIn(id);
    return id;
  }

  /** Opens the room of two. */
  long meets(TestUser other) {
    long id = does(new Command.Direct(UUID.randomUUID(), other.account())).room();
    isIn(id);
    return id;
  }

  /** Does something to somebody in a room. */
  void does(ModerationAction action, TestUser other, long room) {
    does(new Command.Moderate(UUID.randomUUID(), room, other.account(), action, soon(action)));
  }

  /** Invites somebody, who joins. */
  void bringsIn(TestUser other, long room) {
    does(ModerationAction.INVITE, other, room);
    other.isInvitedTo(room);
    other.does(new Command.Join(UUID.randomUUID(), room));
    other.isIn(room);
  }

  /** Waits until somebody asks this one to come into a room. */
  void isInvitedTo(long room) {
    first(
        "an invitation to room " + room,
        e ->
            e instanceof ClientEvent.Invited(RoomInvitation invitation)
                    && invitation.info().room() == room
                ? invitation
                : null);
  }

  private static long soon(ModerationAction action) {
    return action == ModerationAction.BAN || action == ModerationAction.MUTE ? Long.MAX_VALUE : 0;
  }

  /** The problem with which doing something to somebody is refused. */
  Problem mayNot(ModerationAction action, TestUser other, long room) {
    return refusal(
        client.change(
            new Command.Moderate(UUID.randomUUID(), room, other.account(), action, soon(action))));
  }

  Problem mayNot(Command.Append command) {
    return refusal(client.change(command));
  }

  void approaches(TestUser other, ContactAction action) {
    sets(new Command.UpdateContact(other.account(), action));
  }

  /** Waits until it stands so with somebody. */
  Contact knows(TestUser other, Relation relation) {
    return knows(other.name, relation);
  }

  Contact knows(String other, Relation relation) {
    return first(
        other + " is " + relation,
        e ->
            switch (e) {
              case ClientEvent.ContactChanged(Contact contact)
                  when isSo(contact, other, relation) ->
                  contact;
              case ClientEvent.Entered entered ->
                  entered.contacts().stream()
                      .filter(contact -> isSo(contact, other, relation))
                      .findFirst()
                      .orElse(null);
              default -> null;
            });
  }

  private static boolean isSo(Contact contact, String other, Relation relation) {
    return contact.person().name().equals(other) && contact.relation() == relation;
  }

  long account() {
    return last(e -> e instanceof ClientEvent.Entered x ? x : null).orElseThrow().self().account();
  }

  /** Waits until a room can be seen. */
  RoomView isIn(long room) {
    return first(
        "room " + room,
        e ->
            switch (e) {
              case ClientEvent.Opened(RoomView view) when view.room() == room -> view;
              case ClientEvent.Entered entered ->
                  entered.rooms().stream()
                      .filter(view -> view.room() == room)
                      .findFirst()
                      .orElse(null);
              default -> null;
            });
  }

  /** Waits until a room is shown anew, after it had heard so much. */
  void isInAgain(long room, int before) {
    first(
        "room " + room + " again",
        before,
        e -> e instanceof ClientEvent.Opened(RoomView view) && view.room() == room ? view : null);
  }

  /** Waits until a room is this one's no more. */
  void isOutOf(long room) {
    first(
        "no room " + room,
        e -> e instanceof ClientEvent.RoomGone gone && gone.room() == room ? gone : null);
  }

  /** Waits until what a room is to this one is so. */
  RoomState place(long room, Predicate<RoomState> wanted) {
    return first(
        "place in room " + room,
        e ->
            e instanceof ClientEvent.RoomChanged(var info, RoomState place)
                    && info.room() == room
                    && wanted.test(place)
                ? place
                : null);
  }

  /** Waits for an entry of a room that is so. */
  Event.Entry hears(long room, Predicate<Content> wanted) {
    return first(
        "entry in room " + room,
        e ->
            added(e)
                .filter(entry -> entry.room() == room && wanted.test(entry.content()))
                .orElse(null));
  }

  /** What this one sees of a room. */
  RoomEntries book(long room) {
    synchronized (heard) {
      return RoomEntries.of(room, heard);
    }
  }

  /** Waits until it sees these texts in a room. */
  void sees(long room, List<String> texts) {
    first("texts " + texts, e -> book(room).texts().equals(texts) ? e : null);
  }

  /** The texts that are found, the newest first. */
  List<String> finds(String words) {
    List<String> found = new ArrayList<>();
    List<Position> from = List.of();
    do {
      Reply.Found page = get(client.search(words, from, 10));
      for (Event.Entry entry : page.entries()) {
        RoomEntries one = new RoomEntries();
        one.add(entry);
        page.about().stream().filter(a -> a.room() == entry.room()).forEach(one::add);
        found.addAll(one.texts());
      }
      from = page.next();
    } while (!from.isEmpty());
    return found;
  }

  /** Says something and waits until it is on disk and heard again. */
  Event.Entry saysAndHears(String text) {
    UUID id = says(text);
    return hears(id);
  }

  /** Waits for the entry with this id. */
  Event.Entry hears(UUID id) {
    return first("entry " + id, e -> added(e).filter(entry -> entry.id().equals(id)).orElse(null));
  }

  /** Waits until somebody has said this. */
  Event.Entry hears(TestUser author, String text) {
    return first(
        author.name + ": " + text,
        e ->
            added(e)
                .filter(entry -> entry.author().name().equals(author.name))
                .filter(entry -> entry.content() instanceof Content.Text t && t.text().equals(text))
                .orElse(null));
  }

  /** Waits for a file of this name. */
  Event.Entry hearsOfFile(String file) {
    return first(
        "file " + file,
        e ->
            added(e)
                .filter(entry -> entry.content() instanceof Content.File f && f.name().equals(file))
                .orElse(null));
  }

  void seesComing(TestUser other) {
    first(
        other.name + " comes",
        e ->
            e instanceof ClientEvent.Presence presence
                    && presence.came().stream().map(Person::name).anyMatch(other.name::equals)
                ? presence
                : null);
  }

  void seesGoing(TestUser other) {
    seesGoing(other.name);
  }

  void seesGoing(String other) {
    first(
        other + " goes",
        e ->
            e instanceof ClientEvent.Presence presence
                    && presence.went().stream().map(Person::name).anyMatch(other::equals)
                ? presence
                : null);
  }

  /** Waits until some of a file has gone, and tells whether some of it is still to go. */
  boolean isMoving(UUID transfer) {
    Transfer begun =
        first(
            "progress of transfer " + transfer,
            e ->
                e instanceof ClientEvent.TransferChanged(Transfer t)
                        && t.id().equals(transfer)
                        && t.done() > 0
                    ? t
                    : null);
    return begun.state() instanceof Transfer.Running;
  }

  /** Waits until a transfer has ended, well or badly. */
  Transfer ends(UUID transfer) {
    return first(
        "end of transfer " + transfer,
        e ->
            e instanceof ClientEvent.TransferChanged(Transfer t)
                    && t.id().equals(transfer)
                    && !(t.state() instanceof Transfer.Running)
                ? t
                : null);
  }

  /** Sends a file and waits until it stands in the room. */
  Event.Entry sendsFile(Path file) {
    UUID id = client.upload(LOBBY, file);
    assertEquals(new Transfer.Finished(), ends(id).state(), "upload of " + file);
    return hears(id);
  }

  /** Fetches a file and waits until it is there. */
  void fetches(Event.Entry entry, Path target) {
    UUID id = client.download(entry, target);
    assertEquals(new Transfer.Finished(), ends(id).state(), "download to " + target);
  }

  /** Waits for the refusal of a text. */
  Problem isRefused(UUID id) {
    return first(
            "refusal of " + id,
            e ->
                e instanceof ClientEvent.Pending pending
                        && pending.id().equals(id)
                        && pending.refused() != null
                    ? pending
                    : null)
        .refused()
        .problem();
  }

  RoomView lobby() {
    ClientEvent.Entered entered =
        last(e -> e instanceof ClientEvent.Entered x ? x : null)
            .orElseThrow(() -> new AssertionError(name + " has not entered"));
    return entered.rooms().stream().filter(room -> room.room() == LOBBY).findFirst().orElseThrow();
  }

  List<String> online() {
    return last(e -> e instanceof ClientEvent.Entered x ? x : null).orElseThrow().online().stream()
        .map(Person::name)
        .sorted()
        .toList();
  }

  /** Every entry that was heard live, in the order of hearing. */
  List<Event.Entry> entries() {
    synchronized (heard) {
      return heard.stream().flatMap(e -> added(e).stream()).toList();
    }
  }

  /** How much was heard so far, for {@link #heardSince}. */
  int heard() {
    synchronized (heard) {
      return heard.size();
    }
  }

  List<ClientEvent> heardSince(int before) {
    synchronized (heard) {
      return List.copyOf(heard.subList(before, heard.size()));
    }
  }

  /** Waits until it has entered again, after it had heard so much. */
  void isBack(int before) {
    first("being back", before, e -> e instanceof ClientEvent.Entered ? e : null);
  }

  /** How often the connection was lost. */
  long losses() {
    synchronized (heard) {
      return heard.stream()
          .filter(e -> e instanceof ClientEvent.LinkChanged(Link link) && link instanceof Link.Lost)
          .count();
    }
  }

  /** Numbers are gap-free and in order, and no entry came twice. */
  void heardEverythingOnce() {
    List<Event.Entry> entries = entries();
    for (int i = 1; i < entries.size(); i++) {
      assertEquals(
          entries.get(i - 1).number() + 1,
          entries.get(i).number(),
          name + " heard " + entries.get(i - 1) + " and then " + entries.get(i));
    }
    assertEquals(
        entries.size(), entries.stream().map(Event.Entry::id).distinct().count(), "doubled");
  }

  <T> T first(String what, Function<ClientEvent, T> choice) {
    return first(what, 0, choice);
  }

  <T> T first(String what, int from, Function<ClientEvent, T> choice) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int seen = from;
    synchronized (heard) {
      while (true) {
        for (; seen < heard.size(); seen++) {
          T found = choice.apply(heard.get(seen));
          if (found != null) {
            return found;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        assertTrue(left > 0, () -> name + " never heard: " + what + "; heard " + tail());
        await(left);
      }
    }
  }

  private String tail() {
    return heard.subList(Math.max(0, heard.size() - 8), heard.size()).toString();
  }

  private void await(long millis) {
    try {
      heard.wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private <T> Optional<T> last(Function<ClientEvent, T> choice) {
    synchronized (heard) {
      for (ClientEvent event : heard.reversed()) {
        T found = choice.apply(event);
        if (found != null) {
          return Optional.of(found);
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<Event.Entry> added(ClientEvent event) {
    return event instanceof ClientEvent.Added(Event.Entry entry)
        ? Optional.of(entry)
        : Optional.empty();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** The problem with which a command is refused. */
  static Problem refusal(CompletableFuture<?> future) {
    try {
      Object answer = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("not refused: " + answer);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        return refused.refusal().problem();
      }
      throw new AssertionError("not refused but failed", e);
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
