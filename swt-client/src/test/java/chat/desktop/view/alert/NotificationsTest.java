// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.desktop.FakeService;
import chat.desktop.model.notify.NotificationLevel;
import chat.desktop.model.notify.NotificationRules;
import chat.desktop.model.platform.QuietHours;
import chat.desktop.model.room.Room;
import chat.desktop.notify.Bus;
import chat.desktop.notify.FakeNotificationServer;
import chat.desktop.notify.FreedesktopNotifications;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.view.MainPage;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.RoomKind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real window, the real bus; only the server of notifications counts instead of showing. */
@ExtendWith(Ui.class)
class NotificationsTest {
  private static final Person ANNA = new Person(2, "Anna");
  private static final long DIRECT = 7;

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Bus bus;
  private FakeNotificationServer server;
  private FreedesktopNotifications notifications;
  private Studio studio;
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    bus = new Bus();
    server = new FakeNotificationServer(bus, "actions", "body", "body-markup", "inline-reply");
    notifications = notifications(bus);
    studio = new Studio(folder);
    studio.outside.notifications = notifications;
    service.others.add(
        FakeService.room(
            FakeService.info(DIRECT, RoomKind.DIRECT, "", ANNA),
            FakeService.place(0, 0, 0, 0, false)));
    service.past(ANNA, "Hello");
    page = studio.main(service);
    service.enter();
    page.awaitRow("Hello");
    Ui.run(() -> {
      // Without a window manager nobody else says so.
      page.window().shell().notifyListeners(SWT.Deactivate, new Event());
      page.window().shell().setMinimized(true);
    });
  }

  private static FreedesktopNotifications notifications(Bus bus) {
    return new FreedesktopNotifications(bus.builder(), Ui.display()::asyncExec);
  }

  @AfterEach
  void close() throws Exception {
    notifications.close();
    server.close();
    bus.close();
  }

  private void many(int count) {
    for (int i = 1; i <= count; i++) {
      service.say(ANNA, "line " + i);
    }
    page.awaitRow("line " + count);
  }

  private void mention(String text) {
    service.happen(ANNA, new Content.Text(text, 0, false, List.of(FakeService.ME.account()), ""));
    page.awaitRow(text);
  }

  private void level(NotificationLevel level) {
    Ui.run(() -> rules().level(page.window().model().current(), level));
  }

  /** The server says whether the room is muted. */
  private void silent(boolean on) {
    Room lobby = Ui.ask(() -> page.window().model().current());
    service.tell(new ClientEvent.RoomChanged(lobby.info(), FakeService.place(0, 0, 0, 0, on)));
    Ui.await("muted or not", () -> lobby.silent() == on);
  }

  private NotificationRules rules() {
    return new NotificationRules(page.window().model(), studio.settings, ZoneId.of("UTC"));
  }

  @Test
  void aBusyPublicRoomIsNotifiedOnlyWhereOneIsMentioned() {
    many(1_000);
    mention("Robin, <look> at this & that");
    many(1_000);
    Ui.await("told", () -> !server.asked.isEmpty());
    assertEquals(1, server.asked.size(), server.asked.toString());
    var asked = server.asked.getFirst();
    assertEquals("Anna in Lobby", asked.title());
    assertEquals("Robin, &lt;look&gt; at this &amp; that", asked.text());
    assertEquals(List.of("default", "Open", "inline-reply", "Reply"), asked.actions());
    assertEquals(2, asked.urgency());
  }

  @Test
  void aRoomSetToAllReplacesItsOneNotificationNowAndThen() {
    level(NotificationLevel.ALL);
    long begun = System.nanoTime();
    many(2_000);
    Ui.await(
        "the newest",
        () -> !server.asked.isEmpty() && server.asked.getLast().text().equals("line 2000"));
    assertEquals(1, server.fresh().size());
    assertEquals("Anna in Lobby (2000 new)", server.asked.getLast().title());
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    assertTrue(server.asked.size() <= seconds / 2 + 2, "asked " + server.asked.size());
  }

  @Test
  void aRoomSetToNothingIsSilentEvenForMentionsAndOnAllDevices() {
    level(NotificationLevel.NOTHING);
    Ui.await("told", () -> !service.commands(Command.MuteNotifications.class).isEmpty());
    assertTrue(service.commands(Command.MuteNotifications.class).getFirst().silent());
    silent(true);
    mention("Robin?");
    silent(false); // another device takes it away
    mention("Robin!");
    Ui.await("told", () -> !server.asked.isEmpty());
    assertEquals("Robin!", server.asked.getFirst().text());
  }

  @Test
  void nothingIsNotifiedWhileTheDayIsQuiet() {
    LocalTime now = Instant.now().atZone(ZoneOffset.UTC).toLocalTime();
    studio.settings.quietHours(Optional.of(new QuietHours(now.minusHours(1), now.plusHours(1))));
    mention("Robin?");
    studio.settings.quietHours(Optional.empty());
    mention("Robin!");
    Ui.await("told", () -> !server.asked.isEmpty());
    assertEquals("Robin!", server.asked.getFirst().text());
    assertEquals(1, server.asked.size());
  }

  @Test
  void aClickBringsTheWindowAndTheRoom() throws Exception {
    Ui.run(() -> page.window().model().select(page.window().model().room(DIRECT)));
    service.happen(
        ANNA, new Content.Text("come here", 0, false, List.of(FakeService.ME.account()), ""));
    Ui.await("told", () -> !server.asked.isEmpty());
    server.click(server.asked.getFirst().id());
    Ui.await("there", () -> Ui.ask(() -> page.window().model().current().name()).equals("Lobby"));
    Ui.await("shown", () -> !Ui.ask(() -> page.window().shell().getMinimized()));
  }

  @Test
  void anAnswerInTheNotificationIsSentAndTheNextMessageIsANewOne() throws Exception {
    mention("are you there?");
    Ui.await("told", () -> !server.asked.isEmpty());
    server.reply(server.asked.getFirst().id(), "in a minute");
    Ui.await("sent", () -> service.sent.contains("in a minute"));
    mention("good");
    Ui.await("told again", () -> server.fresh().size() == 2);
    assertEquals("Anna in Lobby", server.asked.getLast().title());
    server.dismiss(server.asked.getLast().id());
    server.reply(999, "that was somebody else's");
    mention("and one more");
    Ui.await("new", () -> server.asked.getLast().text().equals("and one more"));
    assertEquals(List.of("in a minute"), service.sent);
  }

  @Test
  void itGoesWhenTheRoomIsRead() {
    mention("Robin?");
    Ui.await("told", () -> !server.asked.isEmpty());
    long id = server.asked.getFirst().id();
    Ui.run(() -> {
      page.window().shell().setMinimized(false);
      page.window().shell().notifyListeners(SWT.Activate, new Event());
    });
    Ui.await("gone", () -> server.closed.contains(id));
  }

  @Test
  void aDesktopWithoutNotificationsIsToldOfOnce() throws Exception {
    server.close();
    mention("Robin?");
    Ui.await("said", () -> page.banner().contains("shows no notifications"));
    Ui.run(() -> page.window().leaveIntent());
    page.send("never mind");
    mention("Robin!!");
    page.awaitRow("Robin!!");
    assertEquals("", page.banner());
  }

  @Test
  void closingKeepsTheProgramIfThatIsWanted() {
    Ui.run(() -> page.window().shell().setMinimized(false));
    studio.settings.closeToTray(true);
    Ui.run(() -> page.window().shell().close());
    assertEquals(0, studio.exits.quits);
    assertTrue(Ui.ask(() -> page.window().shell().getMinimized()));
    studio.settings.closeToTray(false);
    Ui.run(() -> page.window().shell().close());
    assertEquals(1, studio.exits.quits);
  }

  @Test
  void aRoomIsAsLoudAsItsKindUntilItChose() {
    Room lobby = Ui.ask(() -> page.window().model().current());
    Room direct = Ui.ask(() -> page.window().model().room(DIRECT));
    assertEquals(NotificationLevel.MENTIONS, Ui.ask(() -> rules().level(lobby)));
    assertEquals(NotificationLevel.ALL, Ui.ask(() -> rules().level(direct)));
  }
}
