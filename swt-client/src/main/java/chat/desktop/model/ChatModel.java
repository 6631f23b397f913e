package chat.desktop.model;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One account on one server, as the windows see it. Changed only by events that came through the
 * {@link Hop} and by what the user does, so it needs no lock. What may touch the disk is handed to
 * {@code work}, one thread that keeps the order.
 */
public final class ChatModel {
  /** Files fetched at once. */
  private static final int PAGE = 50;

  /** Members asked for at once. */
  private static final int MEMBERS = 200;

  private static final int MOST_MEMBERS = 2_000;

  /** How long after a coming somebody may turn out to be new here. */
  private static final long NEW_MILLIS = 10_000;

  /** After a loss of the connection, how long others may take to come back unnoticed. */
  private static final long RETURNING_MILLIS = 45_000;

  private static final System.Logger LOG = System.getLogger(ChatModel.class.getName());

  private final ChatService service;
  private final ClientConfig config;
  private final Executor hop;
  private final Executor work;
  private final InstantSource clock;
  private final List<ModelListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Room> rooms = new LinkedHashMap<>();
  private final People people = new People();
  private final History history;
  private final Delay delay;
  private final Signs signs;
  private final Attendance attendance;
  private final Transfers transfers = new Transfers();
  private final Set<Long> asked = new HashSet<>();
  private final Set<Long> newcomers = new HashSet<>();
  private final Set<Long> returning = new HashSet<>();
  private long returningUntil;
  private Link link = new Link.Idle();
  private @Nullable Person self;
  private @Nullable Room current;
  private String loggedOut = "";
  private boolean accountEnded;
  private long wanted;
  private boolean attentive;

  public ChatModel(
      ChatService service, ClientConfig config, Executor hop, Executor work, InstantSource clock) {
    this(service, config, hop, work, clock, Delay.over(hop));
  }

  ChatModel(
      ChatService service,
      ClientConfig config,
      Executor hop,
      Executor work,
      InstantSource clock,
      Delay delay) {
    this.service = service;
    this.config = config;
    this.hop = hop;
    this.work = work;
    this.clock = clock;
    this.delay = delay;
    this.history = new History(service, hop, this::account);
    this.signs = new Signs(this, delay);
    this.attendance = new Attendance(this, delay);
  }

  public void listen(ModelListener listener) {
    listeners.add(listener);
  }

  public void forget(ModelListener listener) {
    listeners.remove(listener);
  }

  public ChatService service() {
    return service;
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
  public Attendance attendance() {
    return attendance;
  }

  public People people() {
    return people;
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

  /** The download of an entry's file, if there was one since the start. */
  public @Nullable Transfer download(UUID entry) {
    return transfers.ofEntry(entry);
  }

  /** The file of an entry on this computer: fetched, or sent from here; null if it is not here. */
  public @Nullable Path localFile(UUID entry) {
    return transfers.localFile(entry);
  }

  /** How many messages were missed in rooms that may make themselves heard. */
  public int calling() {
    return rooms.values().stream()
        .mapToInt(room -> room.silent() ? room.mentions() : room.unread())
        .sum();
  }

  /** Tells whether the user looks at the end of the room: only then something is read. */
  public void attentive(boolean now) {
    attentive = now;
    readCurrent();
  }

  public void select(Room room) {
    if (current != null && current != room) {
      current.leave();
    }
    current = room;
    wanted = 0;
    readCurrent();
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

  /** Shows a room around a message. The future fails, and the user is told, if it can't be had. */
  public CompletableFuture<Void> jump(Room room, long number) {
    if (room.shown().indexOf(number) >= 0) {
      select(room);
      return CompletableFuture.completedFuture(null);
    }
    return ask(history.around(room, number))
        .thenAccept(piece -> {
          room.piece(piece);
          select(room);
        });
  }

  /** Leaves the past of a room. */
  public void backToNow(Room room) {
    if (room.past()) {
      room.piece(null);
      readCurrent();
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
  public CompletableFuture<Reply.Posted> change(Command.Lasting command) {
    return ask(service.change(command));
  }

  /** Sets something; if that fails the user is told. */
  public CompletableFuture<Reply.Done> set(Command.Setting command) {
    return ask(service.set(command));
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
    return ask(service.who(account));
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
    return CompletableFuture.supplyAsync(service::rememberedName, work);
  }

  /** Trusts the key that the server shows. */
  void trust(String fingerprint) {
    work.execute(() -> service.trust(fingerprint));
  }

  /** Tries to connect now. */
  public void retryNow() {
    service.retryNow();
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
    return here(CompletableFuture.runAsync(() -> service.send(room, text, reply, important), work));
  }

  public void discard(UUID id) {
    work.execute(() -> service.discard(id));
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
    if (room.members().isEmpty() && link instanceof Link.Online && asked.add(room.id())) {
      members(room, "", new ArrayList<>());
    }
  }

  private void members(Room room, String after, List<Member> known) {
    var unused =
        service
            .people(room.id(), after, MEMBERS)
            .whenCompleteAsync(
                (page, failure) -> {
                  if (failure != null) {
                    // Whoever still looks for them asks again.
                    asked.remove(room.id());
                    return;
                  }
                  known.addAll(page.people());
                  if (page.more() && known.size() < MOST_MEMBERS) {
                    members(room, known.getLast().person().name(), known);
                    return;
                  }
                  asked.remove(room.id());
                  room.members(known);
                  tell(ModelListener.Part.SIGNS);
                },
                hop);
  }

  /** Fetches older files for the list of files. */
  public void loadOlderFiles(Room room) {
    long before = room.files().isEmpty() ? 0 : room.files().getLast().entry().number();
    var unused =
        service
            .files(room.id(), before, PAGE)
            .thenAcceptAsync(
                page -> {
                  page.about().forEach(room.transcript()::hear);
                  room.addFiles(page.entries(), PAGE);
                  tell(ModelListener.Part.FILES);
                },
                hop);
  }

  /**
   * Sends a file to the room that is shown, unless it is clear that it would be refused. The answer
   * comes in the thread of the windows.
   */
  public CompletableFuture<Offered> upload(Path file) {
    Room room = current;
    if (room == null) {
      return CompletableFuture.completedFuture(
          new Offered.Nowhere(String.valueOf(file.getFileName())));
    }
    return CompletableFuture.supplyAsync(() -> offer(room, file), work)
        .thenApplyAsync(offered -> offered, hop);
  }

  private Offered offer(Room room, Path file) {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return new Offered.Unreadable(name);
    }
    long size = file.toFile().length();
    long limit = service.limits().file();
    if (size > limit) {
      return new Offered.TooLarge(name, size, limit);
    }
    service.upload(room.id(), file);
    return new Offered.Started(name);
  }

  /** Fetches a file into a folder, or goes on where an earlier try ended. */
  void download(Event.Entry entry, Content.File file, Path folder) {
    Path earlier = transfers.targetOf(entry.id());
    work.execute(
        () -> fetch(entry, earlier == null ? Downloads.free(folder, file.name()) : earlier));
  }

  /** Fetches a file to a place that the user chose; a file that is there gives way. */
  public void download(Event.Entry entry, Path target) {
    work.execute(() -> {
      try {
        Files.deleteIfExists(target);
      } catch (IOException e) {
        // The download finds it in its way and says so.
        LOG.log(System.Logger.Level.DEBUG, "Not replaced", e);
      }
      fetch(entry, target);
    });
  }

  private void fetch(Event.Entry entry, Path target) {
    makeFolder(target);
    UUID transfer = service.download(entry, target);
    hop.execute(() -> {
      transfers.started(entry.id(), transfer, target);
      touch(entry.room(), entry.id());
    });
  }

  private static void makeFolder(Path target) {
    Path folder = target.getParent();
    if (folder != null) {
      // Where this fails the download fails too, and says so.
      var unused = folder.toFile().mkdirs();
    }
  }

  /** Where an earlier try put the file or wanted to. */
  public @Nullable Path targetOf(UUID entry) {
    return transfers.targetOf(entry);
  }

  public void cancel(UUID transfer) {
    work.execute(() -> service.cancel(transfer));
  }

  /** The account is no more; the profile forgets it. */
  void accountEnded() {
    accountEnded = true;
    logOut();
  }

  /** Ends the session on the server; {@code LOGGED_OUT} follows. */
  public void logOut() {
    work.execute(service::logOut);
  }

  /** Lets go of the connection, in the background. */
  public void close() {
    work.execute(service::close);
  }

  /** Takes in what the client tells. */
  public void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.LinkChanged changed -> {
        link = changed.link();
        tell(ModelListener.Part.LINK);
      }
      case ClientEvent.Entered entered -> enter(entered);
      case ClientEvent.Added added -> add(added.entry());
      case ClientEvent.Skipped skipped -> skip(skipped);
      case ClientEvent.Presence presence -> presence(presence);
      case ClientEvent.Pending pending -> {
        known(pending.room()).transcript().pending(pending, clock.millis());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.Discarded discarded -> {
        known(discarded.room()).transcript().removeUnsettled(discarded.id());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.TransferChanged changed -> transfer(changed.transfer());
      case ClientEvent.Opened opened -> open(opened.room());
      case ClientEvent.RoomChanged changed -> {
        Room room = rooms.get(changed.info().room());
        if (room != null) {
          room.place(changed.info(), changed.place());
          readCurrent();
          tell(ModelListener.Part.ROOMS);
        }
      }
      case ClientEvent.RoomGone gone -> leave(gone.room());
      case ClientEvent.ContactChanged changed -> {
        people.contact(changed.contact());
        tell(ModelListener.Part.PEOPLE);
      }
      case ClientEvent.Marked marked -> {
        Room room = rooms.get(marked.room());
        if (room != null) {
          room.mark(marked.mark());
          tell(ModelListener.Part.SIGNS);
        }
      }
      case ClientEvent.Typing typing -> typing(typing);
      case ClientEvent.LoggedOut out -> {
        loggedOut = out.reason();
        tell(ModelListener.Part.LOGGED_OUT);
      }
    }
  }

  private void enter(ClientEvent.Entered entered) {
    self = entered.self();
    newcomers.clear();
    returning.clear();
    people.online().forEach(person -> returning.add(person.account()));
    returningUntil = clock.millis() + RETURNING_MILLIS;
    people.enter(entered.online(), entered.standings(), entered.contacts());
    rooms.keySet().removeIf(id -> entered.rooms().stream().noneMatch(view -> view.room() == id));
    entered.rooms().forEach(view -> known(view.room()).enter(view, config.files()));
    stayInARoom();
    readCurrent();
    rooms.values().forEach(signs::received);
    tell(ModelListener.Part.ENTERED);
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.PEOPLE);
    tell(ModelListener.Part.FILES);
  }

  private void stayInARoom() {
    if (current == null || !rooms.containsKey(current.id())) {
      current = rooms.values().stream().findFirst().orElse(null);
    }
  }

  /** A room that came in by itself never takes the place of the one that is looked at. */
  private void open(RoomView view) {
    Room room = known(view.room());
    room.enter(view, config.files());
    stayInARoom();
    if (wanted == room.id()) {
      select(room);
    } else {
      readCurrent();
    }
    signs.received(room);
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
  }

  private void leave(long id) {
    rooms.remove(id);
    stayInARoom();
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
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
    if (entry.content() instanceof Content.Joined) {
      joined(room, entry.author());
    }
    room.add(entry, attentive && room == current && !room.past());
    readCurrent();
    signs.received(room);
    if (entry.author().account() != account()) {
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

  private void presence(ClientEvent.Presence presence) {
    presence.went().forEach(this::went);
    presence.came().forEach(this::came);
    presence.standings().forEach(people::stands);
    tell(ModelListener.Part.PEOPLE);
  }

  private void came(Person person) {
    boolean isNew = people.came(person);
    boolean back = returning.remove(person.account()) && clock.millis() < returningUntil;
    if (isNew && !newcomers.remove(person.account()) && !back) {
      notice(Row.Notice.Kind.CAME, person);
    }
  }

  /** Somebody new both becomes a member and comes, in any order: one line is enough. */
  private void joined(Room room, Person person) {
    if (people.isOnline(person)) {
      room.transcript().forgetComing(person, clock.millis() - NEW_MILLIS);
    } else {
      newcomers.add(person.account());
    }
  }

  private void went(Person person) {
    if (people.went(person)) {
      notice(Row.Notice.Kind.WENT, person);
    }
  }

  private void notice(Row.Notice.Kind kind, Person about) {
    if (current != null) {
      current.transcript().notice(kind, about, clock.millis());
    }
  }

  private void transfer(Transfer transfer) {
    switch (transfer.way()) {
      case UP -> upload(transfer);
      case DOWN -> {
        transfers.changed(transfer);
        UUID entry = transfers.entryOf(transfer.id());
        if (entry != null) {
          touch(transfer.room(), entry);
        }
      }
    }
  }

  private void upload(Transfer transfer) {
    transfers.sent(transfer);
    Room room = known(transfer.room());
    Transcript transcript = room.transcript();
    if (room.hasFile(transfer.id())) {
      // The last words of an upload can come after its entry, which has taken its place.
      transcript.removeUnsettled(transfer.id());
      return;
    }
    switch (transfer.state()) {
      case Transfer.Running _, Transfer.Failed _ -> transcript.sending(transfer, clock.millis());
      case Transfer.Cancelled _ -> transcript.removeUnsettled(transfer.id());
      case Transfer.Finished _ -> {
        // Its entry takes the place of the row; if it was here first, there is no row any more.
        if (transcript.hasUnsettled(transfer.id())) {
          transcript.sending(transfer, clock.millis());
        }
      }
    }
  }

  /** Removes the row of an upload that failed. */
  public void dismiss(Row.Sending sending) {
    known(sending.transfer().room()).transcript().removeUnsettled(sending.id());
  }

  private void touch(long room, UUID entry) {
    known(room).transcript().touch(entry);
    tell(ModelListener.Part.FILES);
  }

  private Room known(long id) {
    return rooms.computeIfAbsent(id, _ -> new Room(id, this::account));
  }

  /** The own account; 0 before it is known. */
  public long account() {
    return self == null ? 0 : self.account();
  }

  private void readCurrent() {
    Room room = current;
    if (!attentive || room == null || room.past()) {
      return;
    }
    if (room.read()) {
      tell(ModelListener.Part.ROOMS);
    }
    signs.read(room);
  }

  private void tell(ModelListener.Part part) {
    listeners.forEach(listener -> listener.changed(part));
  }
}
