// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.app.LinkStatus;
import chat.desktop.ui.Ui;
import chat.desktop.view.WelcomePage;
import chat.protocol.Invitation;
import chat.prove.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way in, through the real welcome window, to a real server. */
@Tag("window")
@Timeout(180)
@ExtendWith(Ui.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstContactTest {
  private static final List<String> FIELDS =
      List.of("SERVER", "NAME", "PASSWORD", "INVITATION", "FORM");

  private Path folder;
  private ServerProcess server;
  private DesktopUser desk;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
  }

  @AfterAll
  void stop() throws InterruptedException {
    server.close();
  }

  @AfterEach
  void close() throws InterruptedException {
    if (desk != null) {
      desk.close();
      assertEquals(List.of(), desk.slow(), "in the thread of the windows");
      desk = null;
    }
  }

  private DesktopUser desk(String name) throws Exception {
    desk = new DesktopUser(name, server, folder.resolve("profile-" + name));
    return desk;
  }

  private void awaitProblem(WelcomePage page, String field, String text) {
    Ui.await(text, () -> page.problem(field).equals(text));
    for (String other : FIELDS) {
      assertEquals(other.equals(field), !page.problem(other).isEmpty(), "problem at " + other);
    }
    assertTrue(page.canSubmit());
  }

  @Test
  void theKeyIsAskedAboutThenAnAccountIsMadeAndTheProfileRemembersIt() throws Exception {
    desk("Anna");
    WelcomePage page = desk.welcome().fill(desk.address(), "Anna", DesktopUser.PASSWORD);
    page.press("welcome.register");
    page.press("submit");
    Ui.await("question about the key", () -> page.shows("trust"));
    assertEquals(server.fingerprint(), page.value("fingerprint").replace(" ", ""));
    assertFalse(desk.calls().contains("register"), "nothing is sent to a server nobody knows");
    page.press("trust.yes");
    desk.enters();
    desk.awaitTone(LinkStatus.Tone.GOOD);
    assertTrue(desk.page().status().contains("127.0.0.1"), desk.page().status());
    assertTrue(desk.page().title().endsWith("# Lobby"), desk.page().title());
    Ui.await("in the list", () -> desk.page().side().contains("Anna (you)"));
    desk.close();

    DesktopUser again = desk("Anna").comesBack();
    assertFalse(again.calls().contains("logIn"), "the token is enough");
    assertFalse(again.calls().contains("trust"), "the key is known");
    again.says("here again");
    again.awaitSaid("here again");
  }

  @Test
  void whatTheServerRefusesStandsAtItsField() throws Exception {
    desk("Berta").registers();
    desk.close();
    desk("stranger");
    WelcomePage page = desk.welcome().fill(desk.address(), "Berta", "short");
    page.press("welcome.register");
    page.press("submit");
    awaitProblem(page, "PASSWORD", desk.words("welcome.password.short", 8));
    page.fill(desk.address(), "berta", DesktopUser.PASSWORD).press("submit");
    Ui.await("question about the key", () -> page.shows("trust"));
    page.press("trust.yes");
    awaitProblem(page, "NAME", desk.words("problem.name_taken"));
    page.fill(desk.address(), "x".repeat(33), DesktopUser.PASSWORD).press("submit");
    awaitProblem(page, "NAME", desk.words("problem.name_invalid"));
    page.fill(desk.address(), "Stranger", "x".repeat(129)).press("submit");
    awaitProblem(page, "PASSWORD", desk.words("problem.password_invalid"));
    page.invite("no such code")
        .fill(desk.address(), "Stranger", DesktopUser.PASSWORD)
        .press("submit");
    awaitProblem(page, "INVITATION", desk.words("problem.invitation_invalid"));
    page.press("welcome.logIn");
    page.fill(desk.address(), "Berta", "not the password").press("submit");
    awaitProblem(page, "PASSWORD", desk.words("problem.password_wrong"));
    page.fill(desk.address(), "nobody", DesktopUser.PASSWORD).press("submit");
    awaitProblem(page, "NAME", desk.words("problem.account_unknown"));
    page.fill(desk.address(), "Berta", DesktopUser.PASSWORD).press("submit");
    desk.enters();
    Ui.await("in the list", () -> desk.page().side().contains("Berta (you)"));
  }

  @Test
  void aServerThatIsNotThereIsSaidAtItsField() throws Exception {
    desk("nobody");
    WelcomePage page = desk.welcome().fill("127.0.0.1:1", "nobody", DesktopUser.PASSWORD);
    page.press("submit");
    Ui.await(
        "refused",
        () ->
            page.problem("SERVER").contains("127.0.0.1")
                || page.problem("SERVER").contains("refused"));
    assertTrue(page.canSubmit());
  }

  /** A server where nobody registers without an invitation. */
  private static ServerProcess inviting(Path folder) throws Exception {
    return ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)
        .set("registration", "\"invitation\"")
        .start();
  }

  @Test
  void aServerByInvitationLetsInWhoHasOne(@TempDir Path other) throws Exception {
    try (ServerProcess invites = inviting(other)) {
      String code = Files.readString(invites.data().resolve("run/first-admin.txt")).strip();
      desk = new DesktopUser("Olga", invites, other.resolve("profile"));
      WelcomePage page = desk.welcome().fill(desk.address(), "Olga", DesktopUser.PASSWORD);
      page.press("welcome.register");
      page.press("submit");
      Ui.await("question about the key", () -> page.shows("trust"));
      page.press("trust.yes");
      awaitProblem(page, "INVITATION", desk.words("problem.registration_closed"));
      assertFalse(desk.calls().contains("register"), "the password stays here");
      page.invite(code.replace(code.charAt(0), code.charAt(0) == '0' ? '1' : '0')).press("submit");
      awaitProblem(page, "INVITATION", desk.words("problem.invitation_invalid"));
      page.invite(" " + code + "\n").press("submit");
      desk.enters();
      Ui.await("in the list", () -> desk.page().side().contains("Olga (you)"));
      close();
    }
  }

  @Test
  void anInvitationsLinkIsAllItTakes(@TempDir Path other) throws Exception {
    try (ServerProcess invites = inviting(other)) {
      String link = invites.ask("invite", "--host", "127.0.0.1").result().text("link");
      desk = new DesktopUser("Ines", invites, other.resolve("profile"));
      WelcomePage page = desk.welcome().fill(link, "Ines", DesktopUser.PASSWORD);
      page.press("submit");
      desk.enters();
      assertFalse(desk.calls().contains("trust"), "nobody was asked about the key");
      close();
    }
  }

  @Test
  void aPinnedKeyThatIsNotTheInvitationsIsWarnedAbout() throws Exception {
    desk("Paula");
    WelcomePage page = desk.welcome().fill(desk.address(), "Paula", DesktopUser.PASSWORD);
    page.press("submit");
    Ui.await("question about the key", () -> page.shows("trust"));
    page.press("trust.yes");
    awaitProblem(page, "NAME", desk.words("problem.account_unknown"));
    String key = "ab".repeat(32);
    Invitation link = new Invitation("127.0.0.1", server.port(), key, "0f".repeat(16));
    page.fill(link.toString(), "Paula", DesktopUser.PASSWORD).press("submit");
    Ui.await("warning", () -> page.shows("changed"));
    assertEquals(key, page.value("pinned").replace(" ", ""));
    assertEquals(server.fingerprint(), page.value("shown").replace(" ", ""));
    assertFalse(desk.calls().contains("register"), "the password stays here");
    page.press("changed.no");
  }

  @Test
  void loggingOutLeadsToADeadTokenAndAnEmptyProfile() throws Exception {
    desk("Gustav").registers();
    desk.page().menu("chat.logOut");
    Ui.await("logged out", () -> !desk.model().loggedOut().isEmpty());
    desk.close();
    desk("Gustav");
    desk.studio().settings.server(desk.address());
    WelcomePage page = desk.welcome();
    Ui.await("asked for the name", () -> desk.calls().contains("rememberedName"));
    page.fill(desk.address(), "Gustav", DesktopUser.PASSWORD).press("submit");
    desk.enters();
    assertTrue(desk.calls().contains("logIn"));
  }
}
