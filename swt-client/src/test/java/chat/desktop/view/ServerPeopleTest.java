// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import static chat.desktop.ui.Dialogs.awaitClosed;
import static chat.desktop.ui.Dialogs.awaitOpen;
import static chat.desktop.ui.Dialogs.in;
import static chat.desktop.ui.Dialogs.press;
import static chat.desktop.ui.Dialogs.said;
import static chat.desktop.ui.Dialogs.text;
import static chat.desktop.ui.Dialogs.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.desktop.FakeAccount;
import chat.desktop.FakeService;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.widget.ItemList;
import chat.protocol.AccountAction;
import chat.protocol.AccountInfo;
import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.ServerRole;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.swt.widgets.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A second factor, another name, and what owners of the server do for its people. */
@ExtendWith(Ui.class)
class ServerPeopleTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    service.past(new Person(2, "Anna"), "Hello").past(FakeService.ME, "Hi");
    page = new Studio(folder).main(service);
    service.enter();
    page.awaitRow("Hi");
  }

  private static Device device(String name, boolean current) {
    return new Device(
        UUID.randomUUID(), name, "198.51.100.7", 1_795_000_000_000L, 1_795_500_000_000L, current);
  }

  @Test
  void aSecondFactorIsTurnedOnWithAPictureAndOffWithACode() {
    page.menu("chat.devices");
    awaitOpen("devices");
    press("devices", "factor.title");
    awaitOpen("factor");
    press("factor", "form.ok");
    assertEquals(
        "Enter the code that your authenticator app shows.",
        Ui.ask(() -> said("factor", "factor.problem")));
    assertTrue(text("factor", "factor.secret").matches("([A-Z2-7]{4} ){7}[A-Z2-7]{4}"));
    assertTrue(Ui.ask(() -> in("factor", "factor.picture").getSize().x > 100));
    type("factor", "factor.password", "correct horse");
    type("factor", "factor.code", "000000");
    press("factor", "form.ok");
    Ui.await("refused", () -> said("factor", "factor.problem").startsWith("This code is wrong"));
    type("factor", "factor.code", FakeAccount.CODE);
    press("factor", "form.ok");
    awaitOpen("recovery");
    assertEquals(20, service.account.asked.secret().length);
    assertEquals(String.join("\n", FakeAccount.RECOVERY), text("recovery", "recovery.text"));
    press("recovery", "button.close");
    awaitClosed("factor");
    press("devices", "factor.title");
    awaitOpen("factor");
    type("factor", "factor.password", "correct horse");
    type("factor", "factor.code", "aaaa-bbbb-cccc-dddd");
    press("factor", "form.ok");
    awaitClosed("factor");
    assertEquals(
        List.of(new Command.RemoveSecondFactor("correct horse", "aaaa-bbbb-cccc-dddd")),
        service.commands(Command.RemoveSecondFactor.class));
  }

  @Test
  void theNameIsChanged() {
    page.menu("chat.name");
    awaitOpen("changeName");
    assertEquals("Robin", text("changeName", "name.new"));
    service.refuseSet = Problem.NAME_TAKEN;
    type("changeName", "name.new", "Anna");
    press("changeName", "form.ok");
    Ui.await(
        "refused", () -> said("changeName", "changeName.problem").startsWith("This name is taken"));
    service.refuseSet = null;
    type("changeName", "name.new", " Robyn ");
    press("changeName", "form.ok");
    awaitClosed("changeName");
    assertEquals(
        new Command.ChangeName("Robyn"), service.commands(Command.ChangeName.class).getLast());
  }

  private void isOwner() {
    service.tell(new ClientEvent.RoleChanged(ServerRole.OWNER));
    Ui.await("owner", () -> page.window().model().serverNews().isOwner());
  }

  private static AccountInfo account(long id, String name, ServerRole role, long suspended) {
    long since = 1_795_000_000_000L;
    return new AccountInfo(new Person(id, name), role, since, id == 7, since, suspended);
  }

  private static void choose(String key, int index) {
    Ui.run(() -> {
      ItemList<?> list = (ItemList<?>) in("people", "people.list");
      chooses(list, key, index);
    });
  }

  /** As the menu of an item does. */
  private static <T> void chooses(ItemList<T> list, String key, int index) {
    list.content().choices(list.items().get(index)).stream()
        .filter(choice -> choice.key().equals(key))
        .findFirst()
        .orElseThrow()
        .action()
        .run();
  }

  @SuppressWarnings("unchecked")
  private static List<String> people() {
    return Ui.ask(() -> ((ItemList<AccountInfo>) in("people", "people.list")).words());
  }

  @Test
  void onlyOwnersOfTheServerSeeItsPeople() {
    assertFalse(page.isEnabled("chat.people"));
    isOwner();
    assertTrue(page.isEnabled("chat.people"));
    service.tell(new ClientEvent.RoleChanged(ServerRole.MEMBER));
    Ui.await("member", () -> !page.window().model().serverNews().isOwner());
    assertFalse(page.isEnabled("chat.people"));
  }

  @Test
  void ownersLookAfterThePeopleOfTheServer() {
    isOwner();
    service.administration.accounts.add(account(7, "Anna", ServerRole.OWNER, 0));
    service.administration.accounts.add(account(8, "Boris", ServerRole.MEMBER, 1_795_400_000_000L));
    service.administration.accounts.add(account(9, "Chen", ServerRole.MODERATOR, 0));
    page.menu("chat.people");
    awaitOpen("people");
    Ui.await("listed", () -> people().size() == 3);
    assertTrue(
        people().get(0).startsWith("Anna, owner of the server, here now"), people()::toString);
    assertTrue(people().get(1).startsWith("Boris, suspended "), people()::toString);
    type("people", "people.words", "che");
    Ui.await("found", () -> people().size() == 1);
    choose("people.suspend", 0);
    awaitOpen("ask");
    assertEquals(List.of(), service.commands(Command.AdministerAccount.class));
    press("ask", "ask.yes");
    Ui.await("done", () -> said("people", "people.said").equals("Chen is suspended."));
    choose("people.owner", 0);
    Ui.await("owner", () -> said("people", "people.said").startsWith("Chen is an owner"));
    service.refuseSet = Problem.NOT_ALLOWED;
    choose("people.member", 0);
    Ui.await(
        "last", () -> said("people", "people.said").startsWith("This can't be done: a server"));
    service.refuseSet = null;
    assertEquals(
        List.of(
            new Command.AdministerAccount(9, AccountAction.SUSPEND, ""),
            new Command.AdministerAccount(9, AccountAction.MAKE_OWNER, ""),
            new Command.AdministerAccount(9, AccountAction.MAKE_MEMBER, "")),
        service.commands(Command.AdministerAccount.class));
  }

  @Test
  void ownersHelpAndRename() {
    isOwner();
    service.administration.accounts.add(account(9, "Chen", ServerRole.MODERATOR, 0));
    page.menu("chat.people");
    awaitOpen("people");
    Ui.await("listed", () -> people().size() == 1);
    choose("people.resetLink", 0);
    awaitOpen("people.link");
    assertEquals(
        "chatroom://chat.example.org:7667/reset/0123456789abcdef0123456789abcdef?key="
            + "4f1d".repeat(16),
        text("people.link", "people.link.text"));
    press("people.link", "button.close");
    service.administration.devices.add(device("Phone", false));
    choose("people.devices", 0);
    awaitOpen("people.devicesOf");
    assertTrue(
        text("people.devicesOf", "people.devicesOf.text").startsWith("Phone · 198.51.100.7"));
    press("people.devicesOf", "button.close");
    choose("people.rename", 0);
    awaitOpen("people.newName");
    type("people.newName", "name.new", "Chen Wei");
    press("people.newName", "form.ok");
    awaitClosed("people.newName");
    assertEquals(
        new Command.AdministerAccount(9, AccountAction.RENAME, "Chen Wei"),
        service.commands(Command.AdministerAccount.class).getLast());
  }

  @Test
  void anAnnouncementIsShownUntilItIsDismissedOrTakenBack() {
    service.tell(new ClientEvent.Announced("Back at 22:00 & later", 5));
    Ui.await("shown", () -> page.isVisible("announcement"));
    assertEquals(
        "Back at 22:00 && later", Ui.ask(() -> ((Label) page.find("announcement.text")).getText()));
    Ui.run(() -> Widgets.send(page.find("announcement.close")));
    Ui.await("dismissed", () -> !page.isVisible("announcement"));
    service.tell(new ClientEvent.Announced("Back at 22:00 & later", 5)); // after a reconnect
    service.tell(new ClientEvent.Announced("Back now", 6));
    Ui.await("another one", () -> page.isVisible("announcement"));
    service.tell(new ClientEvent.Announced("", 0));
    Ui.await("taken back", () -> !page.isVisible("announcement"));
    isOwner();
    page.menu("chat.people");
    awaitOpen("people");
    press("people", "people.announce");
    awaitOpen("announce");
    type("announce", "announce.text", "Tea is ready");
    press("announce", "form.ok");
    awaitClosed("announce");
    assertEquals(
        List.of(new Command.Announce("Tea is ready")), service.commands(Command.Announce.class));
  }
}
