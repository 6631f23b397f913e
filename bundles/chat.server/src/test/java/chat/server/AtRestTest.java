// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.ServerFixture.Somebody;
import chat.server.base.Aes;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.command.account.InvitationGrant;
import chat.server.command.account.Invitations;
import chat.server.room.Account;
import chat.server.room.Role;
import chat.server.room.Room.Membership;
import chat.server.room.StoredRoom;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.sqlite.SqliteChatStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes to the database without the master key gains nothing, and it is told. */
@Timeout(120)
class AtRestTest {
  private static final String SECRET = "the treasure is under the old oak";

  @TempDir Path folder;

  private ChatStore store;
  private ServerFixture server;
  private DatabaseAttacker attacker;
  private long vault;
  private long anna;
  private long mallory;
  private List<Event.Entry> said;

  @BeforeEach
  void peopleHaveASecret() throws Exception {
    attacker = new DatabaseAttacker(folder.resolve("store"));
    start("anna", "mallory", "boris");
    Somebody owner = server.one(0);
    anna = owner.account();
    mallory = server.one(1).account();
    vault = owner.makes(RoomKind.PRIVATE, "Vault");
    owner.bringsIn(server.one(2), vault);
    said = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      said.add(owner.says(vault, SECRET));
    }
    history(owner);
    stop();
  }

  private void start(String... names) throws Exception {
    store = SqliteChatStore.open(folder.resolve("store"), InstantSource.system());
    server = new ServerFixture(folder, memory -> store, names);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
      store.close();
      server = null;
    }
  }

  private List<Event.Entry> history(Somebody reader) {
    List<Event.Entry> all = new ArrayList<>();
    while (true) {
      long after = all.isEmpty() ? 0 : all.getLast().number();
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              reader.asks(new Command.History(vault, Command.Direction.AFTER, after, 100)));
      if (page.entries().isEmpty()) {
        return all;
      }
      all.addAll(page.entries());
    }
  }

  private List<String> problems() {
    return server.server().seals().integrity().problems();
  }

  private void assertTold(String what) {
    assertTrue(
        problems().stream().anyMatch(problem -> problem.contains(what)),
        () -> what + " is not in " + problems());
  }

  private void assertTold(CellKey key) {
    assertTold(key.space() + " " + key.key());
  }

  @Test
  void nobodyBecomesTheOwnerOfTheServer() throws Exception {
    CellKey key = Cells.account(mallory);
    attacker.write(key, new Account(mallory, "mallory", Role.OWNER, "", 0).bytes());
    start();
    assertTrue(server.directory().accounts().get(mallory).isEmpty());
    assertTold(key);
    assertEquals("anna", server.logsIn("anna").name());
  }

  @Test
  void nobodyLogsInWithThePasswordOfAnother() throws Exception {
    CellKey key = Cells.account(anna);
    attacker.write(key, attacker.value(Cells.account(mallory)));
    start();
    assertTrue(server.directory().accounts().get(anna).isEmpty());
    assertTold(key);
  }

  @Test
  void nobodyBecomesAMember() throws Exception {
    CellKey forged = Cells.member(vault, mallory);
    attacker.write(forged, new Membership(Rank.OWNER, 0, 0).bytes());
    start();
    assertNull(server.directory().rooms().of(mallory, vault));
    assertEquals(
        Problem.ROOM_UNKNOWN,
        server
            .logsIn("mallory")
            .problem(new Command.History(vault, Command.Direction.AFTER, 0, 10)));
    assertTold(forged);
    stop();
    attacker.write(forged, attacker.value(Cells.member(vault, anna)));
    start();
    assertNull(server.directory().rooms().of(mallory, vault));
    assertTold(forged);
  }

  @Test
  void nobodyIsInvitedByNobody() throws Exception {
    String code = Invitations.newCode();
    attacker.write(
        Invitations.key(code), new InvitationGrant(Role.OWNER, 1, Long.MAX_VALUE).bytes());
    start();
    Reply answer =
        server.answersStranger(new Command.Register("eve", "correct horse", "test", code));
    assertEquals(
        Problem.INVITATION_INVALID, assertInstanceOf(Reply.Failed.class, answer).problem());
    assertTold("an invitation that was shown");
  }

  @Test
  void aRoomIsNotMadePublicAndNothingStopsForIt() throws Exception {
    CellKey key = Cells.room(vault);
    attacker.write(key, attacker.value(Cells.room(1)));
    start();
    assertNull(server.directory().rooms().get(vault));
    assertTold(key);
    server.logsIn("anna").says(1, "everything else goes on");
  }

  @Test
  void anAccountIsNotErasedByANote() throws Exception {
    CellKey key = Cells.farewell(anna);
    attacker.write(key, new byte[0]);
    start();
    server.server().sweep();
    while (problems().isEmpty()) {
      server.settle();
    }
    assertTold(key);
    assertEquals(150, texts(history(server.logsIn("anna"))));
  }

  private static long texts(List<Event.Entry> entries) {
    return entries.stream().filter(entry -> entry.content() instanceof Content.Text).count();
  }

  @Test
  void anEntryWithAnotherTimeAuthorOrNumberIsNotShown() throws Exception {
    long first = said.get(3).number();
    change(said.get(3), at -> with(at, at.number(), at.author(), at.time() - 86_400_000, 0));
    change(said.get(40), at -> with(at, at.number(), mallory, at.time(), 0));
    change(said.get(90), at -> with(at, at.number(), at.author(), at.time(), first));
    long one = said.get(100).number();
    long other = said.get(101).number();
    attacker.change(vault, one, at -> with(at, -1, at.author(), at.time(), 0));
    attacker.change(vault, other, at -> with(at, one, at.author(), at.time(), 0));
    attacker.change(vault, -1, at -> with(at, other, at.author(), at.time(), 0));
    change(said.getLast(), at -> with(at, at.number(), at.author(), at.time() + 1, 0));
    start();
    List<Event.Entry> shown = history(server.logsIn("anna"));
    List<Long> damaged =
        shown.stream()
            .filter(entry -> entry.content() instanceof Content.Damaged)
            .map(Event.Entry::number)
            .toList();
    assertEquals(
        List.of(
            first,
            said.get(40).number(),
            said.get(90).number(),
            one,
            other,
            said.getLast().number()),
        damaged);
    assertEquals(144, texts(shown));
    assertTold("entry " + first + " of room " + vault);
  }

  private void change(Event.Entry entry, UnaryOperator<Envelope> change) throws Exception {
    attacker.change(vault, entry.number(), change);
  }

  private static Envelope with(Envelope at, long number, long author, long time, long about) {
    return new Envelope(
        at.stream(), number, at.id(), at.kind(), author, time, at.length(), at.hash(), about);
  }

  @Test
  void withoutTheirStampsEntriesAreNotShown() throws Exception {
    attacker.remove(CellKind.STAMP.space());
    start();
    Somebody reader = server.logsIn("anna");
    assertEquals(0, texts(history(reader)));
    Event.Entry fresh = reader.says(vault, "and what is said now is");
    assertEquals(List.of(fresh), history(reader).stream().filter(this::isText).toList());
    assertTold("of room " + vault);
  }

  private boolean isText(Event.Entry entry) {
    return entry.content() instanceof Content.Text;
  }

  @Test
  void theStoreIsNotTakenBackToTheFormsOfBefore() throws Exception {
    start();
    server.server().renewal().startSoon();
    while (!Files.exists(folder.resolve("sealed"))) {
      server.settle();
    }
    stop();
    attacker.remove(CellKind.RING.space());
    attacker.write(new CellKey(CellKind.KEY.space(), Cells.hex(1)), new byte[76]);
    StorageException refused = assertThrows(StorageException.class, this::start);
    assertTrue(String.valueOf(refused.getMessage()).contains("restore a backup"));
    store.close();
  }

  /** As a build that sealed bodies and rooms alone left it, before anybody had registered. */
  private void writeStoreOfAnEarlierBuild() throws Exception {
    store = SqliteChatStore.open(folder.resolve("earlier"), InstantSource.system());
    store.activate(UUID.randomUUID(), 1);
    byte[] dataKey = Aes.random(32);
    byte[] wrapped = Aes.of(new byte[32]).seal(dataKey, Cells.bytes(1));
    CellKey lobby = Cells.room(1);
    byte[] bound = (lobby.space() + "\0" + lobby.key()).getBytes(StandardCharsets.UTF_8);
    byte[] room = StoredRoom.of(RoomKind.PUBLIC, RoomSettings.of("Lobby", "")).bytes();
    byte[] sealed = Aes.of(dataKey).seal(room, bound);
    store.commit(
        1,
        List.of(
            Change.write(
                List.of(),
                new CellWrite(
                    new CellKey(CellKind.KEY.space(), Cells.hex(1)),
                    ByteBuffer.allocate(wrapped.length + 8).put(wrapped).putLong(1 << 22).array()),
                new CellWrite(
                    lobby, ByteBuffer.allocate(4 + sealed.length).putInt(1).put(sealed).array()))));
    store.close();
  }

  @Test
  void aStoreOfAnEarlierBuildIsBroughtOverWhilePeopleChat() throws Exception {
    writeStoreOfAnEarlierBuild();
    Path data = Files.createDirectories(folder.resolve("data"));
    for (String name : List.of("first", "then")) {
      store = SqliteChatStore.open(folder.resolve("earlier"), InstantSource.system());
      server = new ServerFixture(data, memory -> store);
      server.registers(name);
      server.server().renewal().startSoon();
      while (!Files.exists(data.resolve("sealed"))) {
        Problem problem =
            server.one(0).problem(new Command.Post(UUID.randomUUID(), 1, "while it goes on"));
        assertTrue(problem == null || problem == Problem.BUSY, () -> "refused: " + problem);
      }
      Event.Entry last = server.one(0).says(1, "done");
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              server
                  .one(0)
                  .asks(new Command.History(1, Command.Direction.BEFORE, last.number() + 1, 100)));
      assertTrue(
          page.entries().stream().noneMatch(e -> e.content() instanceof Content.Damaged), name);
      assertEquals(List.of(), problems());
      assertTrue(server.server().seals().ring().isSealed());
      stop();
    }
  }

  @Test
  void nothingInTheCellsIsReadable() throws Exception {
    start();
    for (Cell cell : cells()) {
      String value = new String(cell.value(), StandardCharsets.ISO_8859_1);
      assertFalse(value.contains("argon2"), () -> "a password hash in " + cell.key());
      boolean sealed = CellKind.of(cell.key()).orElseThrow().isSealed();
      assertEquals(sealed, !value.isEmpty() && value.charAt(0) == 0xC2, cell.key()::toString);
    }
  }

  private List<Cell> cells() throws StorageException {
    List<Cell> all = new ArrayList<>();
    CellKey after = new CellKey("", "");
    for (List<Cell> page = store.cells(after, 200); !page.isEmpty(); ) {
      all.addAll(page);
      page = store.cells(page.getLast().key(), 200);
    }
    return all;
  }

  @Test
  void equalTextsDifferInTheStoreAndTokensTellNoOrder() throws Exception {
    start();
    Somebody writer = server.logsIn("anna");
    String text = "今天天气很好 ，and the weather is fine";
    for (int i = 0; i < 2; i++) {
      writer.says(vault, text);
    }
    Event.Entry longer = writer.says(vault, text + "!");
    List<Row> rows = store.after(vault, longer.number() - 3, 3);
    Row.Entry one = (Row.Entry) rows.get(0);
    Row.Entry other = (Row.Entry) rows.get(1);
    assertNotEquals(one.envelope().hash(), other.envelope().hash());
    assertFalse(Arrays.equals(one.body(), other.body()));
    assertEquals(one.envelope().length(), ((Row.Entry) rows.get(2)).envelope().length());
    assertEquals(one.tokens().stream().sorted().toList(), one.tokens());
    for (String character : List.of("今", "天", "气", "很", "好")) {
      long token = server.server().seals().token(vault, character);
      assertFalse(one.tokens().contains(token), character);
    }
    for (String words : List.of("天", "天气", "今天天气很好", "气", "好", "\"很好\"", "weather")) {
      Reply.Found found =
          assertInstanceOf(
              Reply.Found.class, writer.asks(new Command.Search(words, List.of(), 10)), words);
      assertEquals(3, found.entries().size(), words);
    }
    Reply.Found none =
        assertInstanceOf(Reply.Found.class, writer.asks(new Command.Search("坏", List.of(), 10)));
    assertTrue(none.entries().isEmpty());
  }

  @Test
  void aMessageOfAnEarlierBuildIsRepeatedUnderItsHash() throws Exception {
    start();
    Somebody writer = server.logsIn("anna");
    UUID id = UUID.randomUUID();
    Reply.Posted first = writer.does(new Command.Post(id, vault, "once"));
    assertEquals(first, writer.does(new Command.Post(id, vault, "once")));
    assertEquals(Problem.ID_TAKEN, writer.problem(new Command.Post(id, vault, "twice")));
  }
}
