// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Refusal;
import chat.client.ClientEvent.Transfer;
import chat.client.ClientListener;
import chat.client.Link;
import chat.client.RefusedException;
import chat.desktop.model.app.Exporter;
import chat.export.Export;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.Limits;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Rank;
import chat.protocol.ReadMark;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server that a test plays by hand: it keeps a room, answers what is asked of it, and does what
 * its fields say. Events may come from any thread, as with a real client.
 */
public final class FakeService implements ChatClient, Exporter {
  public static final long LOBBY = 1;
  public static final Person ME = new Person(1, "Robin");

  public final List<Event.Entry> entries = Collections.synchronizedList(new ArrayList<>());
  public final List<Person> online = new CopyOnWriteArrayList<>(List.of(ME));
  public final List<String> sent = new CopyOnWriteArrayList<>();
  public final List<Path> uploads = new CopyOnWriteArrayList<>();
  public final List<UUID> cancelled = new CopyOnWriteArrayList<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public final List<Command> commands = new CopyOnWriteArrayList<>();
  public final List<RoomView> others = new CopyOnWriteArrayList<>();
  public final List<RoomInfo> publicRooms = new CopyOnWriteArrayList<>();
  public final List<Contact> contacts = new CopyOnWriteArrayList<>();
  public final List<PresenceStatus> statuses = new CopyOnWriteArrayList<>();
  public final List<ReadMark> marks = new CopyOnWriteArrayList<>();
  public volatile RoomState place;
  public volatile byte[] picture = {};
  public volatile Problem refuseChange;
  public volatile Problem refuseSet;
  public volatile Problem refuseInvite;
  public final FakeAccount account = new FakeAccount(this);
  public final FakeAdministration administration = new FakeAdministration();
  public volatile CountDownLatch exportGoesOn = new CountDownLatch(0);
  public volatile IOException failExport;
  public volatile ClientListener listener = _ -> {};
  public volatile Link onStart = new Link.Connected("cbor", true);
  public volatile Optional<String> remembered = Optional.empty();
  public volatile Problem refuseLogIn;
  public volatile Problem refuseText;
  public volatile RuntimeException failSend;
  public volatile boolean holdTexts;
  public volatile boolean holdLogIn;
  public volatile Limits limits = Limits.DEFAULT;
  public volatile long clock = 1_700_000_000_000L;
  public volatile ClientConfig config =
      ClientConfig.of(Path.of("unused"), "chat.example.org", 7667);
  private volatile Transfer download;

  /** Opens this one, whatever is asked for. */
  public FakeService open(ClientConfig newConfig, ClientListener newListener) {
    config = newConfig;
    listener = newListener;
    return this;
  }

  /** Adds a text to the room as it was before anybody came. */
  public FakeService past(Person author, String text) {
    entries.add(entry(UUID.randomUUID(), author, new Content.Text(text)));
    return this;
  }

  public FakeService pastFile(Person author, String name, long size) {
    entries.add(entry(UUID.randomUUID(), author, file(name, size)));
    return this;
  }

  /** Somebody says something now. */
  public Event.Entry say(Person author, String text) {
    return add(UUID.randomUUID(), author, new Content.Text(text));
  }

  /** Something happened in the Lobby before anybody came. */
  public FakeService happening(Person author, Content content) {
    entries.add(entry(UUID.randomUUID(), author, content));
    return this;
  }

  /** Something happens in the Lobby now. */
  public Event.Entry happen(Person author, Content content) {
    return add(UUID.randomUUID(), author, content);
  }

  /** A room beside the Lobby, as it is on entering. */
  public static RoomView room(RoomInfo info, RoomState place, Event.Entry... entries) {
    long head = entries.length == 0 ? 0 : entries[entries.length - 1].number();
    return new RoomView(
        info, place, 1, head, false, List.of(entries), List.of(), List.of(), List.of(), List.of());
  }

  public static RoomInfo info(long id, RoomKind kind, String name, Person peer) {
    return new RoomInfo(id, kind, RoomSettings.of(name, ""), 0, 2, peer);
  }

  public static RoomState place(long read, long counted, int unread, int mentions, boolean silent) {
    return new RoomState(Rank.MEMBER, 0, read, counted, unread, mentions, silent, "");
  }

  /** An entry of another room. */
  public static Event.Entry entry(
      long room, long number, Person author, long time, Content content) {
    return new Event.Entry(room, number, UUID.randomUUID(), author, time, content);
  }

  /** Somebody becomes a member of the room. */
  public Event.Entry join(Person person) {
    return add(UUID.randomUUID(), person, new Content.Joined());
  }

  public Event.Entry sayFile(Person author, String name, long size) {
    return add(UUID.randomUUID(), author, file(name, size));
  }

  public void tell(ClientEvent event) {
    listener.on(event);
  }

  public void link(Link link) {
    tell(new ClientEvent.LinkChanged(link));
  }

  /** Lets the client in, with the newest entries it asked for. */
  public void enter() {
    List<Event.Entry> all = List.copyOf(entries);
    List<Event.Entry> files =
        all.stream().filter(e -> e.content() instanceof Content.File).toList();
    RoomState here = place == null ? place(all.size(), all.size(), 0, 0, false) : place;
    RoomView lobby =
        new RoomView(
            new RoomInfo(
                LOBBY,
                RoomKind.PUBLIC,
                RoomSettings.of("Lobby", "Everything is welcome – 欢迎"),
                0,
                online.size(),
                new Person(0, "")),
            here,
            1,
            all.size(),
            false,
            last(messages(all), config.messages()),
            about(all),
            last(files, config.files()),
            List.of(),
            List.copyOf(marks));
    List<RoomView> rooms = new ArrayList<>(List.of(lobby));
    rooms.addAll(others);
    link(new Link.Online("TLS 1.3"));
    tell(
        new ClientEvent.Entered(
            ME,
            rooms,
            List.copyOf(online),
            List.copyOf(statuses),
            List.copyOf(contacts),
            List.of()));
  }

  private static List<Event.Entry> messages(List<Event.Entry> all) {
    return all.stream().filter(e -> !isAbout(e.content())).toList();
  }

  private static List<Event.Entry> about(List<Event.Entry> all) {
    return all.stream().filter(e -> isAbout(e.content())).toList();
  }

  private static boolean isAbout(Content content) {
    return content instanceof Content.Edited
        || content instanceof Content.Deleted
        || content instanceof Content.Reacted
        || content instanceof Content.Pinned;
  }

  public void came(Person person) {
    online.add(person);
    tell(new ClientEvent.Presence(List.of(person), List.of(), List.of()));
  }

  public void went(Person person) {
    online.remove(person);
    tell(new ClientEvent.Presence(List.of(), List.of(person), List.of()));
  }

  public void transfer(
      UUID id, Transfer.Way way, String name, Path file, long done, long size, Transfer.State at) {
    tell(new ClientEvent.TransferChanged(new Transfer(id, LOBBY, way, name, file, done, size, at)));
  }

  /** Moves the download that was asked for last. */
  public void downloaded(long done, Transfer.State state) {
    Transfer d = download;
    transfer(d.id(), d.way(), d.name(), d.file(), done, d.size(), state);
  }

  @Override
  public void start() {
    calls.add("start");
    link(new Link.Connecting(config.host(), config.port()));
    link(onStart);
    if (remembered.isPresent() && onStart instanceof Link.Connected) {
      enter();
    }
  }

  @Override
  public void retryNow() {
    calls.add("retryNow");
  }

  @Override
  public void trust(String fingerprint) {
    calls.add("trust " + fingerprint);
    link(new Link.Connected("cbor", true));
  }

  @Override
  public Optional<String> rememberedName() {
    return remembered;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public String fingerprint() {
    return "4f1d".repeat(16);
  }

  @Override
  public CompletableFuture<Person> register(String name, String password, String invitation) {
    calls.add(("register " + name + " " + invitation).strip());
    return in();
  }

  @Override
  public CompletableFuture<Person> logIn(String name, String password, String code) {
    calls.add(("logIn " + name + " " + code).strip());
    if (account.secondFactor.on() && !code.equals(FakeAccount.CODE)) {
      return CompletableFuture.failedFuture(
          new RefusedException(
              new Refusal(code.isEmpty() ? Problem.CODE_REQUIRED : Problem.CODE_WRONG, "", 0)));
    }
    return in();
  }

  @Override
  public CompletableFuture<Person> resetPassword(
      String code, String password, String secondFactor) {
    calls.add("reset " + code);
    return in();
  }

  private CompletableFuture<Person> in() {
    if (holdLogIn) {
      return new CompletableFuture<>();
    }
    if (refuseLogIn != null) {
      return CompletableFuture.failedFuture(new RefusedException(new Refusal(refuseLogIn, "", 0)));
    }
    enter();
    return CompletableFuture.completedFuture(ME);
  }

  @Override
  public CompletableFuture<Void> logOut() {
    calls.add("logOut");
    tell(new ClientEvent.LoggedOut("bye"));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Reply.Posted> change(Command.Append command) {
    commands.add(command);
    if (refuseChange != null) {
      return CompletableFuture.failedFuture(new RefusedException(new Refusal(refuseChange, "", 0)));
    }
    long room =
        switch (command) {
          case Command.Edit edit ->
              happen(ME, new Content.Edited(edit.target().number(), edit.text(), List.of())).room();
          case Command.Delete delete ->
              happen(ME, new Content.Deleted(delete.target().number())).room();
          case Command.React react ->
              happen(ME, new Content.Reacted(react.target().number(), react.emoji(), react.on()))
                  .room();
          case Command.Pin pin ->
              happen(ME, new Content.Pinned(pin.target().number(), pin.on())).room();
          case Command.Create create ->
              opened(info(100, create.kind(), create.name(), new Person(0, "")));
          case Command.Join join ->
              opened(
                  publicRooms.stream()
                      .filter(info -> info.room() == join.room())
                      .findFirst()
                      .orElseThrow());
          case Command.Direct direct ->
              opened(
                  info(
                      200 + direct.account(),
                      RoomKind.DIRECT,
                      "",
                      online.stream()
                          .filter(person -> person.account() == direct.account())
                          .findFirst()
                          .orElseThrow()));
          case Command.Post post -> post.room();
          case Command.Forward forward -> forward.room();
          case Command.Leave leave -> {
            tell(new ClientEvent.RoomGone(leave.room()));
            yield leave.room();
          }
          case Command.SetRoom set -> set.room();
          case Command.Moderate manage -> manage.room();
        };
    return CompletableFuture.completedFuture(new Reply.Posted(command.id(), room, 1, clock));
  }

  private long opened(RoomInfo info) {
    tell(new ClientEvent.Opened(room(info, place(0, 0, 0, 0, false))));
    return info.room();
  }

  @Override
  public CompletableFuture<Reply.Done> set(Command.Update command) {
    commands.add(command);
    return refuseSet == null
        ? CompletableFuture.completedFuture(new Reply.Done())
        : CompletableFuture.failedFuture(new RefusedException(new Refusal(refuseSet, "", 0)));
  }

  /** The commands of a kind, as they came. */
  public <C extends Command> List<C> commands(Class<C> kind) {
    return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit) {
    List<Event.Entry> found =
        messages(List.copyOf(entries)).stream()
            .filter(e -> e.content() instanceof Content.Text t && t.text().contains(words))
            .toList()
            .reversed();
    return CompletableFuture.completedFuture(new Reply.Found(found, List.of(), List.of()));
  }

  @Override
  public CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit) {
    List<RoomInfo> fitting =
        publicRooms.stream()
            .filter(info -> info.name().toLowerCase(Locale.ROOT).contains(words))
            .toList();
    return CompletableFuture.completedFuture(new Reply.RoomsPage(fitting, false));
  }

  @Override
  public CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit) {
    List<Member> members =
        online.stream().map(person -> new Member(person, Rank.MEMBER, 0)).toList();
    return CompletableFuture.completedFuture(new Reply.PeoplePage(members, false));
  }

  @Override
  public CompletableFuture<Profile> who(String name) {
    return online.stream()
        .filter(person -> person.name().equals(name))
        .findFirst()
        .map(person ->
            CompletableFuture.completedFuture(
                new Profile(
                    person,
                    "",
                    "",
                    0,
                    Relation.NONE,
                    false,
                    true,
                    true,
                    InvitationPolicy.EVERYBODY)))
        .orElseGet(() ->
            CompletableFuture.failedFuture(
                new RefusedException(new Refusal(Problem.PERSON_UNKNOWN, "", 0))));
  }

  @Override
  public CompletableFuture<Profile> who(long account) {
    return online.stream()
        .filter(person -> person.account() == account)
        .findFirst()
        .map(person -> CompletableFuture.completedFuture(profile(person)))
        .orElseThrow();
  }

  private static Profile profile(Person person) {
    return new Profile(
        person,
        "In the lab",
        "Likes tests.",
        0,
        Relation.NONE,
        false,
        true,
        true,
        InvitationPolicy.EVERYBODY);
  }

  @Override
  public CompletableFuture<Void> setPicture(long room, byte[] newPicture) {
    calls.add("set picture of room " + room);
    picture = newPicture;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<byte[]> pictureOf(long account) {
    calls.add("picture of " + account);
    return CompletableFuture.completedFuture(picture);
  }

  @Override
  public CompletableFuture<byte[]> pictureOfRoom(long room) {
    calls.add("picture of room " + room);
    return CompletableFuture.completedFuture(picture);
  }

  @Override
  public FakeAccount account() {
    return account;
  }

  @Override
  public FakeAdministration administration() {
    return administration;
  }

  @Override
  public CompletableFuture<String> invite(int uses, int days) {
    calls.add("invite " + uses + " " + days);
    return refuseInvite == null
        ? CompletableFuture.completedFuture("0f".repeat(16))
        : CompletableFuture.failedFuture(new RefusedException(new Refusal(refuseInvite, "", 0)));
  }

  @Override
  public Export.Written room(RoomView room, Export.Order order, Export.Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(order.folder().resolve("files"));
    Files.writeString(order.folder().resolve("messages.txt.part"), "half");
    progress.at(room, room.head() / 2);
    exportGoesOn.await();
    if (failExport != null) {
      throw failExport;
    }
    for (Export.Form form : order.forms()) {
      Files.writeString(order.folder().resolve("messages." + form), "all");
    }
    return new Export.Written(room.head(), order.files() ? 1 : 0, order.files() ? 2 : 0);
  }

  @Override
  public Export.Written account(
      ClientEvent.Entered self, Export.Order order, Export.Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(order.folder());
    for (RoomView room : self.rooms()) {
      progress.at(room, room.head());
      exportGoesOn.await();
    }
    return new Export.Written(self.rooms().size(), 0, 0);
  }

  @Override
  public UUID send(long room, String text, long reply, boolean important) {
    if (failSend != null) {
      throw failSend;
    }
    UUID id = UUID.randomUUID();
    sent.add(text);
    Refusal refusal = refuseText == null ? null : new Refusal(refuseText, "", 0);
    tell(new ClientEvent.Pending(id, room, text, reply, important, refusal));
    if (refusal == null && !holdTexts) {
      Content said = new Content.Text(text, reply, important, List.of(), "");
      if (room == LOBBY) {
        add(id, ME, said);
      } else {
        tell(new ClientEvent.Added(new Event.Entry(room, 1, id, ME, clock, said)));
      }
    }
    return id;
  }

  @Override
  public void discard(UUID id) {
    calls.add("discard");
    tell(new ClientEvent.Discarded(id, LOBBY));
  }

  @Override
  public CompletableFuture<Reply.Page> history(
      long room, Direction direction, long number, int limit) {
    calls.add("history " + number);
    List<Event.Entry> all = List.copyOf(entries);
    List<Event.Entry> page =
        direction == Direction.BEFORE
            ? last(messages(all).stream().filter(e -> e.number() < number).toList(), limit)
            : messages(all).stream().filter(e -> e.number() > number).limit(limit).toList();
    return CompletableFuture.completedFuture(
        new Reply.Page(room, 1, entries.size(), page, about(all)));
  }

  @Override
  public CompletableFuture<Reply.Page> pageAfter(long room, long number, int limit) {
    return history(room, Direction.AFTER, number, limit);
  }

  @Override
  public CompletableFuture<RoomView> open(long room, int messages, int files) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Reply.Page> files(long room, long before, int limit) {
    List<Event.Entry> files =
        List.copyOf(entries).stream()
            .filter(e -> e.content() instanceof Content.File && e.number() < before)
            .toList();
    return CompletableFuture.completedFuture(
        new Reply.Page(room, 1, entries.size(), last(files, limit), List.of()));
  }

  @Override
  public UUID upload(long room, Path file) {
    uploads.add(file);
    UUID id = UUID.randomUUID();
    long size = file.toFile().length();
    String name = file.getFileName().toString();
    transfer(id, Transfer.Way.UP, name, file, 0, size, new Transfer.Running());
    return id;
  }

  @Override
  public UUID download(Event.Entry entry, Path target) {
    calls.add("download " + target.getFileName());
    Content.File file = (Content.File) entry.content();
    UUID id = UUID.randomUUID();
    download =
        new Transfer(
            id,
            LOBBY,
            Transfer.Way.DOWN,
            file.name(),
            target,
            0,
            file.size(),
            new Transfer.Running());
    tell(new ClientEvent.TransferChanged(download));
    return id;
  }

  @Override
  public Transfer.State fetch(Event.Entry entry, Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancel(UUID transfer) {
    cancelled.add(transfer);
    if (download != null && download.id().equals(transfer)) {
      downloaded(download.done(), new Transfer.Cancelled());
    }
  }

  @Override
  public void close() {
    calls.add("close");
  }

  private Event.Entry add(UUID id, Person author, Content content) {
    Event.Entry entry = entry(id, author, content);
    entries.add(entry);
    tell(new ClientEvent.Added(entry));
    return entry;
  }

  private Event.Entry entry(UUID id, Person author, Content content) {
    clock += 40_000;
    return new Event.Entry(LOBBY, entries.size() + 1, id, author, clock, content);
  }

  private static Content.File file(String name, long size) {
    String type = URLConnection.guessContentTypeFromName(name);
    return new Content.File(
        name, type == null ? "application/octet-stream" : type, size, new byte[32]);
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
