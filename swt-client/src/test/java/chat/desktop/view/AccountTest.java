// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import static chat.desktop.ui.Dialogs.awaitClosed;
import static chat.desktop.ui.Dialogs.awaitOpen;
import static chat.desktop.ui.Dialogs.in;
import static chat.desktop.ui.Dialogs.press;
import static chat.desktop.ui.Dialogs.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.FakeService;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.widget.ItemList;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is taken along, who is brought here, and how one goes, in a real window. */
@ExtendWith(Ui.class)
class AccountTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Studio studio;
  private MainPage page;
  private Path target;

  @BeforeEach
  void open() throws Exception {
    studio = new Studio(folder);
    target = Files.createDirectory(folder.resolve("target"));
    studio.outside.choice = List.of(target);
    service.past(new Person(2, "Anna"), "Hello").past(FakeService.ME, "Hi");
    page = studio.main(service);
    service.enter();
    page.awaitRow("Hi");
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> paths = Files.walk(target)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aRoomIsExportedInTheFormsThatWereChosenAndShownInItsFolder() throws Exception {
    page.menu("chat.exportRoom");
    awaitOpen("export");
    press("export", "export.choose");
    Ui.run(() -> {
      assertEquals(target.toString(), ((Text) in("export", "export.folder")).getText());
      ((Button) in("export", "export.text")).setSelection(true);
      ((Button) in("export", "export.files")).setSelection(true);
    });
    press("export", "export.go");
    Ui.await("done", () -> said("export", "export.said").startsWith("2 messages and 1 files"));
    assertTrue(Ui.ask(() -> said("export", "export.said").contains("2 files could not be")));
    assertEquals(
        List.of("messages.HTML", "messages.TEXT"),
        written().stream()
            .map(path -> path.getFileName().toString())
            .filter(name -> !name.endsWith(".part"))
            .sorted()
            .toList());
    press("export", "export.reveal");
    assertTrue(studio.outside.done.getFirst().startsWith("reveal Lobby 20"));
    assertFalse(Ui.ask(() -> in("export", "export.go").getVisible()));
  }

  @Test
  void withoutAFormNothingBegins() {
    page.menu("chat.exportRoom");
    awaitOpen("export");
    Ui.run(() -> ((Button) in("export", "export.html")).setSelection(false));
    press("export", "export.go");
    assertEquals("Choose at least one form.", Ui.ask(() -> said("export", "export.said")));
  }

  @Test
  void closingTheDialogEndsTheExportAndTheChatWentOnMeanwhile() throws Exception {
    service.exportGoesOn = new CountDownLatch(1);
    page.menu("chat.exportRoom");
    awaitOpen("export");
    press("export", "export.choose");
    press("export", "export.go");
    Ui.await("running", () -> said("export", "export.said").equals("1 of 2 · Lobby"));
    page.send("still here");
    page.awaitRow("still here");
    assertEquals(1, written().size());
    press("export", "export.cancel");
    awaitClosed("export");
    Ui.await("taken away", () -> target.toFile().list().length == 0);
  }

  @Test
  void whatStandsInTheWayIsSaidAndCanBeTriedAgain() {
    service.failExport = new AccessDeniedException("x");
    page.menu("chat.exportAccount");
    awaitOpen("export");
    press("export", "export.choose");
    service.failExport = null;
    press("export", "export.go");
    Ui.await("done", () -> said("export", "export.said").startsWith("1 messages and 0 files"));
    Ui.run(() -> Widgets.shell(Ui.display(), "export").orElseThrow().close());
    service.failExport = new AccessDeniedException("x");
    page.menu("chat.exportRoom");
    awaitOpen("export");
    press("export", "export.choose");
    press("export", "export.go");
    Ui.await(
        "denied",
        () -> said("export", "export.said").startsWith("Nothing was written: you may not write"));
    service.failExport = null;
    press("export", "export.go");
    Ui.await("done", () -> said("export", "export.said").startsWith("2 messages"));
  }

  @Test
  void anInvitationIsALinkThatNamesTheServerAndIsCopied() {
    page.menu("chat.inviteToServer");
    awaitOpen("inviteToServer");
    Ui.run(() -> {
      ((Spinner) in("inviteToServer", "invite.uses")).setSelection(3);
      ((Spinner) in("inviteToServer", "invite.days")).setSelection(14);
    });
    press("inviteToServer", "form.ok");
    awaitOpen("invitation");
    awaitClosed("inviteToServer");
    assertTrue(service.calls.contains("invite 3 14"));
    String link =
        "chatroom://chat.example.org:7667/" + "0f".repeat(16) + "?key=" + "4f1d".repeat(16);
    assertEquals(link, Ui.ask(() -> ((Text) in("invitation", "invitation.text")).getText()));
    press("invitation", "text.copy");
    assertEquals(
        link,
        Ui.ask(() -> {
          Clipboard clipboard = new Clipboard(Ui.display());
          Object copied = clipboard.getContents(TextTransfer.getInstance());
          clipboard.dispose();
          return copied;
        }));
  }

  @Test
  void whereOnlyTheOperatorInvitesThatIsSaid() {
    service.refuseInvite = Problem.NOT_ALLOWED;
    page.menu("chat.inviteToServer");
    awaitOpen("inviteToServer");
    press("inviteToServer", "form.ok");
    Ui.await(
        "said",
        () ->
            said("inviteToServer", "inviteToServer.problem")
                .startsWith("On this server only its operator invites"));
  }

  @Test
  void theAccountEndsOnlyByItsNameAndItsPassword() {
    page.menu("chat.endAccount");
    awaitOpen("endAccount");
    press("endAccount", "form.ok");
    assertTrue(
        Ui.ask(() -> said("endAccount", "endAccount.problem").startsWith("Nothing was ended")));
    fill("robin", "correct horse");
    press("endAccount", "form.ok");
    assertTrue(Ui.ask(() -> said("endAccount", "endAccount.problem").endsWith("exactly: Robin")));
    fill("Robin", "");
    press("endAccount", "form.ok");
    assertEquals(
        "Please enter your password.", Ui.ask(() -> said("endAccount", "endAccount.problem")));
    assertEquals(List.of(), service.commands(Command.DeleteAccount.class));
    service.refuseSet = Problem.PASSWORD_WRONG;
    fill("Robin", "wrong");
    press("endAccount", "form.ok");
    Ui.await(
        "refused",
        () -> said("endAccount", "endAccount.problem").startsWith("The password is wrong"));
    assertFalse(service.calls.contains("logOut"));
    assertFalse(Ui.ask(() -> page.window().model().isAccountEnded()));
    service.refuseSet = null;
    fill("Robin", "correct horse");
    press("endAccount", "form.ok");
    awaitClosed("endAccount");
    assertEquals(
        new Command.DeleteAccount("correct horse"),
        service.commands(Command.DeleteAccount.class).getLast());
    assertTrue(service.calls.contains("logOut"));
    assertTrue(Ui.ask(() -> page.window().model().isAccountEnded()));
  }

  private static Device device(String name, boolean current) {
    return new Device(
        UUID.randomUUID(), name, "198.51.100.7", 1_795_000_000_000L, 1_795_500_000_000L, current);
  }

  @SuppressWarnings("unchecked")
  private static List<String> listed() {
    return Ui.ask(() -> ((ItemList<Device>) in("devices", "devices.list")).words());
  }

  @Test
  void devicesAreShownAndEndedAfterAQuestion() {
    Device phone = device("Phone", false);
    service.account.devices.addAll(List.of(device("", true), phone));
    page.menu("chat.devices");
    awaitOpen("devices");
    assertTrue(listed().getFirst().startsWith("Device without a name, 198.51.100.7 · last used"));
    assertTrue(listed().getFirst().endsWith(", This device"));
    assertTrue(listed().getLast().startsWith("Phone, "));
    Ui.run(() -> {
      ItemList<?> list = (ItemList<?>) in("devices", "devices.list");
      list.first();
      list.choose();
    });
    awaitOpen("ask");
    assertEquals(List.of(), service.commands(Command.EndDevice.class));
    service.account.devices.remove(phone);
    press("ask", "ask.yes");
    Ui.await("ended", () -> said("devices", "devices.said").equals("The device is logged out."));
    assertEquals(
        List.of(new Command.EndDevice(phone.id())), service.commands(Command.EndDevice.class));
    Ui.await("gone", () -> listed().size() == 1);
    press("devices", "devices.endOthers");
    awaitOpen("ask");
    press("ask", "ask.yes");
    Ui.await("all", () -> said("devices", "devices.said").startsWith("All other devices"));
    assertEquals(1, service.commands(Command.EndOtherDevices.class).size());
  }

  @Test
  void thePasswordIsChangedIfTheNewOneIsTypedTwiceAndTheOldOneIsRight() {
    page.menu("chat.devices");
    awaitOpen("devices");
    press("devices", "devices.password");
    awaitOpen("password");
    fillPassword("correct horse", "battery staple", "battery stapler");
    press("password", "form.ok");
    assertEquals(
        "The two new passwords are not the same.",
        Ui.ask(() -> said("password", "password.problem")));
    fillPassword("correct horse", "short", "short");
    press("password", "form.ok");
    assertEquals(
        "A password needs at least 8 characters.",
        Ui.ask(() -> said("password", "password.problem")));
    assertEquals(List.of(), service.commands(Command.ChangePassword.class));
    service.refuseSet = Problem.PASSWORD_WRONG;
    fillPassword("wrong", "battery staple", "battery staple");
    press("password", "form.ok");
    Ui.await(
        "refused",
        () -> said("password", "password.problem").startsWith("The current password is wrong"));
    service.refuseSet = null;
    fillPassword("correct horse", "battery staple", "battery staple");
    press("password", "form.ok");
    awaitClosed("password");
    assertEquals(
        new Command.ChangePassword("correct horse", "battery staple"),
        service.commands(Command.ChangePassword.class).getLast());
    Ui.await("said", () -> said("devices", "devices.said").startsWith("Your password is changed"));
  }

  private static void fillPassword(String current, String next, String again) {
    Ui.run(() -> {
      ((Text) in("password", "password.current")).setText(current);
      ((Text) in("password", "password.next")).setText(next);
      ((Text) in("password", "password.again")).setText(again);
    });
  }

  private static void fill(String name, String password) {
    Ui.run(() -> {
      Text field = (Text) in("endAccount", "farewell.password");
      assertTrue((field.getStyle() & SWT.PASSWORD) != 0);
      field.setText(password);
      ((Text) in("endAccount", "farewell.name")).setText(name);
    });
  }
}
