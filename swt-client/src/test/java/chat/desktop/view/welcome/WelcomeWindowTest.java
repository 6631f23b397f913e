// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.text.Language;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.view.WelcomePage;
import chat.protocol.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Ui.class)
class WelcomeWindowTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Studio studio;

  @BeforeEach
  void studio() throws Exception {
    studio = new Studio(folder);
  }

  private WelcomePage filled() {
    return studio.welcome(service, Language.EN).fill("chat.example.org", "Robin", "correct horse");
  }

  @Test
  void enterLogsIn() {
    filled().enter();
    Ui.await("entered", () -> studio.entered.size() == 1);
    assertTrue(service.calls.contains("logIn Robin"));
  }

  @Test
  void theOtherTabRegisters() {
    WelcomePage page = filled();
    page.press("welcome.register");
    assertEquals("Create account", page.submitText());
    page.press("submit");
    Ui.await("entered", () -> studio.entered.size() == 1);
    assertTrue(service.calls.contains("register Robin"));
  }

  @Test
  void onANewServerTheOwnersAccountIsCreated() {
    WelcomePage page = filled();
    page.createOwner("0f".repeat(16));
    assertEquals("Create the owner's account", page.submitText());
    assertEquals("0f".repeat(16), page.value("welcome.invitation"));
    page.invite("");
    assertEquals("Create account", page.submitText(), "without the invitation it is like others");
    page.press("welcome.logIn");
    assertEquals("Log in", page.submitText());
    page.createOwner("0f".repeat(16));
    page.press("submit");
    Ui.await("entered", () -> studio.entered.size() == 1);
    assertTrue(service.calls.contains("register Robin " + "0f".repeat(16)));
  }

  @Test
  void aLinkOnTheCommandLineIsFollowed() {
    String link = "chatroom://chat.example.org:7701/" + "0f".repeat(16) + "?key=" + "ab".repeat(32);
    WelcomePage page = filled();
    page.follow(link);
    assertEquals("Create account", page.submitText());
    assertEquals("chat.example.org:7701", page.value("welcome.server"));
    assertEquals(link, page.value("welcome.invitation"));
  }

  @Test
  void aLinkFillsTheFormWhereverItIsPasted() {
    String link = "chatroom://chat.example.org:7701/" + "0f".repeat(16) + "?key=" + "ab".repeat(32);
    WelcomePage page = filled().fill(" " + link, "Robin", "correct horse");
    assertTrue(page.shows("welcome.invitation"));
    assertEquals("chat.example.org:7701", page.value("welcome.server"));
    assertEquals(link, page.value("welcome.invitation"));
    String half = link.substring(0, link.indexOf('?'));
    page.fill(half, "Robin", "correct horse");
    assertEquals(half, page.value("welcome.server"), "somebody is still typing");
    page.fill("other.example.org", "Robin", "correct horse").invite(link + " ");
    assertEquals("chat.example.org:7701", page.value("welcome.server"));
  }

  @Test
  void aLinkOfTheOperatorAsksForTheNewPasswordOnly() {
    String link =
        "chatroom://chat.example.org:7701/reset/" + "0f".repeat(16) + "?key=" + "ab".repeat(32);
    WelcomePage page = filled().fill(link, "Robin", "battery staple");
    assertFalse(page.shows("welcome.name"));
    assertEquals("chat.example.org:7701", page.value("welcome.server"));
    assertEquals("Set the new password", page.submitText());
    page.press("submit");
    Ui.await("entered", () -> studio.entered.size() == 1);
    assertTrue(service.calls.contains("reset " + "0f".repeat(16)));
  }

  @Test
  void anInvitationIsAskedForWhereAnAccountIsMadeAndWhatIsWrongWithItIsSaidThere() {
    service.refuseLogIn = Problem.INVITATION_INVALID;
    WelcomePage page = filled();
    assertFalse(page.shows("welcome.invitation"));
    page.press("welcome.register");
    assertTrue(page.shows("welcome.invitation"));
    page.invite("AB-12");
    page.press("submit");
    Ui.await("refusal", () -> page.problem("INVITATION").contains("used up"));
    Ui.await("all in sight", () -> page.inSight("welcome.server") && page.inSight("submit"));
    assertTrue(service.calls.contains("register Robin AB-12"));
    page.press("welcome.logIn");
    assertFalse(page.shows("welcome.invitation"));
    service.refuseLogIn = null;
    page.enter();
    Ui.await("entered", () -> studio.entered.size() == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "NAME_TAKEN, NAME, taken",
    "ACCOUNT_UNKNOWN, NAME, no account",
    "PASSWORD_WRONG, PASSWORD, do not fit",
    "VERSION, SERVER, another version",
    "BUSY, FORM, too much"
  })
  void aRefusalStandsAtItsField(Problem problem, String field, String part) {
    service.refuseLogIn = problem;
    WelcomePage page = filled();
    page.enter();
    Ui.await("refusal", () -> page.problem(field).contains(part));
    for (String other : List.of("SERVER", "NAME", "PASSWORD", "INVITATION", "FORM")) {
      assertEquals(other.equals(field), !page.problem(other).isEmpty(), other);
    }
    assertTrue(page.canSubmit());
    assertEquals("correct horse", page.value("welcome.password"));
  }

  @Test
  void waitingIsShownAndStopsASecondTry() {
    service.holdLogIn = true;
    WelcomePage page = filled();
    page.enter();
    Ui.await("waiting", () -> page.submitText().startsWith("Logging in"));
    assertFalse(page.canSubmit());
    page.enter();
    assertEquals(1, service.calls.stream().filter("logIn Robin"::equals).count());
  }

  @Test
  void thePasswordCanBeShown() {
    WelcomePage page = filled();
    assertFalse(page.passwordShown());
    page.press("welcome.show");
    assertTrue(page.passwordShown());
    page.press("welcome.show");
    assertFalse(page.passwordShown());
  }

  @Test
  void anUnknownKeyIsAskedAbout() {
    service.onStart = new Link.Untrusted("4f1d".repeat(16));
    WelcomePage page = filled();
    page.enter();
    Ui.await("question", () -> page.shows("trust"));
    assertTrue(page.value("fingerprint").startsWith("4f1d 4f1d"));
    assertFalse(service.calls.contains("logIn Robin"));
    page.press("trust.yes");
    Ui.await("entered", () -> studio.entered.size() == 1);
  }

  @Test
  void aChangedKeyIsWarnedAboutAndNotConnecting() {
    service.onStart = new Link.KeyChanged("aaaa".repeat(16), "bbbb".repeat(16));
    WelcomePage page = filled();
    page.enter();
    Ui.await("warning", () -> page.shows("changed"));
    assertTrue(page.value("pinned").startsWith("aaaa"));
    assertTrue(page.value("shown").startsWith("bbbb"));
    page.press("changed.no");
    Ui.await("form", () -> page.shows("submit"));
    assertFalse(service.calls.contains("logIn Robin"));
  }

  @Test
  void somebodyRememberedComesBackByItself() {
    studio.settings.server("chat.example.org");
    service.remembered = Optional.of("Robin");
    studio.welcome(service, Language.ZH);
    Ui.await("entered", () -> studio.entered.size() == 1);
  }

  @Test
  void somebodyRememberedSeesThatTheServerIsAway() {
    studio.settings.server("chat.example.org");
    service.remembered = Optional.of("Robin");
    service.onStart = new Link.Lost("no route", Instant.now().plusSeconds(60));
    WelcomePage page = studio.welcome(service, Language.EN);
    Ui.await("page", () -> page.shows("resume.retry"));
    page.press("resume.retry");
    assertTrue(service.calls.contains("retryNow"));
    page.press("resume.other");
    Ui.await("form", () -> page.shows("submit"));
  }
}
