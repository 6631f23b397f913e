// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent.Refusal;
import chat.client.Link;
import chat.client.RefusedException;
import chat.client.text.ServerAddress;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.text.Refusals;
import chat.desktop.model.text.Refusals.Field;
import chat.desktop.model.text.SystemErrors;
import chat.desktop.model.text.Texts;
import chat.protocol.Invitation;
import chat.protocol.Limits;
import chat.protocol.PasswordReset;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way in: from an address and a name to a {@link ChatModel} that has entered.
 *
 * <pre>
 *   Editing --submit--> Working --Untrusted--> Asking --trust--> Working
 *      ^                   |  |                                     |
 *      +---- refused, lost-+  +--KeyChanged--> Changed              +--entered--> gone
 *   Resuming (a remembered name) --entered--> gone, --session ended--> Editing
 * </pre>
 */
public final class WelcomeForm implements ModelListener {

  /** What the user wants to do. */
  public enum Mode {
    LOG_IN,
    REGISTER,
    /** Set a new password with a link from the operator. */
    RESET
  }

  /** What the window shows. */
  public sealed interface State {

    /** The form, with what is wrong with it. */
    record Editing(Map<Field, String> problems) implements State {}

    /** Waiting for the server. */
    record Working(String text) implements State {}

    /** The server's key is new: the user decides. */
    record Asking(String fingerprint) implements State {}

    /** The server's key is not the known one: the user is warned. */
    record Changed(String pinned, String shown) implements State {}

    /** Somebody is known here and is logged in by itself. */
    record Resuming(String name, LinkStatus status) implements State {}
  }

  /** The window. */
  public interface View {
    void show(State state);

    void entered(ChatModel model);
  }

  /** Makes the model of an account on a server; it is not started yet. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @param fingerprint of the server's key, which an invitation has told; else empty
     */
    CompletableFuture<ChatModel> open(ServerAddress server, String fingerprint);
  }

  /** What a model was opened for. */
  private record Place(ServerAddress server, String fingerprint) {}

  private record Attempt(Mode mode, String name, String password, String invitation, String code) {}

  /** What the form shows of an invitation, and what it tries with. */
  public record Invited(String address, String link) {}

  private final View view;
  private final Opener opener;
  private final Executor hop;
  private final Settings settings;
  private final Texts texts;
  private @Nullable Place place;
  private @Nullable ChatModel model;
  private @Nullable Attempt attempt;
  private @Nullable String resuming;
  private CompletableFuture<Boolean> opening = CompletableFuture.completedFuture(true);
  private int round;

  public WelcomeForm(View view, Opener opener, Executor hop, Settings settings, Texts texts) {
    this.view = view;
    this.opener = opener;
    this.hop = hop;
    this.settings = settings;
    this.texts = texts;
  }

  /** Looks whether somebody is remembered on the last server, and if so goes on as that one. */
  public void resume() {
    view.show(new State.Editing(Map.of()));
    ServerAddress.parse(settings.server())
        .ifPresent(known ->
            open(
                new Place(known, ""),
                opened -> {
                  var unused =
                      opened
                          .remembered()
                          .thenAcceptAsync(name -> name.ifPresent(it -> resumeAs(it, opened)), hop);
                }));
  }

  private void resumeAs(String name, ChatModel known) {
    if (known == model && attempt == null) {
      resuming = name;
      known.client().start();
      showLink(known);
    }
  }

  /**
   * What to fill in when somebody puts an invitation's link into a field; empty if it is none, or
   * has no key, which comes last and so tells that a link that is typed is whole.
   */
  public static Optional<Invited> invited(String text) {
    return Invitation.parse(text)
        .filter(link -> !link.fingerprint().isEmpty())
        .map(link ->
            new Invited(new ServerAddress(link.host(), link.port()).toString(), link.toString()));
  }

  /** The same for a link to set a new password. */
  public static Optional<Invited> reset(String text) {
    return PasswordReset.parse(text)
        .filter(link -> !link.fingerprint().isEmpty())
        .map(link ->
            new Invited(new ServerAddress(link.host(), link.port()).toString(), link.toString()));
  }

  /**
   * Tries to get in with what stands in the form.
   *
   * @param invitation for a registration where there is one, a code or a link; the link for a new
   *     password; else empty
   * @param secondFactor a code of it where there is one; else empty
   */
  public void submit(
      String address,
      Mode mode,
      String name,
      String password,
      String invitation,
      String secondFactor) {
    Map<Field, String> problems = problems(address, mode, name, password, invitation);
    Optional<ServerAddress> server = ServerAddress.parse(address);
    if (!problems.isEmpty() || server.isEmpty()) {
      view.show(new State.Editing(problems));
      return;
    }
    Optional<Invitation> link = Invitation.parse(invitation);
    Optional<PasswordReset> reset = PasswordReset.parse(invitation);
    String fingerprint =
        link.map(Invitation::fingerprint)
            .or(() -> reset.map(PasswordReset::fingerprint))
            .orElse("");
    Place wanted = new Place(server.get(), fingerprint);
    String code =
        link.map(Invitation::code).or(() -> reset.map(PasswordReset::code)).orElse(invitation);
    attempt = new Attempt(mode, name.strip(), password, code.strip(), secondFactor.strip());
    settings.server(address.strip());
    if (mode != Mode.RESET) {
      settings.name(name.strip());
    }
    ChatModel known = model;
    if (known != null && wanted.equals(place) && known.link() instanceof Link.Connected) {
      authenticate(known);
      return;
    }
    leave();
    view.show(new State.Working(texts.get("link.connecting", wanted.server())));
    open(wanted, opened -> opened.client().start());
  }

  /** The user vouches for the key. */
  public void trust(String fingerprint) {
    ChatModel known = model;
    if (known != null) {
      view.show(new State.Working(texts.get("link.entering")));
      known.trust(fingerprint);
    }
  }

  /** Back to the form. */
  public void cancel() {
    attempt = null;
    leave();
    view.show(new State.Editing(Map.of()));
  }

  public void retryNow() {
    if (model != null) {
      model.retryNow();
    }
  }

  /** Says again how the connection is, whose time to the next try has gone on. */
  public void tick() {
    if (model != null && resuming != null) {
      showLink(model);
    }
  }

  /** Lets go of a model that did not get in. */
  public void leave() {
    round++;
    resuming = null;
    ChatModel left = model;
    model = null;
    if (left != null) {
      left.forget(this);
      left.close();
    }
  }

  @Override
  public void changed(Part part) {
    ChatModel known = model;
    if (known == null) {
      return;
    }
    switch (part) {
      case LINK -> showLink(known);
      case ENTERED -> {
        known.forget(this);
        model = null;
        Person self = known.self();
        if (self != null) {
          settings.name(self.name());
        }
        view.entered(known);
      }
      case LOGGED_OUT -> {
        resuming = null;
        fail(Field.FORM, texts.get("welcome.ended"));
      }
      case ROOMS, SIGNS, PEOPLE, SERVER, FILES, UNSENT -> {}
    }
  }

  private void open(Place wanted, Consumer<ChatModel> then) {
    place = wanted;
    int mine = ++round;
    // Not before the last one is closed, or open: two of them can't have one profile.
    opening =
        opening
            .handle((_, _) -> true)
            .thenCompose(_ -> opener.open(wanted.server(), wanted.fingerprint()))
            .handleAsync(
                (opened, failure) -> {
                  if (mine != round) {
                    if (opened != null) {
                      opened.close();
                    }
                  } else if (opened == null) {
                    fail(
                        Field.SERVER,
                        texts.get("welcome.profile", SystemErrors.disk(texts, root(failure))));
                  } else {
                    model = opened;
                    opened.listen(this);
                    then.accept(opened);
                  }
                  return mine == round;
                },
                hop);
  }

  private void showLink(ChatModel known) {
    switch (known.link()) {
      case Link.Untrusted(String fingerprint) -> view.show(new State.Asking(fingerprint));
      case Link.KeyChanged(String pinned, String shown) ->
          view.show(new State.Changed(pinned, shown));
      case Link.Lost lost when resuming == null -> {
        leave();
        fail(
            Field.SERVER,
            texts.get("welcome.unreachable", SystemErrors.connection(texts, lost.reason())));
      }
      case Link.Connected _ when attempt != null -> authenticate(known);
      case Link.Idle _, Link.Connecting _, Link.Connected _, Link.Online _, Link.Lost _ ->
          waiting(known);
    }
  }

  private void waiting(ChatModel known) {
    LinkStatus status =
        LinkStatus.of(known.link(), known.config().host(), known.clock().instant(), texts);
    if (resuming != null) {
      view.show(new State.Resuming(resuming, status));
    } else if (attempt != null) {
      view.show(new State.Working(status.text()));
    }
  }

  private void authenticate(ChatModel known) {
    Attempt now = attempt;
    if (now == null) {
      return;
    }
    attempt = null;
    if (now.mode() == Mode.REGISTER
        && known.link() instanceof Link.Connected connected
        && !connected.registration()
        && now.invitation().isEmpty()) {
      fail(Field.INVITATION, texts.get("problem.registration_closed"));
      return;
    }
    view.show(new State.Working(texts.get("link.entering")));
    CompletableFuture<Person> answer =
        switch (now.mode()) {
          case LOG_IN -> known.client().logIn(now.name(), now.password(), now.code());
          case REGISTER -> known.client().register(now.name(), now.password(), now.invitation());
          case RESET -> known.client().resetPassword(now.invitation(), now.password(), now.code());
        };
    var unused =
        answer.handleAsync(
            (person, failure) -> {
              if (failure != null && known == model) {
                refused(now.mode(), failure);
              }
              return person;
            },
            hop);
  }

  private void refused(Mode mode, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RefusedException no) {
      Refusal refusal = no.refusal();
      fail(Refusals.field(refusal.problem()), text(mode, refusal));
    } else {
      fail(Field.FORM, texts.get("welcome.lost"));
    }
  }

  /** What some refusals mean for somebody who wants in. */
  private String text(Mode mode, Refusal refusal) {
    if (refusal.problem() == Problem.NOT_ALLOWED) {
      return texts.get("welcome.suspended");
    }
    return refusal.problem() == Problem.INVITATION_INVALID && mode == Mode.RESET
        ? texts.get("welcome.reset.over")
        : Refusals.text(texts, refusal);
  }

  private Map<Field, String> problems(
      String address, Mode mode, String name, String password, String invitation) {
    Map<Field, String> problems = new EnumMap<>(Field.class);
    if (ServerAddress.parse(address).isEmpty()) {
      problems.put(Field.SERVER, texts.get("welcome.server.invalid"));
    }
    if (mode == Mode.RESET) {
      if (PasswordReset.parse(invitation).isEmpty()) {
        problems.put(Field.INVITATION, texts.get("welcome.reset.over"));
      }
    } else if (name.isBlank()) {
      problems.put(Field.NAME, texts.get("welcome.name.empty"));
    }
    int length = password.codePointCount(0, password.length());
    if (length == 0) {
      problems.put(Field.PASSWORD, texts.get("welcome.password.empty"));
    } else if (mode != Mode.LOG_IN && length < Limits.PASSWORD_MIN) {
      problems.put(Field.PASSWORD, texts.get("welcome.password.short", Limits.PASSWORD_MIN));
    }
    return problems;
  }

  private void fail(Field field, String text) {
    attempt = null;
    view.show(new State.Editing(Map.of(field, text)));
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }
}
