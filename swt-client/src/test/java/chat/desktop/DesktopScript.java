// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.text.ServerAddress;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import chat.desktop.ui.Widgets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/**
 * The program from its first window to its end, over a service played by hand. A program of its
 * own, because it disposes the Display when it ends; {@link DesktopTest} starts it.
 */
final class DesktopScript {
  private final Display display;

  private DesktopScript(Display display) {
    this.display = display;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Options options =
        new Options(
            ServerAddress.parse("h:1"),
            folder,
            "",
            Optional.of(Language.EN),
            Optional.of(ThemeChoice.DARK),
            Optional.empty(),
            new PluginOptions(folder.resolve("plugins"), false));
    Gtk.theme(ThemeChoice.DARK);
    Display display = new Display();
    System.out.println("dark controls: " + Display.isSystemDarkTheme());
    FakeService service = new FakeService();
    Thread.ofPlatform().daemon().start(() -> new DesktopScript(display).play(service));
    new Desktop(display, options, Settings.open(folder), ThemeChoice.DARK, service::open).run();
    System.out.println("closed: " + service.calls.getLast().equals("close"));
  }

  private void play(FakeService service) {
    await("welcome", () -> shell("welcome") != null);
    run(() -> {
      Widgets.text(display, "welcome.name").setText("Robin");
      Widgets.text(display, "welcome.password").setText("correct horse");
      Widgets.send(Widgets.find(shell("welcome"), "submit"));
    });
    await("main", () -> shell("main") != null && shell("welcome") == null);
    System.out.println("title: " + ask(() -> shell("main").getText()));
    run(() -> Widgets.menu(shell("main"), "chat.preferences"));
    run(() -> {
      Shell dialog = shell("preferences");
      ((Combo) Widgets.find(dialog, "language")).select(2);
      Widgets.find(dialog, "button.save").notifyListeners(SWT.Selection, new Event());
    });
    await("chinese", () -> shell("main") != null && shell("main").getText().startsWith("聊天室"));
    run(() -> Widgets.menu(shell("main"), "chat.logOut"));
    await("out", () -> shell("welcome") != null && shell("main") == null);
    System.out.println("closed on log-out: " + service.calls.contains("close"));
    run(() -> Widgets.text(display, "welcome.password").setText("correct horse"));
    run(() -> Widgets.send(Widgets.find(shell("welcome"), "submit")));
    await("in again", () -> shell("main") != null);
    run(() -> Widgets.menu(shell("main"), "chat.endAccount"));
    run(() -> {
      Widgets.text(display, "farewell.name").setText("Robin");
      Widgets.text(display, "farewell.password").setText("correct horse");
      Widgets.send(Widgets.find(shell("endAccount"), "form.ok"));
    });
    await("ended", () -> shell("welcome") != null && shell("main") == null);
    System.out.println("said: " + ask(this::said));
    run(() -> Widgets.text(display, "welcome.password").setText("correct horse"));
    run(() -> Widgets.send(Widgets.find(shell("welcome"), "submit")));
    await("in once more", () -> shell("main") != null);
    run(() -> Widgets.menu(shell("main"), "chat.quit"));
  }

  private String said() {
    return ((Label) Widgets.find(shell("welcome"), "problem.FORM")).getText();
  }

  private Shell shell(String id) {
    return Widgets.shell(display, id).orElse(null);
  }

  private String ask(java.util.function.Supplier<String> question) {
    String[] answer = new String[1];
    display.syncExec(() -> answer[0] = question.get());
    return answer[0];
  }

  private void run(Runnable action) {
    display.syncExec(action);
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    boolean[] holds = new boolean[1];
    while (!holds[0]) {
      display.syncExec(() -> holds[0] = condition.getAsBoolean());
      if (System.nanoTime() > end) {
        System.out.println("did not happen: " + what);
        System.exit(9);
      }
      LockSupport.parkNanos(5_000_000);
    }
    System.out.println("saw " + what);
  }
}
