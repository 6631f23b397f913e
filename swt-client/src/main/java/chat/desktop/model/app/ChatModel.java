// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Link;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.model.room.Intent;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.server.ServerNews;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomView;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One account on one server, as the windows see it. Changed only by events that came through the
 * {@link UiExecutor} and by what the user does, so it needs no lock. What may touch the disk is
 * handed to {@code work}, one thread that keeps the order.
 */
public final class ChatModel {
  private static final System.Logger LOG = System.getLogger(ChatModel.class.getName());

  /** How long the server is waited for when the program ends. */
  private static final long GOODBYE_MILLIS = 500;

  private final ChatClient client;
  private final Exporter exporter;
  private final ClientConfig config;
  private final Executor hop;
  private final Executor work;
  private final InstantSource clock;
  private final List<ModelListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Room> rooms = new LinkedHashMap<>();
  private final ServerNews serverNews = new ServerNews();
  private final Map<Long, RoomInvitation> invitations = new LinkedHashMap<>();
  private final People people = new People();
  private final History history;
  private final Scheduler delay;
  private final ReadReceipts signs;
  private final IdleMonitor attendance;
  private final FileTraffic traffic;
  private final MemberLists members;
  private Link link = new Link.Idle();
  private @Nullable Person self;
  private @Nullable Room current;
  private String loggedOut = "";
  private boolean accountEnded;
  private long wanted;
  private boolean attentive;

  public ChatModel(
      ChatClient client, ClientConfig config, Executor hop, Executor work, InstantSource clock) {
    this(client, config, hop, work, clock, Scheduler.over(hop));
  }

  public ChatModel(
      ChatClient client,
      ClientConfig config,
      Executor hop,
      Executor work,
      InstantSource clock,
      Scheduler delay) {
    this(client, Exporter.of(client), config, hop, work, clock, delay);
  }

  public ChatModel(
      ChatClient client,
      Exporter exporter,
      ClientConfig config,
      Executor hop,
      Executor work,
      InstantSource clock,
      Scheduler delay) {
    this.client = client;
    this.exporter = exporter;
    this.config = config;
    this.hop = hop;
    this.work = work;
    this.clock = clock;
    this.delay = delay;
    this.history = new History(client, hop, this::account);
    this.signs = new ReadReceipts(this, delay);
    this.attendance = new IdleMonitor(this, delay);
    this.traffic = new FileTraffic(this, hop, work);
    this.members = new MemberLists(this, hop);
  }

  public void listen(ModelListener listener) {
    listeners.add(listener);
  }

  public void forget(ModelListener listener) {
    listeners.remove(listener);
  }

  public ChatClient client() {
    return client;
  }

  Exporter exporter() {
    return exporter;
  }

  public ClientConfig config() {
    return config;
  }

  public InstantSource clock() {
    return clock;
  }

  public Link link() {
    return link;
  }

  public @Nullable Person self() {
    return self;
  }

  public Collection<Room> rooms() {
    return Collections.unmodifiableCollection(rooms.values());
  }

  /** To which rooms this account was asked, and has not answered. */
  public Collection<RoomInvitation> invitations() {
    return Collections.unmodifiableCollection(invitations.values());
  }

  /** The room that is shown; none before the first entering. */
  public @Nullable Room current() {
    return current;
  }

  /** A room of this account; null if it is none. */
  public @Nullable Room room(long id) {
    return rooms.get(id);
  }

  /** The room of two with somebody; null if there is none yet. */
  public @Nullable Room directWith(long account) {
    return rooms.values().stream()
        .filter(room -> room.direct() && room.info().peer().account() == account)
        .findFirst()
        .orElse(null);
  }

  /** How much this device is here. */
  public IdleMonitor attendance() {
    return attendance;
  }

  public People people() {
    return people;
  }

  /** What is fetched and sent. */
  public FileTraffic traffic() {
    return traffic;
  }

  /** How many members of a room are here; empty where that is not known. */
  public OptionalInt online(Room room) {
    if (!people.isKnown()) {
      return OptionalInt.empty();
    }
    if (room.id() == RoomInfo.LOBBY) {
      return OptionalInt.of(people.online().size());
    }
    boolean all = !room.members().isEmpty() && room.members().size() < MemberLists.MOST;
    return all
        ? OptionalInt.of(
            (int) room.members().stream().filter(m -> people.isOnline(m.person())).count())
        : OptionalInt.empty();
  }

  public Collection<Person> online() {
    return people.online();
  }

  /** Why the session ended. */
  public String loggedOut() {
    return loggedOut;
  }

  /** Whether the session ended because the user has ended the account. */
  public boolean isAccountEnded() {
    return accountEnded;
  }

  public int unread() {
    return rooms.values().stream().mapToInt(Room::unread).sum();
  }

  public int unsent() {
    return rooms.values().stream().mapToInt(room -> room.transcript().unsent()).sum();
  }

  /** How many messages were missed in rooms that may make themselves heard. */
  public int calling() {
    return rooms.values().stream()
        .mapToInt(room -> room.silent() ? room.mentions() : room.unread())
        .sum();
  }

  /** Tells whether the user looks at the end of the room: then what comes is read as it comes. */
  public void attentive(boolean now) {
    attentive = now;
  }

  /** These entries of the room that is shown, and all between them, are in view. */
  public void saw(Room room, long first, long last) {
    if (room == current && room.see(first, last)) {
      tell(ModelListener.Part.ROOMS);
    }
    signs.read(room);
  }

  /** Takes everything in a room for read. */
  public void markRead(Room room) {
    if (room.readAll()) {
      tell(ModelListener.Part.ROOMS);
    }
    signs.read(room);
  }

  /** Takes everything in all rooms for read. */
  public void markAllRead() {
    List.copyOf(rooms.values()).forEach(this::markRead);
  }

  /** Takes a message and what follows for unread, on all devices. */
  public void markUnread(Room room, long number) {
    room.markUnread(number);
    var unused = set(new Command.MarkRead(room.id(), 0, number - 1, true));
    tell(ModelListener.Part.ROOMS);
  }

  public void select(Room room) {
    show(room);
    showUnread(room);
  }

  private void show(Room room) {
    if (current != null && current != room) {
      current.leave();
    }
    current = room;
    wanted = 0;
    room.open();
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
  }

  /** Shows a room as soon as it is this account's. */
  public void selectSoon(long id) {
    Room room = rooms.get(id);
    if (room == null) {
      wanted = id;
    } else {
      select(room);
    }
  }

  /** Fetches where a room was read up to, if that is not here. */
  public void showUnread(Room room) {
    if (room.unread() == 0 || room.past() || room.hasFirstUnread()) {
      return;
    }
    var unused =
        history
            .around(room, room.readTo() + 1)
            .thenAcceptAsync(
                piece -> {
                  if (room == current && !room.past() && !room.hasFirstUnread()) {
                    room.piece(piece);
                    tell(ModelListener.Part.ROOMS);
                  }
                },
                hop);
  }

  /** The number of a room's first entry from a moment on, in UTC milliseconds. */
  public CompletableFuture<Long> numberAt(Room room, long time) {
    return ask(history.numberAt(room, time));
  }

  /** Shows a room around a message. The future fails, and the user is told, if it can't be had. */
  public CompletableFuture<Void> jump(Room room, long number) {
    if (room.shown().indexOf(number) >= 0) {
      show(room);
      return CompletableFuture.completedFuture(null);
    }
    return ask(history.around(room, number))
        .thenAccept(piece -> {
          room.piece(piece);
          show(room);
        });
  }

  /** Leaves the past of a room. */
  public void backToNow(Room room) {
    if (room.past()) {
      room.piece(null);
      tell(ModelListener.Part.ROOMS);
    }
  }

  /** What the next text is meant to be. */
  public void intend(Room room, Intent intent) {
    room.intent(intent);
    tell(ModelListener.Part.ROOMS);
  }

  /** The text in the compose box of a room was changed by its writer. */
  public void wrote(Room room, String text) {
    signs.wrote(room, text);
  }

  /** Does something in a room; if that fails the user is told. */
  public CompletableFuture<Reply.Posted> change(Command.Append command) {
    return ask(client.change(command));
  }

  /** Sets something; if that fails the user is told. */
  public CompletableFuture<Reply.Done> set(Command.Update command) {
    return ask(client.set(command));
  }

  /** Brings an answer into the thread of the windows; if there is none the user is told. */
  private <T> CompletableFuture<T> ask(CompletableFuture<T> answer) {
    return answer.whenCompleteAsync(
        (_, failure) -> {
          if (failure != null) {
            listeners.forEach(listener -> listener.failed(failure));
          }
        },
        hop);
  }

  /** Does something that may touch the disk, and answers in the thread of the windows. */
  public <T> CompletableFuture<T> work(Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    work.execute(() -> {
      try {
        done.complete(task.call());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return here(done);
  }

  /** Asks what somebody says of themselves; if that fails the user is told. */
  public CompletableFuture<Profile> profile(long account) {
    return ask(client.who(account));
  }

  /** Brings an answer into the thread of the windows, for whoever shows failures there. */
  public <T> CompletableFuture<T> here(CompletableFuture<T> answer) {
    return answer.whenCompleteAsync((_, _) -> {}, hop);
  }

  /** Runs something in the thread of the windows, from any other. */
  void later(Runnable task) {
    hop.execute(task);
  }

  /** Whose session is kept in the profile. */
  CompletableFuture<Optional<String>> remembered() {
    return CompletableFuture.supplyAsync(client::rememberedName, work);
  }

  /** Trusts the key that the server shows. */
  public void trust(String fingerprint) {
    work.execute(() -> client.trust(fingerprint));
  }

  /** Tries to connect now. */
  public void retryNow() {
    client.retryNow();
  }

  /**
   * Sends a text to the room that is shown. The future fails, in the thread of the windows, if the
   * text could not even be put into the outbox.
   */
  public CompletableFuture<Void> send(String text) {
    Room room = current;
    if (room == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("in no room"));
    }
    return send(room.id(), text, 0, false);
  }

  /** The same for any room, an answer, and what must not be overlooked. */
  public CompletableFuture<Void> send(long room, String text, long reply, boolean important) {
    return here(CompletableFuture.runAsync(() -> client.send(room, text, reply, important), work));
  }

  public void discard(UUID id) {
    work.execute(() -> client.discard(id));
  }

  /** Sends a refused text once more, at the end of what waits. */
  public void retry(Row.Unsent unsent) {
    ClientEvent.Pending again = unsent.pending();
    discard(again.id());
    var unused = send(again.room(), again.text(), again.reply(), again.important());
  }

  /** Fetches what comes before the oldest entry shown, once at a time. */
  public void loadOlder(Room room) {
    history.older(room, link);
  }

  /** Fetches what comes after a piece of the past, once at a time. */
  public void loadNewer(Room room) {
    history.newer(room, link);
  }

  /** Asks who is in a room, if that is not known; of a very large one the first ones. */
  public void loadMembers(Room room) {
    members.load(room);
  }

  /** The account is no more; the profile forgets it. */
  void accountEnded() {
    accountEnded = true;
    logOut();
  }

  /** Ends the session on the server; {@code LOGGED_OUT} follows. */
  public void logOut() {
    work.execute(client::logOut);
  }

  /** Says that this device goes, and lets go of the connection, in the background. */
  public void close() {
    boolean online = link instanceof Link.Online;
    work.execute(() -> {
      if (online) {
        sayGoodbye();
      }
      client.close();
    });
  }

  private void sayGoodbye() {
    try {
      var unused =
          client
              .set(new Command.SetPresence(attendance.now(), true))
              .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The others see it after a while, as if the line had broken.
      LOG.log(System.Logger.Level.DEBUG, "Left without saying so", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes in what the client tells. */
  public void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.LinkChanged changed -> linked(changed.link());
      case ClientEvent.Entered entered -> enter(entered);
      case ClientEvent.Added added -> add(added.entry());
      case ClientEvent.Skipped skipped -> skip(skipped);
      case ClientEvent.Presence presence -> {
        people.told(presence);
        tell(ModelListener.Part.PEOPLE);
      }
      case ClientEvent.Pending pending -> {
        known(pending.room()).transcript().pending(pending, clock.millis());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.Discarded discarded -> {
        known(discarded.room()).transcript().removeUnsettled(discarded.id());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.TransferChanged changed -> traffic.moved(changed.transfer());
      case ClientEvent.Opened opened -> open(opened.room());
      case ClientEvent.RoomChanged changed -> {
        Room room = rooms.get(changed.info().room());
        if (room != null) {
          room.place(changed.info(), changed.place());
          tell(ModelListener.Part.ROOMS);
        }
      }
      case ClientEvent.Invited(RoomInvitation invitation) -> invited(invitation);
      case ClientEvent.OfServer news -> {
        serverNews.on(news);
        tell(ModelListener.Part.SERVER);
      }
      case ClientEvent.RoomGone gone -> leave(gone.room());
      case ClientEvent.ContactChanged changed -> {
        people.contact(changed.contact());
        tell(ModelListener.Part.PEOPLE);
      }
      case ClientEvent.Marked marked -> mark(marked);
      case ClientEvent.Typing typing -> typing(typing);
      case ClientEvent.LoggedOut out -> {
        loggedOut = out.reason();
        tell(ModelListener.Part.LOGGED_OUT);
      }
    }
  }

  private void linked(Link next) {
    link = next;
    if (!(next instanceof Link.Online)) {
      people.lost();
    }
    tell(ModelListener.Part.LINK);
  }

  private void invited(RoomInvitation invitation) {
    invitations.put(invitation.info().room(), invitation);
    tell(ModelListener.Part.PEOPLE);
  }

  /** What the account is to the server, and what is announced there. */
  public ServerNews serverNews() {
    return serverNews;
  }

  private void enter(ClientEvent.Entered entered) {
    self = entered.self();
    people.enter(entered.online(), entered.statuses(), entered.contacts());
    rooms.keySet().removeIf(id -> entered.rooms().stream().noneMatch(view -> view.room() == id));
    entered.rooms().forEach(view -> known(view.room()).enter(view, config.files()));
    invitations.clear();
    entered.invitations().forEach(each -> invitations.put(each.info().room(), each));
    stayInARoom();
    rooms.values().forEach(signs::read);
    tellReceived();
    if (current != null) {
      showUnread(current);
    }
    tell(ModelListener.Part.ENTERED);
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.PEOPLE);
    tell(ModelListener.Part.FILES);
  }

  /** Tells of everything that came into private chats and was not told of yet. */
  void tellReceived() {
    rooms.values().forEach(signs::received);
  }

  private void stayInARoom() {
    if (current == null || !rooms.containsKey(current.id())) {
      current = rooms.values().stream().findFirst().orElse(null);
    }
  }

  /** A room that came in by itself never takes the place of the one that is looked at. */
  private void open(RoomView view) {
    invitations.remove(view.room());
    Room room = known(view.room());
    room.enter(view, config.files());
    stayInARoom();
    if (wanted == room.id()) {
      select(room);
    }
    signs.received(room);
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
  }

  private void leave(long id) {
    if (invitations.remove(id) != null) {
      tell(ModelListener.Part.PEOPLE);
    }
    rooms.remove(id);
    stayInARoom();
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
  }

  private void mark(ClientEvent.Marked marked) {
    Room room = rooms.get(marked.room());
    if (room != null) {
      room.mark(marked.mark());
      tell(ModelListener.Part.SIGNS);
    }
  }

  private void typing(ClientEvent.Typing typing) {
    Room room = rooms.get(typing.room());
    if (room == null || typing.person().account() == account()) {
      return;
    }
    room.typing(typing.person(), clock.millis());
    tell(ModelListener.Part.SIGNS);
    delay.after(
        Room.TYPING_MILLIS,
        () -> {
          room.stillTyping(clock.millis());
          tell(ModelListener.Part.SIGNS);
        });
  }

  private void add(Event.Entry entry) {
    Room room = known(entry.room());
    boolean imported = room.isImported(entry);
    boolean seen = attentive && room == current && !room.past();
    room.add(entry, seen);
    if (seen) {
      signs.read(room);
    }
    signs.received(room);
    if (entry.author().account() != account() && !imported) {
      listeners.forEach(listener -> listener.heard(room, entry));
    }
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.UNSENT);
    switch (entry.content()) {
      case Content.File _, Content.Deleted _, Content.Gone _ -> tell(ModelListener.Part.FILES);
      case Content.Text _,
          Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _ -> {}
    }
  }

  private void skip(ClientEvent.Skipped skipped) {
    Room room = known(skipped.room());
    room.transcript().restart(1, skipped.head(), List.of(), List.of());
    loadOlder(room);
  }

  /** A room, even before anything of it was told. */
  Room known(long id) {
    return rooms.computeIfAbsent(id, _ -> new Room(id, this::account));
  }

  /** The own account; 0 before it is known. */
  public long account() {
    return self == null ? 0 : self.account();
  }

  void tell(ModelListener.Part part) {
    listeners.forEach(listener -> listener.changed(part));
  }
}
