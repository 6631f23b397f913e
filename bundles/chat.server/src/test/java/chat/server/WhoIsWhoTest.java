// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.operations.AccountOperations;
import chat.operations.ImportOperations;
import chat.operations.ImportOutcome;
import chat.operations.OperationException;
import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.room.Account;
import chat.server.room.Role;
import chat.storage.ChatStore;
import chat.storage.sqlite.SqliteChatStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is taken for somebody else, by whatever way a name is given. */
@Timeout(60)
class WhoIsWhoTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;

  private ChatStore store;
  private ServerFixture server;
  private Somebody ian;
  private Somebody boris;

  @BeforeEach
  void start() throws Exception {
    open("Ian", "boris");
    ian = server.one(0);
    boris = server.one(1);
  }

  private void open(String... names) throws Exception {
    store = SqliteChatStore.open(folder.resolve("store"), InstantSource.system());
    server = new ServerFixture(folder, memory -> store, names);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private Problem registering(String name) {
    Reply reply = server.answersStranger(new Command.Register(name, PASSWORD, "test", ""));
    return reply instanceof Reply.Failed failed ? failed.problem() : null;
  }

  private static Problem showing(Somebody somebody, String display) {
    return somebody.problem(new Command.SetProfile(display, "", "", true, true));
  }

  private AccountOperations operator() {
    return new LiveAccountOperations(
        server::server, () -> new FakeConnection(), (action, details) -> {});
  }

  private OperationException.Reason renaming(Somebody somebody, String name) throws Exception {
    try {
      operator().rename("#" + somebody.account(), name);
      return null;
    } catch (OperationException e) {
      return e.reason();
    }
  }

  @Test
  void nobodyRegistersUnderANameThatLooksLikeAnother() throws Exception {
    assertEquals(Problem.NAME_TAKEN, registering("lan"));
    assertEquals(Problem.NAME_TAKEN, registering("1an"));
    assertEquals(Problem.NAME_TAKEN, registering("bоris"));
    assertEquals(Problem.NAME_TAKEN, registering("Admin"));
    assertEquals(Problem.NAME_INVALID, registering("<Server>"));
    assertEquals(Problem.NAME_INVALID, registering("@boris"));
    stop();
    open();
    assertEquals(Problem.NAME_TAKEN, registering("lan"));
    assertNull(registering("Ivan"));
    assertInstanceOf(
        Reply.Done.class, server.logsIn("Ian").asks(new Command.DeleteAccount(PASSWORD)));
    assertNull(registering("lan"));
  }

  @Test
  void twoWhoComeAtTheSameMomentAreToldApart() throws Exception {
    FakeConnection[] connections = new FakeConnection[8];
    int[] asked = new int[connections.length];
    for (int i = 0; i < connections.length; i++) {
      connections[i] = new FakeConnection(100 + i);
      server.server().adopt(connections[i]);
      server
          .server()
          .received(
              connections[i], connections[i].bytes(new Command.Hello(1, List.of(), "test", "en")));
    }
    String[] names = {"O0x", "OOx", "oox", "00x", "Оox", "0Оx", "оox", "o0X"};
    for (int i = 0; i < connections.length; i++) {
      server
          .server()
          .received(
              connections[i],
              connections[i].bytes(new Command.Register(names[i], PASSWORD, "test", "")));
      asked[i] = connections[i].asked();
    }
    int in = 0;
    for (int i = 0; i < connections.length; i++) {
      FakeConnection connection = connections[i];
      int number = asked[i];
      DevicesFixture.until(() -> connection.answer(number) != null);
      in += connection.answer(number) instanceof Reply.LoggedIn ? 1 : 0;
    }
    assertEquals(1, in);
  }

  @Test
  void whoRegistersTwiceAtOnceIsOnePerson() throws Exception {
    FakeConnection connection = new FakeConnection(200);
    server.server().adopt(connection);
    server
        .server()
        .received(connection, connection.bytes(new Command.Hello(1, List.of(), "test", "en")));
    for (String name : List.of("dora", "emil")) {
      server
          .server()
          .received(connection, connection.bytes(new Command.Register(name, PASSWORD, "", "")));
    }
    DevicesFixture.until(() -> connection.answer(connection.asked() - 1) != null);
    assertNull(registering("fritz"), "behind both of them");
    assertEquals(true, server.directory().accounts().named("emil").isEmpty());
  }

  @Test
  void aDisplayNameIsNobodyElsesNameOrDisplayName() throws Exception {
    assertEquals(Problem.NAME_TAKEN, showing(boris, "Ian"));
    assertEquals(Problem.NAME_TAKEN, showing(boris, "lan"));
    assertEquals(Problem.NAME_TAKEN, showing(boris, "System"));
    assertEquals(Problem.NAME_INVALID, showing(boris, "<Me>"));
    assertNull(showing(ian, "lan"), "one's own");
    assertNull(showing(ian, "Ian Miller"));
    assertEquals(Problem.NAME_TAKEN, showing(boris, "lan MiIIer"));
    assertEquals(Problem.NAME_TAKEN, registering("Ian Mi1ler"));
    assertNull(showing(ian, "The Captain"));
    assertNull(showing(boris, "lan Miller"), "given up");
    assertNull(showing(boris, "lan Miller"), "as it is");
    assertNull(showing(ian, ""));
    assertNull(registering("The Captain"));
  }

  @Test
  void theOperatorGivesNoSuchNameEither() throws Exception {
    assertNull(showing(ian, "The Captain"));
    assertEquals(OperationException.Reason.CONFLICT, renaming(boris, "lan"));
    assertEquals(OperationException.Reason.CONFLICT, renaming(boris, "the captain"));
    assertEquals(OperationException.Reason.INVALID_ARGUMENT, renaming(boris, "Owner"));
    assertEquals(OperationException.Reason.INVALID_ARGUMENT, renaming(boris, "#12"));
    assertNull(renaming(ian, "The Captain"));
    assertEquals(Problem.NAME_TAKEN, registering("Тhe Captain"));
    assertNull(registering("lan"), "the name of before is free");
    assertNull(renaming(boris, "Boris B."));
  }

  @Test
  void theImportBringsNoSuchName() throws Exception {
    ImportOperations.Person lan = new ImportOperations.Person("lan", "secret1");
    ImportOperations.Person server = new ImportOperations.Person("<Server>", "secret1");
    ImportOperations.Person dora = new ImportOperations.Person("dora", "secret1");
    List<ImportOutcome> outcomes =
        this.server.server().importer().people(List.of(lan, server, dora));
    assertInstanceOf(ImportOutcome.Refused.class, outcomes.get(0));
    assertInstanceOf(ImportOutcome.Refused.class, outcomes.get(1));
    assertInstanceOf(ImportOutcome.Imported.class, outcomes.get(2));
  }

  @Test
  void whoHasSuchANameFromBeforeKeepsIt() throws Exception {
    String hash = server.directory().accounts().named("boris").orElseThrow().passwordHash();
    stop();
    open();
    for (Account old :
        List.of(
            new Account(50, "lan", Role.MEMBER, hash, 0),
            new Account(51, "admin", Role.MEMBER, hash, 0),
            new Account(52, "<Server>", Role.MEMBER, hash, 0))) {
      server
          .server()
          .context()
          .access()
          .settle(
              chat.storage.Change.write(
                  List.of(), server.server().seals().write(Cells.account(old.id()), old.bytes())));
    }
    stop();
    open();
    assertEquals(50, server.logsIn("lan").account());
    assertEquals(ian.account(), server.logsIn("Ian").account());
    assertEquals(52, server.logsIn("<server>").account());
    Somebody admin = server.logsIn("admin");
    assertNull(showing(admin, "Anna"));
    assertInstanceOf(Reply.Done.class, admin.asks(new Command.DeleteAccount(PASSWORD)));
    assertEquals(Problem.NAME_TAKEN, registering("1an"));
  }

  @Test
  void publicRoomsAreToldApart() throws Exception {
    long room = boris.makes(RoomKind.PUBLIC, "Modern art");
    assertEquals(Problem.ROOM_NAME_TAKEN, creating(RoomKind.PUBLIC, "Modem art"));
    assertEquals(Problem.ROOM_NAME_TAKEN, creating(RoomKind.PUBLIC, "L0bby"));
    assertEquals(Problem.ROOM_NAME_TAKEN, creating(RoomKind.PRIVATE, "lobby"));
    assertEquals(Problem.ROOM_NAME_INVALID, creating(RoomKind.PRIVATE, "@Ian"));
    assertNull(creating(RoomKind.PRIVATE, "Modem art"));
    assertNull(naming(room, "Classics"));
    assertNull(creating(RoomKind.PUBLIC, "Modem art"));
    assertEquals(Problem.ROOM_NAME_TAKEN, naming(room, "Modern art"));
    assertEquals(Problem.ROOM_NAME_INVALID, naming(room, "#12"));
    assertNull(
        boris.problem(
            new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withTopic("as it was"))));
  }

  private Problem creating(RoomKind kind, String name) {
    return boris.problem(new Command.Create(UUID.randomUUID(), kind, name, ""));
  }

  private Problem naming(long room, String name) {
    return boris.problem(new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withName(name)));
  }

  @Test
  void nothingOfANameIsLeftWhenAnAccountEnds() throws Exception {
    assertNull(showing(ian, "The Captain"));
    assertInstanceOf(Reply.Done.class, ian.asks(new Command.DeleteAccount(PASSWORD)));
    assertEquals(1, store.cells(CellKind.NAME.space(), "", 10).size());
    assertEquals(1, store.cells(CellKind.SKELETON.space(), "", 10).size(), "that of boris");
  }
}
