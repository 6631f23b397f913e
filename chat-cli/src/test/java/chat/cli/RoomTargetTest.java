// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.command.Exit;
import chat.client.FakeServer;
import chat.protocol.Command;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is meant for somebody does not end in a stranger's room. */
@Timeout(60)
class RoomTargetTest {
  private final FakeServer server = FakeServer.start();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private Exit run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(
        List.of(
            "--server",
            "localhost:" + server.port(),
            "--fingerprint",
            server.fingerprint(),
            "--name",
            "alice",
            "--profile",
            folder.resolve("profile").toString()));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Main.run(
        line,
        Map.of("CHATROOM_PASSWORD", "correct horse"),
        InputStream.nullInputStream(),
        nowhere,
        nowhere);
  }

  /** alice is also in rooms that others gave such names. */
  private void isInRoomsOfStrangers() {
    Person alice = new Person(1, "alice");
    List<RoomView> rooms = new ArrayList<>();
    rooms.add(room(1, RoomKind.PUBLIC, "Lobby", 0));
    rooms.add(room(7, RoomKind.PRIVATE, "@bob", 0));
    rooms.add(room(8, RoomKind.PRIVATE, "#9", 0));
    rooms.add(room(9, RoomKind.PRIVATE, "Plans", 0));
    rooms.add(room(10, RoomKind.DIRECT, "", 5));
    server.script(command ->
        switch (command) {
          case Command.Sync sync ->
              new FakeServer.Answer(
                  new Reply.Synced(rooms, List.of(alice), List.of(), List.of(), List.of()));
          case Command.Post post ->
              new FakeServer.Answer(new Reply.Failed(Problem.NOT_ALLOWED, "it was seen"));
          default -> new FakeServer.GoOn();
        });
  }

  private static RoomView room(long number, RoomKind kind, String name, long peer) {
    return new RoomView(
        new RoomInfo(
            number,
            kind,
            RoomSettings.of(name, ""),
            0,
            2,
            new Person(peer, peer == 0 ? "" : "carla")),
        new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, ""),
        1,
        0,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private List<Long> postedTo() {
    return server.commands().stream()
        .filter(Command.Post.class::isInstance)
        .map(command -> ((Command.Post) command).room())
        .toList();
  }

  @Test
  void aPersonAndANumberAreNeverTheNameOfARoom() {
    server.account("alice", "correct horse");
    isInRoomsOfStrangers();
    run("send", "--room", "@bob", "for bob alone");
    assertEquals(List.of(), postedTo());
    assertTrue(
        server.commands().contains(new Command.GetProfile(0, "bob")),
        () -> "bob was not looked for: " + server.commands());
    run("send", "--room", "#9", "the plan");
    run("send", "--room", "@Carla", "for carla");
    run("send", "--room", "plans", "another plan");
    assertEquals(List.of(9L, 10L, 9L), postedTo());
    assertEquals(Exit.REFUSED, run("send", "--room", "#12", "nobody"));
    assertEquals(Exit.REFUSED, run("send", "--room", "carla", "is a person"));
    run("room", "join", "#12");
    assertTrue(
        server.commands().stream()
            .anyMatch(each -> each instanceof Command.Join join && join.room() == 12));
    assertEquals(Exit.USAGE, run("room", "join", "@bob"));
  }
}
