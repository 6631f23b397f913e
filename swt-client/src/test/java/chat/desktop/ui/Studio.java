// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.client.ClientConfig;
import chat.desktop.FakeService;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ChatService;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.platform.Hop;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.SlashCommands;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.ServerAddress;
import chat.desktop.model.text.Texts;
import chat.desktop.spi.SlashCommand;
import chat.desktop.view.MainPage;
import chat.desktop.view.WelcomePage;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.welcome.WelcomeWindow;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Setup;
import java.io.IOException;
import java.nio.file.Path;
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

  public final FakeOutside outside = new FakeOutside();
  public final NoExits exits = new NoExits();
  public final List<String> notified = new CopyOnWriteArrayList<>();
  public final List<ChatModel> entered = new CopyOnWriteArrayList<>();
  public final Settings settings;
  private final Path folder;
  private final Executor work;
  private final Hop hop = new Hop(Ui.display()::asyncExec, System::nanoTime);

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

  public Setup setup(Language language, Palette palette) {
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
    return new Setup(
        palette,
        new Texts(language),
        settings,
        List.of((title, text) -> notified.add(title + ": " + text)),
        new SlashCommands(List.of(shout)),
        EMOJI,
        folder.resolve("downloads"),
        ZoneId.of("UTC"));
  }

  /** A model over a service, as the program makes it. */
  public ChatModel model(ChatService.Factory factory, ClientConfig config) {
    EventRelay relay = new EventRelay(hop);
    ChatService service;
    try {
      service = factory.open(config, relay);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Ui.ask(() -> {
      ChatModel model = new ChatModel(service, config, hop, work, InstantSource.system());
      relay.to(model);
      return model;
    });
  }

  public MainPage main(FakeService service) {
    return main(service, setup(Language.EN, Palette.light()));
  }

  public MainPage main(FakeService service, Setup setup) {
    return main(model(service::open, service.config), setup);
  }

  /** A window over a model that has entered or will. */
  public MainPage main(ChatModel model, Setup setup) {
    return Ui.ask(() -> {
      MainWindow window = new MainWindow(Ui.display(), model, setup, exits, _ -> outside);
      window.shell().setBounds(20, 20, 1000, 680);
      window.open();
      return new MainPage(window);
    });
  }

  public WelcomePage welcome(FakeService service, Language language) {
    return welcome(service::open, setup(language, Palette.light()));
  }

  /** A welcome window; whoever gets in is in {@link #entered}. */
  public WelcomePage welcome(ChatService.Factory factory, Setup setup) {
    return Ui.ask(() -> {
      WelcomeWindow window = new WelcomeWindow(Ui.display(), setup, entered::add, () -> {});
      window.open(
          new WelcomeForm(
              window,
              (address, fingerprint) ->
                  CompletableFuture.supplyAsync(
                      () -> model(factory, config(address, fingerprint)), opening()),
              hop,
              settings,
              setup.texts()));
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
