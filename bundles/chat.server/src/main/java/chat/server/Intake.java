// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.server.Bodies.Body;
import chat.server.Bodies.StoredFile;
import chat.server.Contacts.Tie;
import chat.server.Room.Known;
import chat.server.Room.Membership;
import chat.server.Room.Settings;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Takes in what people had and said elsewhere, before they came here: accounts with their
 * passwords, friendships, texts and files with their times. Who had which name there is remembered,
 * and messages bring the ids that they get, so that the same again changes nothing.
 *
 * <p>Texts of one call are handed to the journal together, in their order; it makes few commits of
 * them.
 *
 * <p><b>Threads.</b> Operators'; calls wait for the disk.
 */
record Intake(Services services, MessageDesk messages) {
  private static final String USAGE =
      """
      usage: take person (NAME PASSWORD)...
             take friends (NAME NAME)...
             take texts (ID AUTHOR PEER TIME TEXT)...   with no PEER: in the Lobby
             take file ID AUTHOR TIME NAME PATH
             take read NAME...\
      """;
  private static final String NEW = "new";
  private static final String THERE = "there";
  private static final String REFUSED = "refused ";
  private static final int TEXT_WORDS = 5;

  /** Why something is not taken in. */
  private static final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1;

    NotTakenException(String why) {
      super(why);
    }
  }

  /** A line for each thing: {@code new}, {@code there}, or {@code refused} and why. */
  String take(String... words) throws StorageException, IOException {
    if (words.length == 0) {
      throw new IllegalArgumentException(USAGE);
    }
    List<String> rest = Arrays.asList(words).subList(1, words.length);
    List<String> lines =
        switch (words[0]) {
          case "person" -> people(groups(rest, 2));
          case "friends" -> friends(groups(rest, 2));
          case "texts" -> texts(groups(rest, TEXT_WORDS));
          case "file" -> List.of(file(rest));
          case "read" -> read(rest);
          default -> throw new IllegalArgumentException(USAGE);
        };
    return String.join("\n", lines);
  }

  private static List<List<String>> groups(List<String> words, int size) {
    if (words.size() % size != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < words.size(); i += size) {
      groups.add(words.subList(i, i + size));
    }
    return groups;
  }

  private List<String> people(List<List<String>> people) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (List<String> each : people) {
      try {
        lines.add(person(each.getFirst(), each.getLast()));
      } catch (NotTakenException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }

  /**
   * Makes an account, unless it was made before or somebody of this name and password is here
   * already.
   */
  private String person(String name, String password) throws StorageException, NotTakenException {
    CellKey taken = taken(name);
    if (services.read((store, generation) -> store.cell(taken)).isPresent()) {
      account(name);
      return THERE;
    }
    Names names =
        Names.of(name)
            .orElseThrow(
                () -> new NotTakenException("the name is not 1 to 32 characters that can be seen"));
    Optional<Account> same = services.accounts().named(names.folded());
    if (same.isPresent()) {
      if (!services.passwords().matches(password, same.get().passwordHash())) {
        throw new NotTakenException("somebody else has this name here");
      }
      services.settle(
          Change.write(
              List.of(new CellPresent(Cells.account(same.get().id()))),
              new CellWrite(taken, Cells.bytes(same.get().id()))));
      return THERE;
    }
    return make(names, services.passwords().hash(password), taken);
  }

  private String make(Names names, String hash, CellKey taken)
      throws StorageException, NotTakenException {
    while (true) {
      long id = services.accounts().nextId();
      Account account =
          new Account(id, names.shown(), Role.MEMBER, hash, services.clock().millis());
      Newcomer newcomer = new Newcomer(account, names, services);
      List<Condition> conditions = new ArrayList<>(newcomer.conditions());
      conditions.add(new CellVersion(taken, 0));
      List<CellWrite> cells = new ArrayList<>(newcomer.cells());
      cells.add(new CellWrite(taken, Cells.bytes(id)));
      Outcome outcome =
          services.await(
              services.commit(
                  new Change(conditions, null, cells, List.of(), List.of()),
                  _ -> newcomer.arrived()));
      if (!(outcome instanceof Outcome.Refused refused)) {
        return NEW;
      }
      switch (refused.condition()) {
        case Newcomer.ID_TAKEN -> {}
        case Newcomer.NAME_TAKEN -> throw new NotTakenException("somebody else has this name here");
        case Newcomer.LOOKS_TAKEN ->
            throw new NotTakenException("the name looks like that of somebody who is here");
        default -> {
          return THERE;
        }
      }
    }
  }

  private static CellKey taken(String name) {
    return Cells.taken(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The account of who had this name elsewhere. */
  private long account(String name) throws StorageException, NotTakenException {
    Optional<Cell> cell = services.read((store, generation) -> store.cell(taken(name)));
    if (cell.isEmpty()) {
      throw new NotTakenException("nobody was taken in as " + name);
    }
    long id = Cells.number(cell.get().value());
    if (services.accounts().get(id).isEmpty()) {
      throw new NotTakenException("the account of " + name + " has been deleted since");
    }
    return id;
  }

  private List<String> friends(List<List<String>> pairs) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (List<String> pair : pairs) {
      try {
        lines.add(friends(account(pair.getFirst()), account(pair.getLast())));
      } catch (NotTakenException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }

  /** A friendship that was ended here, or a person who was blocked here, stays as it is. */
  private String friends(long one, long other) throws StorageException, NotTakenException {
    if (one == other) {
      throw new NotTakenException("nobody is a friend of themselves");
    }
    Known<Tie> mine = services.contacts().tie(one, other);
    Known<Tie> theirs = services.contacts().tie(other, one);
    if (mine.version() != 0 || theirs.version() != 0) {
      return THERE;
    }
    Known<Tie> friends = new Known<>(new Tie(Relation.FRIEND, false), 1);
    Outcome outcome =
        services.await(
            services.commit(
                Change.write(
                    List.of(
                        new CellVersion(Cells.contact(one, other), 0),
                        new CellVersion(Cells.contact(other, one), 0)),
                    tie(one, other, friends),
                    tie(other, one, friends)),
                _ -> {
                  services.contacts().set(one, other, friends);
                  services.contacts().set(other, one, friends);
                  services.devices().tell(one, new News.OfContact(other));
                  services.devices().tell(other, new News.OfContact(one));
                }));
    return outcome instanceof Outcome.Refused ? THERE : NEW;
  }

  private CellWrite tie(long account, long other, Known<Tie> tie) {
    CellKey key = Cells.contact(account, other);
    return new CellWrite(key, services.seals().sealCell(key, tie.value().bytes()));
  }

  private List<String> texts(List<List<String>> texts) throws StorageException {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (List<String> each : texts) {
      try {
        outcomes.add(text(each));
        lines.add("");
      } catch (NotTakenException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    int next = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        lines.set(i, line(services.await(outcomes.get(next++))));
      }
    }
    return lines;
  }

  private static String line(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> NEW;
      case Outcome.Repeated repeated -> THERE;
      case Outcome.Refused(var reason, int condition) ->
          REFUSED
              + switch (reason) {
                case ID_TAKEN -> "something else is here under its id";
                case BLOB_INCOMPLETE -> "it did not arrive as a whole";
                case CONDITION -> "its author is no member of the room";
                case ABOUT_UNKNOWN -> "what it is about is not here";
              };
    };
  }

  private CompletableFuture<Outcome> text(List<String> words)
      throws StorageException, NotTakenException {
    UUID id = id(words.get(0));
    long author = account(words.get(1));
    String peer = words.get(2);
    long said = time(words.get(3));
    String text = Texts.lines(words.get(4));
    Texts.Fault fault = Texts.fault(text, services.limits().text());
    if (fault != null) {
      throw new NotTakenException(fault.detail());
    }
    Room room = peer.isEmpty() ? services.rooms().lobby() : roomOfTwo(author, account(peer));
    return append(
        room,
        new Event.Entry(
            room.id(), 0, id, services.accounts().person(author), said, new Content.Text(text)),
        Bodies.told(text, said),
        messages.tokens(room.id(), author, text, List.of()),
        List.of());
  }

  /**
   * @param shown what people see of it, but for its number
   */
  private CompletableFuture<Outcome> append(
      Room room, Event.Entry shown, Body body, List<Long> tokens, List<BlobCommit> blobs) {
    Seals seals = services.seals();
    long author = shown.author().account();
    NewEntry entry =
        new NewEntry(
            room.id(),
            shown.id(),
            body.kind(),
            author,
            body.bytes().length,
            seals.hash(room.id(), body.kind(), hashed(body, shown.content())),
            seals.sealBody(room.id(), shown.id(), body.kind(), author, body.bytes()),
            0,
            tokens);
    return services.commit(
        new Change(
            List.of(new CellPresent(Cells.member(room.id(), author))),
            entry,
            List.of(),
            blobs,
            List.of()),
        committed ->
            room.add(
                new Event.Entry(
                    room.id(),
                    committed.number(),
                    shown.id(),
                    shown.author(),
                    shown.time(),
                    shown.content())));
  }

  /**
   * By these bytes a repeat is known: a file gets another key each time, and the time of a text may
   * be taken for that of another zone.
   */
  private static byte[] hashed(Body body, Content content) {
    return switch (content) {
      case Content.File file -> Bodies.label(file);
      case Content.Text text -> text.text().getBytes(StandardCharsets.UTF_8);
      default -> body.bytes();
    };
  }

  private static UUID id(String word) throws NotTakenException {
    try {
      return UUID.fromString(word);
    } catch (IllegalArgumentException e) {
      throw new NotTakenException("its id is none");
    }
  }

  private static long time(String word) throws NotTakenException {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new NotTakenException("its time is none");
    }
  }

  private Room roomOfTwo(long one, long other) throws StorageException, NotTakenException {
    if (one == other) {
      throw new NotTakenException("it takes two to talk");
    }
    Optional<Room> there = services.rooms().direct(one, other);
    if (there.isPresent()) {
      return there.get();
    }
    Content.RoomSet content = new Content.RoomSet("", "", false, false);
    Body body = Bodies.of(content);
    Room room =
        services
            .rooms()
            .make(services.rooms().nextId(), new Known<>(Settings.direct(one, other), 1), 0);
    UUID id = UUID.randomUUID();
    CellKey key = Cells.room(room.id());
    CellKey pair = Cells.direct(one, other);
    Membership member = new Membership(Rank.MEMBER, 0, services.clock().millis());
    NewEntry entry =
        new NewEntry(
            room.id(),
            id,
            body.kind(),
            one,
            body.bytes().length,
            services.seals().hash(room.id(), body.kind(), body.bytes()),
            services.seals().sealBody(room.id(), id, body.kind(), one, body.bytes()));
    Outcome outcome =
        services.await(
            services.commit(
                new Change(
                    List.of(new CellVersion(key, 0), new CellVersion(pair, 0)),
                    entry,
                    List.of(
                        new CellWrite(key, services.seals().sealCell(key, room.settings().bytes())),
                        new CellWrite(pair, Cells.bytes(room.id())),
                        new CellWrite(Cells.member(room.id(), one), member.bytes()),
                        new CellWrite(Cells.member(room.id(), other), member.bytes())),
                    List.of(),
                    List.of()),
                committed -> {
                  services.rooms().add(room);
                  for (long account : List.of(one, other)) {
                    services.rooms().seat(room, account, new Known<>(member, 1));
                    services.devices().tell(account, new News.OfRoom(room.id()));
                  }
                  room.add(
                      new Event.Entry(
                          room.id(),
                          committed.number(),
                          id,
                          services.accounts().person(one),
                          committed.time(),
                          content));
                }));
    return outcome instanceof Outcome.Refused
        ? services.rooms().direct(one, other).orElseThrow(() -> new NotTakenException("try again"))
        : room;
  }

  private String file(List<String> words) throws StorageException, IOException {
    if (words.size() != TEXT_WORDS) {
      throw new IllegalArgumentException(USAGE);
    }
    try {
      return file(
          id(words.get(0)),
          account(words.get(1)),
          time(words.get(2)),
          FileDesk.label(words.get(3)),
          Path.of(words.get(4)));
    } catch (NotTakenException e) {
      return REFUSED + e.getMessage();
    }
  }

  private String file(UUID id, long author, long said, String name, Path path)
      throws StorageException, IOException, NotTakenException {
    long size = Files.size(path);
    if (name.isBlank()) {
      throw new NotTakenException("it has no name");
    }
    if (size > services.limits().file()) {
      throw new NotTakenException("it has more than " + services.limits().file() + " bytes");
    }
    if (services.read((store, generation) -> store.find(author, id)).isPresent()) {
      return THERE;
    }
    SealedBlob blob = new SealedBlob(UUID.randomUUID(), Aes.random(SealedBlob.KEY), size);
    byte[] sha256 = stage(blob, path);
    Content.File shown = new Content.File(name, "application/octet-stream", size, sha256);
    Room lobby = services.rooms().lobby();
    return line(
        services.await(
            append(
                lobby,
                new Event.Entry(lobby.id(), 0, id, services.accounts().person(author), said, shown),
                new Body(
                    Bodies.FILE, Bodies.file(new StoredFile(shown, blob.id(), blob.key(), said))),
                messages.fileTokens(lobby.id(), author, shown),
                List.of(new BlobCommit(blob.id(), blob.sealedLength())))));
  }

  /** Stages a file piece by piece; its SHA-256. */
  private byte[] stage(SealedBlob blob, Path path) throws StorageException, IOException {
    MessageDigest sha = Sha256.digest();
    try (InputStream in = Files.newInputStream(path)) {
      for (long piece = 0; piece < blob.pieces(); piece++) {
        byte[] clear = in.readNBytes(SealedBlob.PIECE);
        byte[] sealed = blob.seal(piece, clear);
        long offset = SealedBlob.offset(piece);
        sha.update(clear);
        services.stage(blob.id(), (store, generation) -> store.stage(blob.id(), offset, sealed));
      }
    }
    return sha.digest();
  }

  /** What was taken in is nothing new to these people. */
  private List<String> read(List<String> names) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      try {
        long account = account(name);
        for (Room room : services.rooms().of(account)) {
          read(room, account);
        }
        lines.add(NEW);
      } catch (NotTakenException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }

  private void read(Room room, long account) throws StorageException {
    Known<Seat> before = room.seat(account);
    long head = room.tail().head();
    Seat after = before.value().withMarks(head, head);
    if (after.equals(before.value())) {
      return;
    }
    CellKey key = Cells.seat(room.id(), account);
    services.await(
        services.commit(
            Change.write(
                List.of(
                    new CellVersion(key, before.version()),
                    new CellPresent(Cells.member(room.id(), account))),
                new CellWrite(key, services.seals().sealCell(key, after.bytes()))),
            _ -> {
              room.seat(account, new Known<>(after, before.version() + 1));
              services.devices().tell(account, new News.OfRoom(room.id()));
            }));
  }
}
