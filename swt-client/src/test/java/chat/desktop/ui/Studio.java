// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.text.ServerAddress;
import chat.desktop.FakeService;
import chat.desktop.api.Notifier;
import chat.desktop.api.SlashCommand;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.app.Exporter;
import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.Shrug;
import chat.desktop.model.platform.UiExecutor;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.Texts;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginFolder;
import chat.desktop.plugin.PluginHost;
import chat.desktop.view.MainPage;
import chat.desktop.view.WelcomePage;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.welcome.WelcomeWindow;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Palette;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Opens windows over a service for a test. */
public final class Studio {
  private static final Supplier<EmojiCatalog> EMOJI = lazy();

  /** A busy machine is not the fault of a plug-in. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  public final FakeDesktopIntegration outside = new FakeDesktopIntegration();
  public final NoExits exits = new NoExits();
  public final List<String> notified = new CopyOnWriteArrayList<>();
  public final List<ChatModel> entered = new CopyOnWriteArrayList<>();
  public final Settings settings;
  private final Path folder;
  private final Executor work;
  private final UiExecutor executor = new UiExecutor(Ui.display()::asyncExec, System::nanoTime);

  public Studio(Path folder) throws Exception {
    this(folder, Runnable::run);
  }

  /**
   * @param work does what may wait for a disk
   */
  public Studio(Path folder, Executor work) throws Exception {
    this.folder = folder;
    this.work = work;
    settings = Settings.open(folder);
  }

  public AppContext setup(Language language, Palette palette) {
    SlashCommand shout =
        new SlashCommand() {
          @Override
          public String name() {
            return "shout";
          }

          @Override
          public String expand(String arguments) {
            return arguments.toUpperCase(java.util.Locale.ROOT);
          }
        };
    Notifier notifier = (title, text) -> notified.add(title + ": " + text);
    Extensions extensions = new Extensions(List.of(notifier), List.of(shout, new Shrug()));
    return new AppContext(
        palette,
        new Texts(language),
        settings,
        extensions,
        plugins(extensions),
        EMOJI,
        folder.resolve("downloads"),
        ZoneId.of("UTC"));
  }

  /** Runs the plug-ins in the profile's folder, once it is told to start. */
  private PluginHost plugins(Extensions extensions) {
    return new PluginHost(
        Ui.display(),
        new PluginFolder(folder.resolve("plugins")),
        folder.resolve("plugins-cache"),
        extensions,
        PATIENT);
  }

  /** A model over a service, as the program makes it. */
  public ChatModel model(ChatClient.Factory factory, ClientConfig config) {
    EventRelay relay = new EventRelay(executor);
    ChatClient service;
    try {
      service = factory.open(config, relay);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Ui.ask(() -> {
      Exporter exporter = service instanceof Exporter own ? own : Exporter.of(service);
      ChatModel model =
          new ChatModel(
              service,
              exporter,
              config,
              executor,
              work,
              InstantSource.system(),
              Scheduler.over(executor));
      relay.to(model);
      return model;
    });
  }

  public MainPage main(FakeService service) {
    return main(service, setup(Language.EN, Palette.light()));
  }

  public MainPage main(FakeService service, AppContext context) {
    return main(model(service::open, service.config), context);
  }

  /** A window over a model that has entered or will. */
  public MainPage main(ChatModel model, AppContext context) {
    return Ui.ask(() -> {
      MainWindow window = new MainWindow(Ui.display(), model, context, exits, (_, _) -> outside);
      window.shell().setBounds(20, 20, 1000, 680);
      window.open();
      return new MainPage(window);
    });
  }

  public WelcomePage welcome(FakeService service, Language language) {
    return welcome(service::open, setup(language, Palette.light()));
  }

  /** A welcome window; whoever gets in is in {@link #entered}. */
  public WelcomePage welcome(ChatClient.Factory factory, AppContext context) {
    return Ui.ask(() -> {
      WelcomeWindow window = new WelcomeWindow(Ui.display(), context, entered::add, () -> {});
      window.open(
          new WelcomeForm(
              window,
              (address, fingerprint) ->
                  CompletableFuture.supplyAsync(
                      () -> model(factory, config(address, fingerprint)), opening()),
              executor,
              settings,
              context.texts()));
      return new WelcomePage(window);
    });
  }

  private ClientConfig config(ServerAddress address, String fingerprint) {
    return new ClientConfig(folder, address.host(), address.port(), fingerprint, "", "en", 5, 5);
  }

  /** Opening asks the thread of the windows something, so it can't be done there. */
  private Executor opening() {
    return task -> Thread.ofPlatform().daemon().start(() -> work.execute(task));
  }

  private static Supplier<EmojiCatalog> lazy() {
    CompletableFuture<EmojiCatalog> made = CompletableFuture.supplyAsync(EmojiCatalog::new);
    return made::join;
  }
}
