// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.desktop.FakeService;
import chat.desktop.model.app.Exporting.State;
import chat.desktop.model.platform.Scheduler;
import chat.export.Export;
import chat.protocol.Person;
import chat.protocol.RoomKind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportingTest {
  private static final Person ANNA = new Person(2, "Anna");

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private final BlockingQueue<State> states = new LinkedBlockingQueue<>();
  private final ChatModel model = model();

  private ChatModel model() {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config = ClientConfig.of(Path.of("unused"), "chat.example.org", 7667);
    ChatModel made =
        new ChatModel(
            service.open(config, relay),
            service,
            config,
            Runnable::run,
            Runnable::run,
            InstantSource.fixed(Instant.parse("2026-05-04T12:00:00Z")),
            Scheduler.over(Runnable::run));
    relay.to(made);
    return made;
  }

  private Export.Order order(boolean files) {
    return new Export.Order(folder, Set.of(Export.Form.TEXT), files, ZoneId.of("UTC"));
  }

  private State next() throws InterruptedException {
    return states.poll(10, TimeUnit.SECONDS);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void enter() {
    service.past(ANNA, "a").past(ANNA, "b").past(ANNA, "c").past(ANNA, "d");
    service.enter();
  }

  @Test
  void aRoomIsWrittenIntoAFolderOfItsOwn() throws Exception {
    enter();
    Files.createDirectory(folder.resolve("Lobby 2026-05-04"));
    Exporting.room(model, model.current(), order(true), states::add);
    assertEquals(new State.Running("Lobby", 2, 4), next());
    Path made = folder.resolve("Lobby 2026-05-04 (2)");
    assertEquals(new State.Finished(made, new Export.Written(4, 1, 2)), next());
    assertEquals("all", Files.readString(made.resolve("messages.TEXT")));
  }

  @Test
  void whatIsCancelledLeavesNothingAndTouchesNothingElse() throws Exception {
    enter();
    Files.writeString(folder.resolve("mine.txt"), "kept");
    service.exportGoesOn = new CountDownLatch(1);
    Exporting exporting = Exporting.room(model, model.current(), order(true), states::add);
    assertInstanceOf(State.Running.class, next());
    exporting.cancel();
    assertEquals(new State.Cancelled(), next());
    assertEquals(List.of("mine.txt"), left());
    exporting.cancel();
    assertTrue(states.isEmpty());
  }

  @Test
  void whatFailsSaysWhyAndLeavesNothing() throws Exception {
    enter();
    service.failExport = new IOException("No space left on device");
    Exporting.room(model, model.current(), order(false), states::add);
    assertInstanceOf(State.Running.class, next());
    assertSame(service.failExport, assertInstanceOf(State.Failed.class, next()).why());
    assertEquals(List.of(), left());
  }

  @Test
  void whatStandsInTheWayOfTheFolderIsNotTouched() throws Exception {
    enter();
    Path file = Files.writeString(folder.resolve("taken"), "kept");
    Export.Order order = new Export.Order(file, Set.of(Export.Form.TEXT), false, ZoneId.of("UTC"));
    Exporting.room(model, model.current(), order, states::add);
    assertInstanceOf(FileSystemException.class, assertInstanceOf(State.Failed.class, next()).why());
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void theAccountCountsOverAllItsRooms() throws Exception {
    service.others.add(
        FakeService.room(
            FakeService.info(7, RoomKind.DIRECT, "", ANNA),
            FakeService.place(0, 0, 0, 0, false),
            FakeService.entry(7, 6, ANNA, 1, new chat.protocol.Content.Text("x"))));
    enter();
    Exporting.account(model, FakeService.ME, order(false), states::add);
    assertEquals(new State.Running("Lobby", 4, 10), next());
    assertEquals(new State.Running("Anna", 10, 10), next());
    Path made = folder.resolve("Robin 2026-05-04");
    assertEquals(new State.Finished(made, new Export.Written(2, 0, 0)), next());
  }
}
