// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientListener;
import chat.client.session.NetworkChatClient;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.LinkStatus;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Language;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginHost;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.view.MainPage;
import chat.desktop.view.WelcomePage;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Palette;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.swt.widgets.Display;

/**
 * Somebody at a desktop: a profile, its windows, and a connection to a real server. All is put
 * together as the program does it, and what touches the disk in the thread of the windows is
 * written down.
 */
final class DesktopUser implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  /** After a restart the server has to come up and the client has to find it. */
  static final long BACK_SECONDS = 60;

  private static final long CLOSE_SECONDS = 20;

  /** What {@link ChatClient} says is not for the thread of the windows. */
  private static final Set<String> SLOW =
      Set.of(
          "trust",
          "rememberedName",
          "logOut",
          "send",
          "discard",
          "upload",
          "download",
          "fetch",
          "close");

  private final String name;
  private final ServerProcess server;
  private final Studio studio;
  private final AppContext context;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final List<String> slow = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private ChatModel model;
  private MainPage page;

  /** What somebody said, as a window shows it. */
  record Said(long number, String author, String text) {}

  DesktopUser(String name, ServerProcess server, Path profile) throws Exception {
    this(name, server, profile, Language.EN, Palette.light());
  }

  DesktopUser(String name, ServerProcess server, Path profile, Language language, Palette palette)
      throws Exception {
    this.name = name;
    this.server = server;
    this.studio = new Studio(profile, worker);
    this.context = studio.setup(language, palette);
  }

  String name() {
    return name;
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  Studio studio() {
    return studio;
  }

  ChatModel model() {
    return model;
  }

  MainPage page() {
    return page;
  }

  Extensions extensions() {
    return context.extensions();
  }

  PluginHost plugins() {
    return context.plugins();
  }

  /** Whatever touched the disk in the thread of the windows. */
  List<String> slow() {
    return slow;
  }

  /** What was asked of the client, in order. */
  List<String> calls() {
    return calls;
  }

  /** The words of a text in the language of this desktop. */
  String words(String key, Object... values) {
    return context.texts().get(key, values);
  }

  WelcomePage welcome() {
    return studio.welcome(this::open, context);
  }

  /** Makes an account in the welcome window, vouching for the server's key. */
  DesktopUser registers() {
    WelcomePage welcome = welcome().fill(address(), name, PASSWORD);
    welcome.press("welcome.register");
    welcome.press("submit");
    Ui.await("question about the key", () -> welcome.shows("trust"));
    welcome.press("trust.yes");
    return enters();
  }

  /** Sets a new password with a link that was pasted where the server's address stands. */
  DesktopUser setsPassword(String link, String password) {
    welcome().fill(link, name, password).press("submit");
    return enters();
  }

  /** Comes back: the profile knows who it is. */
  DesktopUser comesBack() {
    studio.settings.server(address());
    welcome();
    return enters();
  }

  /** Waits for the chat, and opens its window. */
  DesktopUser enters() {
    Ui.await(name + " enters", BACK_SECONDS, () -> !studio.entered.isEmpty());
    model = studio.entered.removeFirst();
    page = studio.main(model, context);
    return this;
  }

  /** Puts the window at a place of the screen. */
  DesktopUser at(int x, int y, int width, int height) {
    Ui.run(() -> page.window().shell().setBounds(x, y, width, height));
    return this;
  }

  /** Says something, as with the keys. */
  void says(String text) {
    page.send(text);
  }

  /** Everything that was said, in the order of the window. */
  List<Said> said() {
    return Ui.ask(() ->
        model.current().shown().rows().stream()
            .filter(Row.Said.class::isInstance)
            .map(Row.Said.class::cast)
            .map(row -> new Said(row.entry().number(), row.entry().author().name(), row.text()))
            .toList());
  }

  /** The lines that nobody said, in the words of the window. */
  List<String> notices() {
    List<String> rows = page.rows();
    return Ui.ask(() ->
        java.util.stream.IntStream.range(0, rows.size())
            .filter(i -> page.row(i) instanceof Row.Notice || page.row(i) instanceof Row.Managed)
            .mapToObj(i -> rows.get(i).substring(rows.get(i).indexOf(": ") + 2))
            .toList());
  }

  void awaitSaid(String text) {
    Ui.await(
        name + " sees " + text,
        BACK_SECONDS,
        () -> said().stream().anyMatch(said -> said.text().equals(text)));
  }

  void awaitNotice(String text) {
    Ui.await(name + " sees " + text, () -> notices().contains(text));
  }

  /** How the strip at the foot of the window shows the connection. */
  void awaitTone(LinkStatus.Tone tone) {
    Ui.await(
        name + "'s strip is " + tone,
        BACK_SECONDS,
        () ->
            LinkStatus.of(
                        model.link(),
                        model.config().host(),
                        model.clock().instant(),
                        context.texts())
                    .tone()
                == tone);
  }

  /** The row of a file that is here or on its way; -1 if there is none. */
  int fileRow(String file) {
    return Ui.ask(() -> {
      List<Row> rows = model.current().transcript().rows();
      for (int i = rows.size() - 1; i >= 0; i--) {
        if (rows.get(i) instanceof Row.Filed filed && filed.file().name().equals(file)
            || rows.get(i) instanceof Row.Sending sending
                && sending.transfer().name().equals(file)) {
          return i;
        }
      }
      return -1;
    });
  }

  private ChatClient open(ClientConfig config, ClientListener listener) throws IOException {
    note("open");
    ChatClient real = NetworkChatClient.open(config, listener);
    return (ChatClient)
        Proxy.newProxyInstance(
            DesktopUser.class.getClassLoader(),
            new Class<?>[] {ChatClient.class},
            (proxy, method, arguments) -> call(real, method, arguments));
  }

  private Object call(ChatClient real, Method method, Object[] arguments) throws Throwable {
    calls.add(method.getName());
    if (SLOW.contains(method.getName())) {
      note(method.getName());
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void note(String call) {
    if (Display.findDisplay(Thread.currentThread()) != null) {
      slow.add(call);
    }
  }

  /** Closes the window and the connection; the profile stays. */
  @Override
  public void close() throws InterruptedException {
    if (model != null) {
      Ui.run(() -> {
        page.window().close();
        context.plugins().close();
        model.close();
      });
    }
    worker.shutdown();
    assertTrue(worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS), name + " does not close");
  }
}
