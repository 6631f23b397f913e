// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.client.Link;
import chat.client.text.ServerAddress;
import chat.desktop.FakeService;
import chat.desktop.model.app.WelcomeForm.Mode;
import chat.desktop.model.app.WelcomeForm.State;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.Refusals;
import chat.desktop.model.text.Refusals.Field;
import chat.desktop.model.text.Texts;
import chat.protocol.Invitation;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WelcomeFormTest implements WelcomeForm.View {
  private static final Invitation INVITATION =
      new Invitation("h", ClientConfig.DEFAULT_PORT, "ab".repeat(32), "0f".repeat(16));

  private final FakeService service = new FakeService();
  private final List<State> states = new ArrayList<>();
  private final Texts texts = new Texts(Language.EN);
  private ChatModel entered;
  private Settings settings;
  private WelcomeForm form;

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    settings = Settings.open(folder);
    form = new WelcomeForm(this, this::open, Runnable::run, settings, texts);
  }

  private CompletableFuture<ChatModel> open(ServerAddress server, String fingerprint) {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config =
        new ClientConfig(
            Path.of("unused"), server.host(), server.port(), fingerprint, "", "en", 5, 5);
    ChatModel model =
        new ChatModel(
            service.open(config, relay),
            config,
            Runnable::run,
            Runnable::run,
            InstantSource.system());
    relay.to(model);
    return CompletableFuture.completedFuture(model);
  }

  @Override
  public void show(State state) {
    states.add(state);
  }

  @Override
  public void entered(ChatModel model) {
    entered = model;
  }

  private Map<Field, String> problems() {
    return assertInstanceOf(State.Editing.class, states.getLast()).problems();
  }

  private void logIn() {
    form.submit("chat.example.org", Mode.LOG_IN, "Robin", "correct horse", "", "");
  }

  @Test
  void logsInAndRemembersServerAndName() {
    logIn();
    assertEquals("Robin", entered.self().name());
    assertEquals("chat.example.org", settings.server());
    assertEquals("Robin", settings.name());
    assertEquals(List.of("start", "logIn Robin"), service.calls);
  }

  /** Two can't have one profile: the second waits until the first is closed again. */
  @Test
  void whoIsFasterThanTheProfileOpensWaitsForIt() {
    settings.server("chat.example.org");
    List<CompletableFuture<ChatModel>> asked = new ArrayList<>();
    form =
        new WelcomeForm(
            this,
            (server, fingerprint) -> {
              asked.add(new CompletableFuture<>());
              return asked.getLast();
            },
            Runnable::run,
            settings,
            texts);
    form.resume();
    logIn();
    assertEquals(1, asked.size());
    asked.getFirst().complete(open(new ServerAddress("chat.example.org", 1), "").join());
    assertEquals(2, asked.size());
    assertEquals("close", service.calls.getLast());
    asked.getLast().complete(open(new ServerAddress("chat.example.org", 1), "").join());
    assertEquals("Robin", entered.self().name());
  }

  @Test
  void whoHasASecondFactorIsAskedForItsCode() {
    service.account.secondFactor = new Reply.SecondFactor(true, 10);
    form.submit("h:1", Mode.LOG_IN, "Robin", "correct horse", "", "");
    assertEquals(
        "Enter the code that your authenticator app shows now.", problems().get(Field.CODE));
    form.submit("h:1", Mode.LOG_IN, "Robin", "correct horse", "", "000000");
    assertTrue(problems().get(Field.CODE).startsWith("This code is wrong"));
    form.submit("h:1", Mode.LOG_IN, "Robin", "correct horse", "", " 123456 ");
    assertEquals("Robin", entered.self().name());
    assertEquals(1, service.calls.stream().filter("start"::equals).count(), "one connection");
  }

  @Test
  void registers() {
    form.submit("h:1", Mode.REGISTER, " Robin ", "correct horse", "", "");
    assertEquals(List.of("start", "register Robin"), service.calls);
  }

  @Test
  void setsANewPasswordWithALinkOfTheOperator() {
    String code = "ab".repeat(16);
    String link = "chatroom://h:1/reset/" + code + "?key=" + "4f1d".repeat(16);
    form.submit("h:1", Mode.RESET, "", "short", "no link", "");
    assertEquals(Set.of(Field.PASSWORD, Field.INVITATION), problems().keySet());
    service.refuseLogIn = Problem.INVITATION_INVALID;
    form.submit("h:1", Mode.RESET, "", "correct horse", link, "");
    assertEquals(
        "This link was used already, or is over. Ask the operator of the server for another one.",
        problems().get(Field.INVITATION));
    service.refuseLogIn = null;
    form.submit("h:1", Mode.RESET, "", "correct horse", link, "");
    assertEquals("reset " + code, service.calls.getLast());
    assertEquals("Robin", entered.self().name());
    assertEquals("Robin", settings.name());
  }

  @Test
  void whatIsWrongIsSaidBeforeTheServerIsAsked() {
    form.submit("no server", Mode.REGISTER, " ", "short", "", "");
    assertEquals(Set.of(Field.SERVER, Field.NAME, Field.PASSWORD), problems().keySet());
    assertEquals(List.of(), service.calls);
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusalStandsAtItsFieldAndTheNextTryWorks(Problem problem) {
    service.refuseLogIn = problem;
    logIn();
    String said =
        problem == Problem.NOT_ALLOWED
            ? "This account is suspended. Ask the operator of the server."
            : Refusals.text(texts, problem);
    assertEquals(Map.of(Refusals.field(problem), said), problems());
    service.refuseLogIn = null;
    logIn();
    assertEquals("Robin", entered.self().name());
  }

  @Test
  void closedRegistrationIsSaidWithoutSendingThePassword() {
    service.onStart = new Link.Connected("cbor", false);
    form.submit("h", Mode.REGISTER, "Robin", "correct horse", "", "");
    assertEquals(Set.of(Field.INVITATION), problems().keySet());
    assertEquals(List.of("start"), service.calls);
    form.submit("h", Mode.REGISTER, "Robin", "correct horse", " AB-12 ", "");
    assertEquals(List.of("start", "register Robin AB-12"), service.calls);
  }

  @Test
  void anInvitationVouchesForTheKey() {
    form.submit("h", Mode.REGISTER, "Robin", "correct horse", INVITATION.toString(), "");
    assertEquals(INVITATION.fingerprint(), service.config.fingerprint());
    assertEquals(List.of("start", "register Robin " + INVITATION.code()), service.calls);
  }

  @Test
  void anInvitationsKeyIsComparedThoughTheServerIsConnectedAlready() {
    service.refuseLogIn = Problem.ACCOUNT_UNKNOWN;
    form.submit("h", Mode.LOG_IN, "Robin", "correct horse", "", "");
    service.calls.clear();
    String shown = "cd".repeat(32);
    service.onStart = new Link.KeyChanged(INVITATION.fingerprint(), shown);
    form.submit("h", Mode.REGISTER, "Robin", "correct horse", INVITATION.toString(), "");
    assertEquals(new State.Changed(INVITATION.fingerprint(), shown), states.getLast());
    assertEquals(List.of("close", "start"), service.calls);
  }

  @Test
  void aNewKeyIsAskedAboutBeforeAnythingIsSent() {
    service.onStart = new Link.Untrusted("ab12");
    logIn();
    assertEquals(new State.Asking("ab12"), states.getLast());
    assertEquals(List.of("start"), service.calls);
    form.trust("ab12");
    assertEquals("Robin", entered.self().name());
  }

  @Test
  void aChangedKeyIsWarnedAbout() {
    service.onStart = new Link.KeyChanged("ab", "cd");
    logIn();
    assertEquals(new State.Changed("ab", "cd"), states.getLast());
    form.cancel();
    assertEquals(Map.of(), problems());
    assertTrue(service.calls.contains("close"));
  }

  @Test
  void aServerThatIsAwayIsSaidAtItsField() {
    service.onStart = new Link.Lost("connection refused", Instant.now());
    logIn();
    assertTrue(problems().get(Field.SERVER).contains("connection refused"));
    assertTrue(service.calls.contains("close"));
  }

  @Test
  void somebodyRememberedIsLetInWithoutAnything() {
    settings.server("chat.example.org");
    service.remembered = Optional.of("Robin");
    form.resume();
    assertEquals("Robin", entered.self().name());
  }

  @Test
  void somebodyRememberedWaitsForAServerThatIsAway() {
    settings.server("chat.example.org");
    service.remembered = Optional.of("Robin");
    service.onStart = new Link.Lost("no route", Instant.now().plusSeconds(9));
    form.resume();
    State.Resuming resuming = assertInstanceOf(State.Resuming.class, states.getLast());
    assertTrue(resuming.status().canRetry());
    form.retryNow();
    assertTrue(service.calls.contains("retryNow"));
    service.link(new Link.Connected("cbor", true));
    service.enter();
    assertEquals("Robin", entered.self().name());
  }

  @Test
  void nobodyRememberedIsNotConnected() {
    settings.server("chat.example.org");
    form.resume();
    assertEquals(Map.of(), problems());
    assertEquals(List.of(), service.calls);
  }
}
