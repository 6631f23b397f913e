// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static chat.desktop.ui.Dialogs.awaitOpen;
import static chat.desktop.ui.Dialogs.in;
import static chat.desktop.ui.Dialogs.press;
import static chat.desktop.ui.Dialogs.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.ui.Ui;
import chat.desktop.view.widget.ItemList;
import chat.protocol.AccountInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An owner looks after the people of a server in its window, over a real server. */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class OwnersDayTest {
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

  private static void choose(String key, String name) {
    Ui.await(key + " of " + name, 60, () -> choice(key, name).isPresent());
    Ui.run(() -> choice(key, name).orElseThrow().action().run());
  }

  private static Optional<ItemList.Choice> choice(String key, String name) {
    return list().items().stream()
        .filter(each -> is(each, name))
        .flatMap(each -> list().content().choices(each).stream())
        .filter(choice -> choice.key().equals(key) && !choice.chosen())
        .findFirst();
  }

  private static boolean is(AccountInfo account, String name) {
    return account.person().name().equals(name);
  }

  @SuppressWarnings("unchecked")
  private static ItemList<AccountInfo> list() {
    return (ItemList<AccountInfo>) in("people", "people.list");
  }

  private static List<AccountInfo> people() {
    return Ui.ask(() -> list().items());
  }

  private static void awaitDone(DesktopUser desk, String key, String name) {
    Ui.await(key, 60, () -> said("people", "people.said").equals(desk.words(key, name)));
  }

  /** The owner's day: a second owner, a suspension, a forgotten password, all read in the audit. */
  @Test
  void ownersLookAfterThePeopleOfTheServer() throws Exception {
    assertTrue(office.server().ask("account", "role", "Anna", "owner").isDone());
    Ui.await("owner", 60, () -> anna.model().serverNews().isOwner());
    anna.page().menu("chat.people");
    awaitOpen("people");
    choose("people.owner", "Ming");
    awaitDone(anna, "people.done.owner", "Ming");
    Ui.await("a second owner", 60, () -> ming.model().serverNews().isOwner());
    choose("people.member", "Ming");
    awaitDone(anna, "people.done.member", "Ming");
    choose("people.member", "Anna");
    String last = anna.words("people.lastOwner");
    Ui.await("the last one", 60, () -> said("people", "people.said").equals(last));
    choose("people.suspend", "Ming");
    press("ask", "ask.yes");
    awaitDone(anna, "people.done.suspend", "Ming");
    Ui.await("logged out", 60, () -> !ming.model().loggedOut().isEmpty());
    choose("people.resume", "Ming");
    awaitDone(anna, "people.done.resume", "Ming");
    ming = setsPasswordByLink(ming);
    choose("people.endSessions", "Ming");
    press("ask", "ask.yes");
    Ui.await("logged out again", 60, () -> !ming.model().loggedOut().isEmpty());
    choose("people.delete", "Ming");
    press("ask", "ask.yes");
    awaitDone(anna, "people.done.delete", "Ming");
    Ui.await("gone", 60, () -> people().stream().noneMatch(each -> is(each, "Ming")));
    assertEquals(
        List.of(
            "account-role",
            "account-make-owner",
            "account-make-member",
            "account-suspend",
            "account-resume",
            "account-reset-link",
            "password-reset",
            "account-end-sessions",
            "account-delete"),
        audited());
  }

  private DesktopUser setsPasswordByLink(DesktopUser desk) throws Exception {
    choose("people.resetLink", desk.name());
    awaitOpen("people.link");
    String link = Ui.ask(() -> ((Text) in("people.link", "people.link.text")).getText());
    press("people.link", "button.close");
    desk.close();
    office.desks().remove(desk);
    DesktopUser back = new DesktopUser(desk.name(), office.server(), office.profile(desk.name()));
    office.desks().add(back);
    return back.setsPassword(link, "battery staple");
  }

  /** What was done to accounts, as the audit has it. */
  private List<String> audited() throws IOException {
    return office.server().ask("audit", "--since", "1h").result().objects("events").stream()
        .map(event -> event.text("event"))
        .filter(event -> event.startsWith("account-") || event.equals("password-reset"))
        .toList();
  }
}
