package chat.desktop.model;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One account on one server, as the windows see it. Changed only by events that came through the
 * {@link Hop} and by what the user does, so it needs no lock. What may touch the disk is handed to
 * {@code work}, one thread that keeps the order.
 */
public final class ChatModel {
  /** Entries fetched at once when somebody scrolls up. */
  private static final int PAGE = 50;

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
  private final TreeSet<Person> online =
      new TreeSet<>(
          Comparator.comparing(Person::name, String.CASE_INSENSITIVE_ORDER)
              .thenComparingLong(Person::account));
  private final Transfers transfers = new Transfers();
  private final Set<Long> newcomers = new HashSet<>();
  private final Set<Long> returning = new HashSet<>();
  private long returningUntil;
  private Link link = new Link.Idle();
  private @Nullable Person self;
  private @Nullable Room current;
  private String loggedOut = "";
  private boolean attentive;

  public ChatModel(
      ChatService service, ClientConfig config, Executor hop, Executor work, InstantSource clock) {
    this.service = service;
    this.config = config;
    this.hop = hop;
    this.work = work;
    this.clock = clock;
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

  public Collection<Person> online() {
    return Collections.unmodifiableCollection(online);
  }

  /** Why the session ended. */
  public String loggedOut() {
    return loggedOut;
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

  /** Tells whether the user has the window in front: only then something is read. */
  public void attentive(boolean now) {
    attentive = now;
    readCurrent();
  }

  public void select(Room room) {
    current = room;
    readCurrent();
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.FILES);
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
    return CompletableFuture.runAsync(() -> service.send(room.id(), text), work)
        .whenCompleteAsync((done, failure) -> {}, hop);
  }

  public void discard(UUID id) {
    work.execute(() -> service.discard(id));
  }

  /** Sends a refused text once more, at the end of what waits. */
  public void retry(Row.Unsent unsent) {
    discard(unsent.id());
    var unused = send(unsent.text());
  }

  /** Fetches what comes before the oldest entry shown, once at a time. */
  public void loadOlder(Room room) {
    Transcript transcript = room.transcript();
    if (room.loading() || !transcript.hasOlder() || !(link instanceof Link.Online)) {
      return;
    }
    room.loading(true);
    var unused =
        service
            .history(room.id(), Direction.BEFORE, transcript.lowest(), PAGE)
            .handleAsync(
                ended(
                    page -> transcript.prepend(page.first(), page.entries()),
                    () -> room.loading(false)),
                hop);
  }

  /** Fetches older files for the list of files. */
  public void loadOlderFiles(Room room) {
    long before = room.files().isEmpty() ? 0 : room.files().getLast().entry().number();
    var unused =
        service
            .files(room.id(), before, PAGE)
            .handleAsync(
                ended(
                    page -> {
                      room.addFiles(page.entries(), PAGE);
                      tell(ModelListener.Part.FILES);
                    },
                    () -> {}),
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
        room(pending.room()).transcript().pending(pending, clock.millis());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.Discarded discarded -> {
        room(discarded.room()).transcript().removeUnsettled(discarded.id());
        tell(ModelListener.Part.UNSENT);
      }
      case ClientEvent.TransferChanged changed -> transfer(changed.transfer());
      case ClientEvent.Opened opened -> {
        room(opened.room().room()).enter(opened.room(), config.files());
        tell(ModelListener.Part.ROOMS);
      }
      case ClientEvent.RoomChanged changed -> tell(ModelListener.Part.ROOMS);
      case ClientEvent.RoomGone gone -> {
        rooms.remove(gone.room());
        tell(ModelListener.Part.ROOMS);
      }
      case ClientEvent.ContactChanged _, ClientEvent.Marked _, ClientEvent.Typing _ -> {}
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
    online.forEach(person -> returning.add(person.account()));
    returningUntil = clock.millis() + RETURNING_MILLIS;
    online.clear();
    online.addAll(entered.online());
    rooms.keySet().removeIf(id -> entered.rooms().stream().noneMatch(view -> view.room() == id));
    entered.rooms().forEach(view -> room(view.room()).enter(view, config.files()));
    if (current == null || !rooms.containsKey(current.id())) {
      current = rooms.values().stream().findFirst().orElse(null);
    }
    tell(ModelListener.Part.ENTERED);
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.PEOPLE);
    tell(ModelListener.Part.FILES);
  }

  private void add(Event.Entry entry) {
    Room room = room(entry.room());
    if (entry.content() instanceof Content.Joined) {
      joined(room, entry.author());
    }
    room.add(entry, attentive && room == current);
    if (entry.author().account() != account()) {
      listeners.forEach(listener -> listener.heard(room, entry));
    }
    tell(ModelListener.Part.ROOMS);
    tell(ModelListener.Part.UNSENT);
    if (entry.content() instanceof Content.File) {
      tell(ModelListener.Part.FILES);
    }
  }

  private void skip(ClientEvent.Skipped skipped) {
    Room room = room(skipped.room());
    room.transcript().restart(1, skipped.head(), List.of());
    loadOlder(room);
  }

  private void presence(ClientEvent.Presence presence) {
    presence.went().forEach(this::went);
    presence.came().forEach(this::came);
    tell(ModelListener.Part.PEOPLE);
  }

  private void came(Person person) {
    boolean isNew = !isOnline(person);
    online.add(person);
    boolean back = returning.remove(person.account()) && clock.millis() < returningUntil;
    if (isNew && !newcomers.remove(person.account()) && !back) {
      notice(Row.Notice.Kind.CAME, person);
    }
  }

  /** Somebody new both becomes a member and comes, in any order: one line is enough. */
  private void joined(Room room, Person person) {
    if (isOnline(person)) {
      room.transcript().forgetComing(person, clock.millis() - NEW_MILLIS);
    } else {
      newcomers.add(person.account());
    }
  }

  private boolean isOnline(Person person) {
    return online.stream().anyMatch(known -> known.account() == person.account());
  }

  private void went(Person person) {
    if (online.removeIf(known -> known.account() == person.account())) {
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
    Room room = room(transfer.room());
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
    room(sending.transfer().room()).transcript().removeUnsettled(sending.id());
  }

  private void touch(long room, UUID entry) {
    room(room).transcript().touch(entry);
    tell(ModelListener.Part.FILES);
  }

  private Room room(long id) {
    return rooms.computeIfAbsent(id, _ -> new Room(id, this::account));
  }

  private long account() {
    return self == null ? 0 : self.account();
  }

  private void readCurrent() {
    if (attentive && current != null && current.read()) {
      tell(ModelListener.Part.ROOMS);
    }
  }

  private void tell(ModelListener.Part part) {
    listeners.forEach(listener -> listener.changed(part));
  }

  /** A failed page is not shown: whoever still looks for it asks again. */
  private static <T> BiFunction<T, @Nullable Throwable, Boolean> ended(
      Consumer<T> good, Runnable always) {
    return (value, failure) -> {
      always.run();
      if (failure == null) {
        good.accept(value);
      }
      return failure == null;
    };
  }
}
