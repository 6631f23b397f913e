// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.client.ClientConfig;
import chat.desktop.FakeService;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.Shrug;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.platform.UiExecutor;
import chat.desktop.model.room.Intent;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.Texts;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginFolder;
import chat.desktop.plugin.PluginHost;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.welcome.WelcomeWindow;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Palette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;

/** Puts a window on the screen for somebody to look at. */
final class Stage {
  private final Display display;
  private final FakeService service;
  private final AppContext context;
  private final UiExecutor executor;
  private Shell shell;
  private ChatModel model;

  Stage(ThemeChoice theme, String language, FakeService service) throws IOException {
    this.service = service;
    display = new Display();
    executor = new UiExecutor(display::asyncExec, System::nanoTime);
    Path folder = Files.createTempDirectory("gallery");
    Settings settings = Settings.open(folder);
    Extensions extensions = new Extensions(List.of(), List.of(new Shrug()));
    List.of("🎉", "👍", "😂", "❤️", "🚀").forEach(settings::usedEmoji);
    context =
        new AppContext(
            theme == ThemeChoice.DARK ? Palette.dark() : Palette.light(),
            new Texts(Language.valueOf(language.toUpperCase(Locale.ROOT))),
            settings,
            extensions,
            new PluginHost(
                display,
                new PluginFolder(folder.resolve("plugins")),
                folder.resolve("cache"),
                extensions,
                PluginHost.PATIENCE),
            EmojiCatalog::new,
            Path.of("target"),
            ZoneId.systemDefault());
  }

  Display display() {
    return display;
  }

  private ChatModel model(ClientConfig config) {
    EventRelay relay = new EventRelay(executor);
    ChatModel model =
        new ChatModel(
            service.open(config, relay),
            service,
            config,
            executor,
            Runnable::run,
            InstantSource.system(),
            Scheduler.over(executor));
    relay.to(model);
    this.model = model;
    return model;
  }

  void download(chat.protocol.Event.Entry entry, Path target) {
    model.traffic().download(entry, target);
  }

  void openMain(int width, int height) {
    MainWindow window =
        new MainWindow(
            display,
            model(service.config),
            context,
            new NoExits(),
            (_, _) -> new FakeDesktopIntegration());
    shell = window.shell();
    shell.setBounds(10, 10, width, height);
    window.open();
  }

  void openWelcome(String server, String name, String password) {
    WelcomeWindow window = new WelcomeWindow(display, context, _ -> {}, () -> {});
    WelcomeForm form =
        new WelcomeForm(
            window,
            (address, _) ->
                CompletableFuture.completedFuture(
                    model(ClientConfig.of(Path.of("unused"), address.host(), address.port()))),
            executor,
            context.settings(),
            context.texts());
    shell = window.shell();
    shell.setLocation(10, 10);
    window.open(form);
    Widgets.text(display, "welcome.server").setText(server);
    Widgets.text(display, "welcome.name").setText(name);
    Widgets.text(display, "welcome.password").setText(password);
    Widgets.send(Widgets.find(shell, "submit"));
  }

  void afterwards(String scene) {
    display.timerExec(
        900,
        () -> {
          switch (scene) {
            case "emoji" -> Widgets.send(Widgets.find(shell, "emoji"));
            case "search" -> {
              Widgets.send(Widgets.find(shell, "emoji"));
              Widgets.text(display, "emoji.search").setText("heart");
            }
            case "company-switch" -> Widgets.menu(shell, "view.switch");
            case "company-mention" -> {
              Widgets.compose(shell).insert("Hello ");
              Widgets.compose(shell).setCaretOffset(6);
              Widgets.key(Widgets.compose(shell), '2', '@', 0);
            }
            case "company-reply" -> {
              Widgets.compose(shell).insert("Ja");
              model.intend(
                  model.current(),
                  new Intent.Answer((Row.MessageRow) model.current().transcript().rows().get(8)));
            }
            case "company-room" -> Widgets.menu(shell, "chat.newRoom");
            case "company-details" -> {
              model.select(model.room(Gallery.GARDEN));
              Widgets.menu(shell, "view.room");
            }
            case "company-profile" -> Widgets.menu(shell, "chat.profile");
            case "company-person" -> {
              model.select(model.room(Gallery.DIRECT));
              Widgets.menu(shell, "view.room");
            }
            case "company-edit" -> {
              model.select(model.room(Gallery.GARDEN));
              Widgets.menu(shell, "view.room");
              Widgets.send(Widgets.find(Widgets.shell(display, "room").orElseThrow(), "room.edit"));
            }
            case "company-export" -> Widgets.menu(shell, "chat.exportRoom");
            case "company-exporting", "company-exported" -> {
              Widgets.menu(shell, "chat.exportRoom");
              Widgets.send(
                  Widgets.find(Widgets.shell(display, "export").orElseThrow(), "export.go"));
            }
            case "company-export-account" -> Widgets.menu(shell, "chat.exportAccount");
            case "company-devices" -> Widgets.menu(shell, "chat.devices");
            case "company-password" -> {
              Widgets.menu(shell, "chat.devices");
              Shell devices = Widgets.shell(display, "devices").orElseThrow();
              Widgets.send(Widgets.find(devices, "devices.password"));
            }
            case "company-end" -> Widgets.menu(shell, "chat.endAccount");
            case "company-end-refused" -> {
              Widgets.menu(shell, "chat.endAccount");
              Shell end = Widgets.shell(display, "endAccount").orElseThrow();
              display.timerExec(800, () -> Widgets.send(Widgets.find(end, "form.ok")));
            }
            case "company-invite" -> Widgets.menu(shell, "chat.inviteToServer");
            case "company-invited" -> {
              Widgets.menu(shell, "chat.inviteToServer");
              Shell invite = Widgets.shell(display, "inviteToServer").orElseThrow();
              Widgets.send(Widgets.find(invite, "form.ok"));
            }
            case "company-direct" -> model.select(model.room(Gallery.DIRECT));
            case "company-find" -> {
              Widgets.menu(shell, "edit.find");
              Widgets.text(display, "find.field").setText("的");
              Widgets.find(shell, "find.field").notifyListeners(SWT.DefaultSelection, new Event());
            }
            case "preferences" -> Widgets.menu(shell, "chat.preferences");
            case "shortcuts" -> Widgets.menu(shell, "help.shortcuts");
            case "about" -> Widgets.menu(shell, "help.about");
            default -> {}
          }
        });
  }
}
