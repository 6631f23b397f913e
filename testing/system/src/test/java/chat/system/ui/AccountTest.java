// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static chat.desktop.ui.Dialogs.awaitOpen;
import static chat.desktop.ui.Dialogs.in;
import static chat.desktop.ui.Dialogs.press;
import static chat.desktop.ui.Dialogs.said;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.session.NetworkChatClient;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.room.Delivery;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.WelcomePage;
import chat.protocol.Invitation;
import chat.protocol.Person;
import chat.protocol.RoomKind;
import chat.prove.server.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is taken along, who is brought here and how one goes, over a real server. */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class AccountTest {
  @TempDir Path folder;
  private DesktopFixture office;
  private DesktopUser anna;
  private DesktopUser ming;

  @BeforeEach
  void open() throws Exception {
    office = new DesktopFixture(folder);
    anna = enter("Anna", 0);
    ming = enter("Ming", 700);
  }

  private DesktopUser enter(String name, int x) throws Exception {
    return office.enter(new DesktopUser(name, office.server(), office.profile(name)), x, 690, 800);
  }

  @AfterEach
  void close() throws InterruptedException {
    office.close();
  }

  private static void fill(String id, String text) {
    Ui.run(() -> Widgets.text(Ui.display(), id).setText(text));
  }

  private Path export(DesktopUser desk, String menu, String button) throws Exception {
    Path target = Files.createDirectories(folder.resolve("exports"));
    desk.studio().outside.choice = List.of(target);
    desk.page().menu(menu);
    press("export", "export.choose");
    Ui.run(() -> ((Button) in("export", button)).setSelection(true));
    press("export", "export.go");
    String done = desk.words("export.done", "", "", "").substring(0, 9).strip();
    Ui.await("export", 60, () -> said("export", "export.said").contains(done));
    Ui.run(() -> Widgets.shell(Ui.display(), "export").orElseThrow().close());
    try (Stream<Path> made = Files.list(target)) {
      return made.findFirst().orElseThrow();
    }
  }

  @Test
  void aRoomIsExportedWithItsFiles() throws Exception {
    byte[] bytes = "what was planned".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("plan.txt"), bytes);
    anna.says("meeting at **three** <b>");
    ming.awaitSaid("meeting at **three** <b>");
    ming.says("好的");
    anna.awaitSaid("好的");
    anna.studio().outside.choice = List.of(file);
    anna.page().menu("chat.sendFile");
    Ui.await("file", () -> ming.fileRow("plan.txt") >= 0);
    Path made = export(ming, "chat.exportRoom", "export.files");
    assertTrue(made.getFileName().toString().startsWith("Lobby 20"), made.toString());
    String page = Files.readString(made.resolve("messages.html"));
    assertTrue(page.contains("好的") && page.contains("&lt;b&gt;"), page);
    try (Stream<Path> files = Files.list(made.resolve("files"))) {
      Path fetched = files.findFirst().orElseThrow();
      assertTrue(fetched.toString().endsWith("-plan.txt"));
      assertArrayEquals(bytes, Files.readAllBytes(fetched));
    }
  }

  @Test
  void theAccountIsExportedWithItsOwnMessagesAlone() throws Exception {
    anna.says("from Anna");
    ming.awaitSaid("from Anna");
    ming.says("from Ming");
    ming.awaitSaid("from Ming");
    Path made = export(ming, "chat.exportAccount", "export.files");
    assertTrue(Files.readString(made.resolve("profile.json")).contains("Ming"));
    String messages = Files.readString(made.resolve("messages.jsonl"));
    assertTrue(messages.contains("from Ming"), messages);
    assertFalse(messages.contains("from Anna"), messages);
  }

  @Test
  void anAccountEndsForGood() throws Exception {
    anna.says("soon gone");
    ming.awaitSaid("soon gone");
    Ui.await("here", () -> ming.page().side().contains("Anna"));
    ming.page().choose("Anna");
    Ui.await("chat", () -> ming.model().current().direct());
    ming.says("stays");
    ming.awaitSaid("stays");
    Ui.run(() -> ming.model().select(lobby(ming)));
    anna.page().menu("chat.endAccount");
    awaitOpen("endAccount");
    fill("farewell.name", "Anna");
    fill("farewell.password", "not my password");
    press("endAccount", "form.ok");
    Ui.await(
        "wrong password",
        60,
        () -> said("endAccount", "endAccount.problem").equals(anna.words("farewell.wrong")));
    fill("farewell.password", DesktopUser.PASSWORD);
    press("endAccount", "form.ok");
    Ui.await("ended", 60, () -> anna.model().isAccountEnded());
    Ui.await("logged out", () -> !anna.model().loggedOut().isEmpty());
    ming.awaitNotice(ming.words("notice.gone", "Anna"));
    Ui.await("erased", 60, () -> ming.said().isEmpty());
    ming.close();
    office.desks().remove(ming);
    ming = new DesktopUser("Ming", office.server(), office.profile("Ming"));
    office.desks().add(ming);
    ming.comesBack();
    String gone = ming.words("person.gone");
    Ui.await("the chat is still there", () -> ming.page().side().contains(gone));
    ming.page().choose(gone);
    ming.awaitSaid("stays");
    anna.close();
    office.desks().remove(anna);
    anna = new DesktopUser("Anna", office.server(), folder.resolve("Anna"));
    WelcomePage welcome = anna.welcome();
    Ui.await("the profile knows nobody", () -> anna.calls().contains("rememberedName"));
    welcome.fill(anna.address(), "Anna", DesktopUser.PASSWORD);
    welcome.press("submit");
    Ui.await(
        "nobody of this name",
        60,
        () -> welcome.problem("NAME").equals(anna.words("problem.account_unknown")));
  }

  @Test
  void whereMembersDoNotInviteThatIsSaid() {
    ming.page().menu("chat.inviteToServer");
    press("inviteToServer", "form.ok");
    String closed = ming.words("invite.closed");
    Ui.await("said", () -> said("inviteToServer", "inviteToServer.problem").equals(closed));
  }

  @Test
  void anInvitationLeadsSomebodyNewHere() throws Exception {
    office.close();
    office =
        new DesktopFixture(
            folder,
            ServerProcess.on(folder.resolve("inviting"), ServerProcess.Store.SQLITE)
                .set("membersInvite", "B\"true\"")
                .start());
    DesktopUser bo = enter("Bo", 0);
    bo.page().menu("chat.inviteToServer");
    press("inviteToServer", "form.ok");
    awaitOpen("invitation");
    String text = Ui.ask(() -> ((Text) in("invitation", "invitation.text")).getText());
    Invitation link = Invitation.parse(text).orElseThrow();
    assertEquals(office.server().port(), link.port());
    assertFalse(link.fingerprint().isEmpty());
    ClientConfig config =
        new ClientConfig(
            folder.resolve("new"), link.host(), link.port(), link.fingerprint(), "", "en", 5, 5);
    try (ChatClient client = NetworkChatClient.open(config, _ -> {})) {
      client.start();
      Person person =
          client.register("Newman", DesktopUser.PASSWORD, link.code()).get(60, TimeUnit.SECONDS);
      assertEquals("Newman", person.name());
    }
  }

  @Test
  void aRoomGetsAPictureThatTheOtherSees() {
    ImageLoader loader = new ImageLoader();
    loader.data =
        new ImageData[] {new ImageData(300, 200, 24, new PaletteData(0xff0000, 0xff00, 0xff))};
    Path file = folder.resolve("attic.png");
    loader.save(file.toString(), SWT.IMAGE_PNG);
    Ui.run(() -> new RoomActions(anna.model()).create(RoomKind.PUBLIC, "Attic", "dust"));
    Ui.await("made", () -> anna.model().current().name().equals("Attic"));
    long attic = Ui.ask(() -> anna.model().current().id());
    Ui.run(() -> new RoomActions(ming.model()).join(attic));
    Ui.await("joined", () -> ming.model().current().name().equals("Attic"));
    anna.page().menu("view.room");
    press("room", "room.edit");
    awaitOpen("editRoom");
    anna.studio().outside.choice = List.of(file);
    press("editRoom", "picture.choose");
    Ui.await("chosen", () -> said("editRoom", "editRoom.problem").startsWith("attic.png"));
    press("editRoom", "form.ok");
    Ui.await("seen by Ming", () -> ming.model().room(attic).info().picture() > 0);
    Ui.await("fetched", () -> ming.calls().contains("pictureOfRoom"));
    Ui.await("seen by Anna", () -> anna.model().room(attic).info().picture() > 0);
    Ui.await("closed", () -> Widgets.shell(Ui.display(), "editRoom").isEmpty());
    press("room", "room.edit");
    press("editRoom", "picture.remove");
    press("editRoom", "form.ok");
    Ui.await("gone", () -> ming.model().room(attic).info().picture() == 0);
    Ui.run(() -> Widgets.shell(Ui.display(), "room").orElseThrow().close());
    ming.page().menu("view.room");
    awaitOpen("room");
    assertTrue(
        Ui.ask(() ->
            Widgets.look(Widgets.shell(Ui.display(), "room").orElseThrow(), "room.edit")
                .isEmpty()));
  }

  @Test
  void aMessageIsDeliveredBeforeItIsRead() throws Exception {
    Ui.await("here", () -> anna.page().side().contains("Ming"));
    anna.page().choose("Ming");
    Ui.await("chat", () -> anna.model().current().direct());
    Ui.run(() -> ming.page().window().shell().notifyListeners(SWT.Deactivate, new Event()));
    ming.close();
    office.desks().remove(ming);
    Ui.await("away", () -> anna.model().online().size() == 1);
    anna.says("psst");
    anna.awaitSaid("psst");
    long number = Ui.ask(() -> numberOf(anna, "psst"));
    assertEquals(Optional.of(Delivery.SENT), Ui.ask(() -> delivery(number)));
    ming = new DesktopUser("Ming", office.server(), folder.resolve("Ming"));
    office.desks().add(ming);
    ming.comesBack();
    Ui.await("delivered", () -> delivery(number).equals(Optional.of(Delivery.DELIVERED)));
    Ui.await("counted", () -> chat(ming).unread() == 1);
    anna.page().awaitRow(anna.words("message.delivered", "Ming") + ": psst");
    Ui.run(() -> ming.page().window().shell().notifyListeners(SWT.Activate, new Event()));
    Ui.run(() -> ming.model().select(chat(ming)));
    Ui.await("read", () -> delivery(number).equals(Optional.of(Delivery.READ)));
    anna.page().awaitRow(anna.words("message.read", "Ming") + ": psst");
  }

  private static Room lobby(DesktopUser desk) {
    return desk.model().rooms().stream().filter(room -> !room.direct()).findFirst().orElseThrow();
  }

  private static Room chat(DesktopUser desk) {
    return desk.model().rooms().stream().filter(Room::direct).findFirst().orElseThrow();
  }

  private static long numberOf(DesktopUser desk, String text) {
    return desk.model().current().shown().rows().stream()
        .filter(row -> row instanceof Row.Said said && said.text().equals(text))
        .findFirst()
        .orElseThrow()
        .number();
  }

  private Optional<Delivery> delivery(long number) {
    return anna.model().current().delivery(number);
  }
}
