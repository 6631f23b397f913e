// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.text.ServerAddress;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.platform.Downloads;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.Shrug;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.platform.UiExecutor;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.Texts;
import chat.desktop.notify.FreedesktopNotifications;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginFolder;
import chat.desktop.plugin.PluginHost;
import chat.desktop.view.alert.BalloonNotifications;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.main.NativeDesktopIntegration;
import chat.desktop.view.welcome.WelcomeWindow;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Palette;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One profile on the screen: the welcome window, then the main window, and back when the session
 * ends. Runs on the thread of the Display; what may wait for a disk runs on one worker.
 */
final class Desktop implements MainWindow.Exits {
  private static final System.Logger LOG = System.getLogger(Desktop.class.getName());
  private static final int CLOSE_SECONDS = 3;
  private static final int PLUGINS_AFTER_MILLIS = 250;

  /** Entries of a room that come with entering: more than a screenful of short ones. */
  private static final int MESSAGES = 50;

  private static final int FILES = 10;

  private final Display display;
  private final Options options;
  private final Settings settings;
  private final ChatClient.Factory factory;
  private final UiExecutor executor;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("chat-desktop").factory());
  private final PluginHost plugins;
  private final DesktopNotifications notifications;
  private AppContext context;
  private @Nullable ChatModel model;
  private @Nullable MainWindow window;
  private boolean ended;

  Desktop(
      Display display,
      Options options,
      Settings settings,
      ThemeChoice theme,
      ChatClient.Factory factory)
      throws IOException {
    this.display = display;
    this.options = options;
    this.settings = settings;
    this.factory = factory;
    this.executor = new UiExecutor(display::asyncExec, System::nanoTime);
    options.server().ifPresent(server -> settings.server(server.toString()));
    CompletableFuture<EmojiCatalog> emoji =
        CompletableFuture.supplyAsync(EmojiCatalog::new, worker);
    this.notifications = notifications(display, executor);
    Extensions extensions = new Extensions(List.of(), List.of(new Shrug()));
    this.plugins =
        new PluginHost(
            display,
            new PluginFolder(options.plugins().folder()),
            options.folder().resolve("plugins-cache"),
            extensions,
            PluginHost.PATIENCE);
    this.context =
        new AppContext(
            palette(theme),
            texts(options.language().or(settings::language)),
            settings,
            extensions,
            plugins,
            emoji::join,
            Downloads.folder(),
            ZoneId.systemDefault());
  }

  /** Shows windows until the last one is closed. */
  void run() {
    welcome("");
    display.timerExec(PLUGINS_AFTER_MILLIS, this::startPlugins);
    while (!ended && !display.isDisposed()) {
      turn();
    }
    if (model != null) {
      model.close();
    }
    worker.shutdown();
    plugins.close();
    notifications.close();
    display.dispose();
    await();
  }

  @Override
  public void quit() {
    ended = true;
    closeWindow();
    display.wake();
  }

  @Override
  public void rebuild() {
    context = context.with(texts(settings.language()));
    ChatModel kept = model;
    if (kept != null) {
      MainWindow old = window;
      show(kept);
      if (old != null) {
        old.close();
      }
    }
  }

  private void turn() {
    try {
      if (!display.readAndDispatch()) {
        display.sleep();
      }
    } catch (RuntimeException | Error e) {
      // One listener's fault must not close the window with an unsent text in it.
      if (!plugins.blame(e)) {
        LOG.log(System.Logger.Level.ERROR, "A fault in the window", e);
      }
    }
  }

  /** Behind the first window, which they never keep waiting. */
  private void startPlugins() {
    String home = System.getProperty("chat.home", "");
    Optional<Path> preset =
        Optional.of(Path.of(home, PluginOptions.FOLDER)).filter(Path::isAbsolute);
    var unused = options.plugins().safeMode() ? plugins.safeMode() : plugins.start(preset);
  }

  private void await() {
    try {
      boolean unused = worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome(String reason) {
    WelcomeWindow welcome = new WelcomeWindow(display, context, this::show, () -> ended = true);
    welcome.open(new WelcomeForm(welcome, this::open, executor, settings, context.texts()));
    options.firstStep().ifPresent(step -> begin(welcome, step));
    if (!reason.isEmpty()) {
      welcome.say(reason);
    }
  }

  private static void begin(WelcomeWindow welcome, FirstStep step) {
    switch (step) {
      case FirstStep.CreateOwner(Path file) -> code(file).ifPresent(welcome::createOwner);
      case FirstStep.Follow(String link) -> welcome.follow(link);
    }
  }

  /** The code in a file; none once somebody has used it, when the server takes the file away. */
  private static Optional<String> code(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(code -> !code.isEmpty());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "No invitation in {0}: {1}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private void show(ChatModel entered) {
    if (model != entered) {
      model = entered;
      entered.listen(new SessionEnd(entered));
    }
    MainWindow opened =
        new MainWindow(
            display,
            entered,
            context,
            this,
            (shell, theme) ->
                new NativeDesktopIntegration(shell, theme, context.texts(), notifications));
    window = opened;
    opened.open();
  }

  private void closeWindow() {
    MainWindow old = window;
    window = null;
    if (old != null) {
      old.close();
    }
  }

  private CompletableFuture<ChatModel> open(ServerAddress server, String fingerprint) {
    String name = server.toString().replaceAll("[^A-Za-z0-9.-]", "_");
    ClientConfig config =
        new ClientConfig(
            options.folder().resolve(name),
            server.host(),
            server.port(),
            fingerprint.isEmpty() ? options.fingerprint() : fingerprint,
            System.getProperty("os.name", ""),
            context.texts().language().locale().toLanguageTag(),
            MESSAGES,
            FILES);
    EventRelay relay = new EventRelay(executor);
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return factory.open(config, relay);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            worker)
        .thenApplyAsync(
            service -> {
              ChatModel made =
                  new ChatModel(service, config, executor, worker, InstantSource.system());
              relay.to(made);
              return made;
            },
            executor);
  }

  private static Texts texts(Optional<Language> language) {
    return new Texts(language.orElseGet(() -> Language.of(Locale.getDefault())));
  }

  private static DesktopNotifications notifications(Display display, UiExecutor executor) {
    return SWT.getPlatform().equals("gtk")
        ? new FreedesktopNotifications(DBusConnectionBuilder.forSessionBus(), executor)
        : new BalloonNotifications(display);
  }

  private static Palette palette(ThemeChoice theme) {
    boolean dark =
        switch (theme) {
          case LIGHT -> false;
          case DARK -> true;
          case SYSTEM -> Display.isSystemDarkTheme();
        };
    return dark ? Palette.dark() : Palette.light();
  }

  /** Leads back to the welcome window when the server ends the session. */
  private final class SessionEnd implements ModelListener {
    private final ChatModel mine;

    SessionEnd(ChatModel mine) {
      this.mine = mine;
    }

    @Override
    public void changed(Part part) {
      if (part == Part.LOGGED_OUT && model == mine) {
        model = null;
        mine.forget(this);
        mine.close();
        String why = mine.isAccountEnded() ? "welcome.accountEnded" : "welcome.ended";
        display.asyncExec(() -> {
          welcome(context.texts().get(why));
          closeWindow();
        });
      }
    }
  }
}
