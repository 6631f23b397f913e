// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import chat.protocol.ServerRole;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server on paper, for one client: answers its commands at once, the same command under the same
 * id as the first time. Anna (password secret1), Bob, who is here, and Carol, who is not, are there
 * from the beginning; Carol is Anna's friend.
 */
public final class ModelServer {
  public static final Person ANNA = new Person(1, "anna");
  public static final Person BOB = new Person(2, "bob");
  public static final Person CAROL = new Person(3, "carol");
  public static final String PASSWORD = "secret1";

  /** Minutes after the epoch at which the first entry is said; each further one a minute later. */
  private static final long MINUTE = 60_000;

  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<Long, Person> directs = new LinkedHashMap<>();
  private final Map<Long, Relation> relations = new LinkedHashMap<>();
  private final Set<Long> here = new LinkedHashSet<>();
  private final List<Event.Entry> entries = new ArrayList<>();
  private final Map<Long, byte[]> contents = new HashMap<>();
  private final Map<UUID, Reply> done = new HashMap<>();
  private final Map<UUID, Command.StartUpload> offers = new HashMap<>();
  private final Map<UUID, ByteArrayOutputStream> uploads = new HashMap<>();
  private final Queue<Reply.Failed> failures = new ArrayDeque<>();
  private boolean greeted;
  private @Nullable Person self;

  public ModelServer() {
    for (Person person : List.of(ANNA, BOB, CAROL)) {
      people.put(person.name(), person);
      passwords.put(person.name(), PASSWORD);
    }
    here.add(BOB.account());
    relations.put(CAROL.account(), Relation.FRIEND);
  }

  /** The next command is refused like this. */
  public void failNext(Problem problem, long retryAfter) {
    failures.add(new Reply.Failed(problem, "as it was planned", retryAfter));
  }

  /** Somebody is here, or is not any more. */
  public void here(Person person, boolean on) {
    if (on) {
      here.add(person.account());
    } else {
      here.remove(person.account());
    }
  }

  /** Makes somebody who can be found. */
  public Person person(long account, String name) {
    Person person = new Person(account, name);
    people.put(name, person);
    return person;
  }

  public void relation(Person other, Relation relation) {
    relations.put(other.account(), relation);
  }

  /** Something stands in a room. */
  public Event.Entry stands(long room, Person author, Content content) {
    return stands(room, UUID.randomUUID(), author, content);
  }

  /** A file stands in the Lobby. */
  public Event.Entry stands(Person author, String name, byte[] bytes) {
    Event.Entry entry =
        stands(
            RoomInfo.LOBBY,
            author,
            new Content.File(name, "text/plain", bytes.length, new byte[32]));
    contents.put(entry.number(), bytes.clone());
    return entry;
  }

  /** A room of two with Anna. */
  public long direct(Person peer) {
    return directs.entrySet().stream()
        .filter(room -> room.getValue().equals(peer))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> {
          long room = 100L + directs.size();
          directs.put(room, peer);
          return room;
        });
  }

  private Event.Entry stands(long room, UUID id, Person author, Content content) {
    long number = entries.stream().filter(entry -> entry.room() == room).count() + 1;
    Event.Entry entry =
        new Event.Entry(room, number, id, author, MINUTE * (entries.size() + 1), content);
    entries.add(entry);
    return entry;
  }

  /** Everything that was said and sent, in all rooms. */
  public List<Event.Entry> entries() {
    return List.copyOf(entries);
  }

  /** What a room is like. */
  public RoomInfo info(long room) {
    Person peer = directs.getOrDefault(room, new Person(0, ""));
    RoomKind kind = directs.containsKey(room) ? RoomKind.DIRECT : RoomKind.PUBLIC;
    return new RoomInfo(room, kind, RoomSettings.of("", ""), 0, 2, peer);
  }

  /** Who is here. */
  public List<Person> online() {
    return people.values().stream().filter(each -> here.contains(each.account())).toList();
  }

  /** Carries out a command. */
  public Reply answer(Command command) {
    Reply.Failed planned = failures.poll();
    if (planned != null) {
      return planned;
    }
    return self == null ? answerToGuest(command) : answerTo(self, command);
  }

  private Reply answerToGuest(Command command) {
    return switch (command) {
      case Command.Hello hello when !greeted -> {
        greeted = true;
        yield new Reply.Welcome(1, List.of(), Limits.DEFAULT, "paper", true);
      }
      case Command.LogIn logIn when greeted -> logIn(logIn);
      case Command.Register register when greeted -> register(register);
      default -> failed(Problem.OUT_OF_PLACE);
    };
  }

  private Reply answerTo(Person me, Command command) {
    return switch (command) {
      case Command.LogOut out -> {
        self = null;
        here.remove(me.account());
        yield new Reply.Done();
      }
      case Command.Sync enter -> enter(me);
      case Command.Post post ->
          once(
              post.id(),
              () -> {
                Content content = new Content.Text(post.text());
                return posted(stands(post.room(), post.id(), me, content));
              });
      case Command.Direct direct -> once(direct.id(), () -> openDirect(direct));
      case Command.History history ->
          page(history.room(), history.number(), history.limit(), false);
      case Command.Files files -> page(files.room(), files.before(), files.limit(), true);
      case Command.Open open -> new Reply.Opened(view(open.room(), open.messages()));
      case Command.GetProfile who ->
          people.containsKey(who.name())
              ? new Reply.ProfileFound(profile(people.get(who.name())))
              : failed(Problem.PERSON_UNKNOWN);
      case Command.UpdateContact(long account, ContactAction action) -> {
        relations.merge(
            account,
            Relation.OUTGOING,
            (was, asked) -> was == Relation.INCOMING ? Relation.FRIEND : was);
        yield new Reply.Done();
      }
      case Command.StartUpload offer -> offer(me, offer);
      case Command.UploadChunk chunk -> chunk(me, chunk);
      case Command.CancelUpload withdraw -> {
        uploads.remove(withdraw.id());
        offers.remove(withdraw.id());
        yield new Reply.Done();
      }
      case Command.Download fetch -> {
        byte[] bytes = contents.getOrDefault(fetch.number(), new byte[0]);
        int to = (int) Math.min(bytes.length, fetch.offset() + fetch.length());
        yield new Reply.Data(fetch.offset(), Arrays.copyOfRange(bytes, (int) fetch.offset(), to));
      }
      default -> failed(Problem.OUT_OF_PLACE);
    };
  }

  private Reply openDirect(Command.Direct direct) {
    return people.values().stream()
        .filter(each -> each.account() == direct.account())
        .findFirst()
        .<Reply>map(peer -> new Reply.Posted(direct.id(), direct(peer), 1, 0))
        .orElseGet(() -> failed(Problem.PERSON_UNKNOWN));
  }

  private interface Action {
    Reply doIt();
  }

  private Reply once(UUID id, Action action) {
    Reply before = done.get(id);
    if (before != null) {
      return before;
    }
    Reply reply = action.doIt();
    if (reply instanceof Reply.Posted) {
      done.put(id, reply);
    }
    return reply;
  }

  private static Reply failed(Problem problem) {
    return new Reply.Failed(problem, "no");
  }

  private static Reply posted(Event.Entry entry) {
    return new Reply.Posted(entry.id(), entry.room(), entry.number(), entry.time());
  }

  private Reply logIn(Command.LogIn logIn) {
    Person person = people.get(logIn.name());
    if (person == null) {
      return failed(Problem.ACCOUNT_UNKNOWN);
    }
    if (!logIn.password().equals(passwords.get(logIn.name()))) {
      return failed(Problem.PASSWORD_WRONG);
    }
    if (here.contains(person.account())) {
      return failed(Problem.NOT_ALLOWED);
    }
    self = person;
    return new Reply.LoggedIn(person, new byte[32], ServerRole.MEMBER);
  }

  private Reply register(Command.Register register) {
    if (people.containsKey(register.name())) {
      return failed(Problem.NAME_TAKEN);
    }
    passwords.put(register.name(), register.password());
    Person person = person(people.size() + 1, register.name());
    self = person;
    return new Reply.LoggedIn(person, new byte[32], ServerRole.MEMBER);
  }

  private Reply enter(Person me) {
    here.add(me.account());
    List<RoomView> rooms = new ArrayList<>();
    rooms.add(view(RoomInfo.LOBBY, 0));
    directs.keySet().forEach(room -> rooms.add(view(room, 0)));
    List<Contact> contacts =
        people.values().stream()
            .filter(each -> relations.containsKey(each.account()))
            .map(each ->
                new Contact(each, relations.getOrDefault(each.account(), Relation.NONE), false))
            .toList();
    return new Reply.Synced(rooms, online(), List.of(), contacts, List.of());
  }

  private List<Event.Entry> of(long room) {
    return entries.stream().filter(entry -> entry.room() == room).toList();
  }

  /** The newest entries of a room. */
  public RoomView view(long room, int messages) {
    List<Event.Entry> all = of(room);
    List<Event.Entry> newest = all.subList(Math.max(0, all.size() - messages), all.size());
    return new RoomView(
        info(room),
        new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, ""),
        1,
        all.size(),
        false,
        newest,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private Reply page(long room, long before, int limit, boolean filesOnly) {
    long end = before == 0 ? Long.MAX_VALUE : before;
    List<Event.Entry> found =
        of(room).stream()
            .filter(entry -> entry.number() < end)
            .filter(entry -> !filesOnly || entry.content() instanceof Content.File)
            .sorted(Comparator.comparingLong(Event.Entry::number).reversed())
            .limit(limit)
            .sorted(Comparator.comparingLong(Event.Entry::number))
            .toList();
    Set<Long> numbers = new LinkedHashSet<>(found.stream().map(Event.Entry::number).toList());
    List<Event.Entry> about =
        of(room).stream().filter(entry -> numbers.contains(entry.content().about())).toList();
    return new Reply.Page(room, 1, of(room).size(), found, about);
  }

  private Profile profile(Person person) {
    Relation relation = relations.getOrDefault(person.account(), Relation.NONE);
    return new Profile(person, "", "", 0, relation, false, true, true, InvitationPolicy.EVERYBODY);
  }

  private Reply offer(Person me, Command.StartUpload offer) {
    Reply there = done.get(offer.id());
    if (there != null) {
      return there;
    }
    if (offer.size() > Limits.DEFAULT.file()) {
      return failed(Problem.FILE_TOO_LARGE);
    }
    offers.put(offer.id(), offer);
    ByteArrayOutputStream arrived =
        uploads.computeIfAbsent(offer.id(), id -> new ByteArrayOutputStream());
    // What is not a whole piece has to come again.
    int kept = arrived.size() / Limits.AGAIN * Limits.AGAIN;
    byte[] whole = Arrays.copyOf(arrived.toByteArray(), kept);
    arrived.reset();
    arrived.writeBytes(whole);
    return arrived.size() == offer.size()
        ? finished(me, offer, arrived)
        : new Reply.UploadStarted(offer.id(), arrived.size());
  }

  private Reply chunk(Person me, Command.UploadChunk chunk) {
    Reply there = done.get(chunk.id());
    Command.StartUpload offer = offers.get(chunk.id());
    ByteArrayOutputStream arrived = uploads.get(chunk.id());
    if (there != null) {
      return there;
    }
    if (offer == null || arrived == null) {
      return failed(Problem.FILE_UNKNOWN);
    }
    if (chunk.bytes().length > Limits.DEFAULT.chunk() || chunk.offset() > arrived.size()) {
      return failed(Problem.MALFORMED);
    }
    if (chunk.offset() == arrived.size()) {
      arrived.writeBytes(chunk.bytes());
    }
    return arrived.size() == offer.size()
        ? finished(me, offer, arrived)
        : new Reply.UploadProgress(offer.id(), arrived.size());
  }

  private Reply finished(Person me, Command.StartUpload offer, ByteArrayOutputStream arrived) {
    return once(
        offer.id(),
        () -> {
          Event.Entry entry =
              stands(
                  offer.room(),
                  offer.id(),
                  me,
                  new Content.File(offer.name(), offer.mediaType(), offer.size(), new byte[32]));
          contents.put(entry.number(), arrived.toByteArray());
          return posted(entry);
        });
  }

  /** The bytes of the file that stands at this number of the Lobby. */
  public byte[] content(long number) {
    return contents.getOrDefault(number, new byte[0]).clone();
  }
}
