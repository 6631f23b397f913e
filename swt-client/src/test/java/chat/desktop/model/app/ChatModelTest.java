// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.room.Offered;
import chat.desktop.model.room.Row;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatModelTest {
  private static final Person ANNA = new Person(2, "Anna");

  private final FakeService service = new FakeService();
  private final ChatModel model = model(service);

  private static ChatModel model(FakeService service) {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config = ClientConfig.of(Path.of("unused"), "chat.example.org", 7667);
    ChatModel made =
        new ChatModel(
            service.open(config, relay),
            config,
            Runnable::run,
            Runnable::run,
            InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L)));
    relay.to(made);
    return made;
  }

  private List<String> shown() {
    List<String> lines = new ArrayList<>();
    for (Row row : model.current().transcript().rows()) {
      lines.add(
          switch (row) {
            case Row.Said said -> said.entry().author().name() + ": " + said.text();
            case Row.Filed filed -> "file " + filed.file().name();
            case Row.Deleted deleted -> "deleted " + deleted.entry().author().name();
            case Row.Managed managed -> "managed by " + managed.entry().author().name();
            case Row.Notice notice -> notice.kind() + " " + notice.about().name();
            case Row.Unsent unsent ->
                (unsent.refused() == null ? "waits: " : "refused: ") + unsent.text();
            case Row.Sending sending -> "sending " + sending.transfer().name();
          });
    }
    return lines;
  }

  @Test
  void entersWithTheNewestAndFetchesOlderOnes() {
    for (int i = 1; i <= 120; i++) {
      service.past(ANNA, "m" + i);
    }
    service.enter();
    assertEquals(
        List.of("Anna: m116", "Anna: m117", "Anna: m118", "Anna: m119", "Anna: m120"), shown());
    assertTrue(model.current().transcript().hasOlder());
    model.loadOlder(model.current());
    model.loadOlder(model.current());
    model.loadOlder(model.current());
    assertEquals(120, shown().size());
    assertEquals("Anna: m1", shown().getFirst());
    assertFalse(model.current().transcript().hasOlder());
    int calls = service.calls.size();
    model.loadOlder(model.current());
    assertEquals(calls, service.calls.size());
  }

  @Test
  void anOwnTextWaitsBelowAllOthersAndIsShownOnce() {
    service.enter();
    service.holdTexts = true;
    model.send("later");
    service.say(ANNA, "meanwhile");
    assertEquals(List.of("Anna: meanwhile", "waits: later"), shown());
    assertEquals(1, model.unsent());
    UUID id = ((Row.Unsent) model.current().transcript().rows().get(1)).id();
    service.tell(
        new ClientEvent.Added(
            new chat.protocol.Event.Entry(
                FakeService.LOBBY,
                2,
                id,
                FakeService.ME,
                1,
                new chat.protocol.Content.Text("later"))));
    assertEquals(List.of("Anna: meanwhile", "Robin: later"), shown());
    assertEquals(0, model.unsent());
  }

  @Test
  void aRefusedTextStaysUntilItIsDiscardedOrTriedAgain() {
    service.enter();
    service.refuseText = Problem.TOO_MANY;
    model.send("hasty");
    assertEquals(List.of("refused: hasty"), shown());
    service.refuseText = null;
    Unsettled.retry(model, model.current().transcript().rows().getFirst());
    assertEquals(List.of("Robin: hasty"), shown());
    assertEquals(List.of("hasty", "hasty"), service.sent);
  }

  @Test
  void whoComesAndGoesIsToldAndCountedOnce() {
    service.enter();
    service.came(ANNA);
    service.came(ANNA);
    service.went(ANNA);
    service.went(ANNA);
    assertEquals(List.of(), shown(), "in a room only membership is told of");
    assertEquals(List.of(FakeService.ME), List.copyOf(model.online()));
  }

  @Test
  void whoIsNewHereIsToldOfOnce() {
    Person ming = new Person(3, "小明");
    service.enter();
    service.join(ANNA);
    service.came(ANNA);
    service.came(ming);
    service.join(ming);
    service.went(ANNA);
    service.came(ANNA);
    assertEquals(List.of("JOINED Anna"), shown());
    Row.Notice run = (Row.Notice) model.current().transcript().rows().getFirst();
    assertEquals(List.of(ANNA, ming), run.people());
    assertTrue(model.online().containsAll(List.of(ANNA, ming)));
  }

  @Test
  void whoComesBackWithUsAfterALossIsNotToldOf() {
    service.online.add(ANNA);
    service.enter();
    service.online.remove(ANNA);
    service.enter();
    assertEquals(List.of(FakeService.ME), List.copyOf(model.online()));
    service.came(ANNA);
    assertEquals(List.of(), shown());
    assertTrue(model.online().contains(ANNA));
    service.went(ANNA);
    service.came(ANNA);
    assertEquals(List.of(), shown());
  }

  @Test
  void whileNobodyIsConnectedNobodyIsSeen(@TempDir Path folder) throws IOException {
    service.online.add(ANNA);
    service.enter();
    assertEquals(Optional.of(Availability.ONLINE), model.people().availability(2));
    assertEquals(OptionalInt.of(2), model.online(model.current()));
    assertTrue(side(folder).contains("Anna"), side(folder).toString());
    service.link(new Link.Lost("no route", Instant.EPOCH));
    assertEquals(Optional.empty(), model.people().availability(2));
    assertEquals(OptionalInt.empty(), model.online(model.current()));
    assertFalse(side(folder).contains("Anna"), side(folder).toString());
    service.enter();
    assertEquals(Optional.of(Availability.ONLINE), model.people().availability(2));
  }

  private List<String> side(Path folder) throws IOException {
    var arrangement = new SideItem.Arrangement(model, Settings.open(folder));
    return SideItem.list(model, "", arrangement).stream()
        .map(item -> item instanceof SideItem.PersonItem(Person who, boolean _) ? who.name() : "")
        .toList();
  }

  @Test
  void whoQuitsSaysSoBeforeTheConnectionIsLetGo() {
    service.enter();
    model.close();
    assertEquals(
        List.of(new Command.SetPresence(Availability.ONLINE, true)),
        service.commands(Command.SetPresence.class));
    assertEquals("close", service.calls.getLast());
  }

  @Test
  void aTextThatCantBeKeptIsSaid() {
    service.enter();
    service.failSend = new IllegalStateException("full");
    assertTrue(model.send("lost").isCompletedExceptionally());
    assertEquals(List.of(), shown());
  }

  @Test
  void onlyWhatOthersSayWhileNobodyLooksIsUnread() {
    service.enter();
    service.say(ANNA, "one");
    service.sayFile(ANNA, "two.txt", 5);
    model.send("mine");
    service.came(ANNA);
    assertEquals(2, model.unread());
    model.attentive(true);
    assertEquals(2, model.unread(), "looking is not seeing");
    model.saw(model.current(), 1, 1);
    assertEquals(1, model.unread());
    model.saw(model.current(), 1, 3);
    assertEquals(0, model.unread());
    service.say(ANNA, "seen");
    assertEquals(0, model.unread());
  }

  @Test
  void aGapIsFilledFromTheServerWithoutAHole() {
    service.past(ANNA, "old");
    service.enter();
    for (int i = 0; i < 30; i++) {
      service.past(ANNA, "missed " + i);
    }
    service.tell(new ClientEvent.Skipped(FakeService.LOBBY, 31));
    service.say(ANNA, "live");
    assertEquals(32, shown().size());
    assertEquals("Anna: old", shown().getFirst());
    assertEquals("Anna: live", shown().getLast());
  }

  @Test
  void enteringAnewKeepsWhatWaits() {
    service.past(ANNA, "a");
    service.enter();
    service.holdTexts = true;
    model.send("still here");
    service.enter();
    assertEquals(List.of("Anna: a", "waits: still here"), shown());
  }

  @Test
  void whatIsKnownToBeRefusedIsNotEvenBegun(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("big.bin"), new byte[2000]);
    assertInstanceOf(Offered.Nowhere.class, model.traffic().upload(file).join());
    service.enter();
    service.limits = new Limits(1, 1, 1000, 1, 1, 1);
    assertEquals(new Offered.TooLarge("big.bin", 2000, 1000), model.traffic().upload(file).join());
    assertEquals(
        new Offered.Unreadable("gone"), model.traffic().upload(folder.resolve("gone")).join());
    assertEquals(List.of(), service.uploads);
    service.limits = Limits.DEFAULT;
    assertEquals(new Offered.Started("big.bin"), model.traffic().upload(file).join());
    assertEquals(List.of("sending big.bin"), shown());
  }

  @Test
  void anUploadGivesWayToItsEntryWhicheverComesFirst() {
    service.enter();
    Path file = Path.of("a.txt");
    UUID id = UUID.randomUUID();
    service.transfer(id, Transfer.Way.UP, "a.txt", file, 0, 9, new Transfer.Running());
    service.tell(
        new ClientEvent.Added(
            new chat.protocol.Event.Entry(
                FakeService.LOBBY,
                1,
                id,
                FakeService.ME,
                1,
                new chat.protocol.Content.File("a.txt", "text/plain", 9, new byte[32]))));
    service.transfer(id, Transfer.Way.UP, "a.txt", file, 9, 9, new Transfer.Running());
    assertEquals(List.of("file a.txt"), shown());
    service.transfer(id, Transfer.Way.UP, "a.txt", file, 9, 9, new Transfer.Finished());
    assertEquals(List.of("file a.txt"), shown());
    assertEquals(1, model.current().files().size());
  }

  @Test
  void aDownloadIsKnownByItsEntryAndGoesOnWhereItWas(@TempDir Path folder) {
    service.pastFile(ANNA, "../evil\\name.txt", 100);
    service.enter();
    Row.Filed filed = (Row.Filed) model.current().transcript().rows().getFirst();
    assertNull(model.traffic().download(filed.entry().id()));
    chat.desktop.ui.FakeDesktopIntegration outside = new chat.desktop.ui.FakeDesktopIntegration();
    FileActions actions = new FileActions(model, outside, folder);
    actions.activate(filed);
    Path target = model.traffic().targetOf(filed.entry().id());
    assertNotNull(target);
    assertEquals(folder, target.getParent());
    service.downloaded(40, new Transfer.Running());
    assertEquals(40, model.traffic().download(filed.entry().id()).done());
    actions.button(filed);
    assertEquals(1, service.cancelled.size());
    assertInstanceOf(
        Transfer.Cancelled.class, model.traffic().download(filed.entry().id()).state());
    actions.activate(filed);
    assertEquals(target, model.traffic().targetOf(filed.entry().id()));
    service.downloaded(100, new Transfer.Finished());
    actions.activate(filed);
    actions.button(filed);
    assertEquals(2, outside.done.size());
    assertTrue(outside.done.getFirst().startsWith("open "));
    assertTrue(outside.done.getLast().startsWith("reveal "));
  }

  @Test
  void aProgramIsOpenedOnlyAfterAQuestion(@TempDir Path folder) throws Exception {
    service.pastFile(ANNA, "holiday.jpg.exe", 100);
    service.enter();
    Row.Filed filed = (Row.Filed) model.current().transcript().rows().getFirst();
    var outside = new chat.desktop.ui.FakeDesktopIntegration();
    FileActions actions = new FileActions(model, outside, folder);
    actions.activate(filed);
    service.downloaded(100, new Transfer.Finished());
    actions.activate(filed);
    assertEquals(List.of("ask holiday.jpg.exe"), outside.done);
    outside.agrees = true;
    actions.activate(filed);
    assertEquals("open holiday.jpg.exe", outside.done.getLast());
  }
}
