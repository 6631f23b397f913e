// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import chat.desktop.api.Notifier;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.notify.NotificationRules;
import chat.desktop.model.notify.RoomNotices;
import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.platform.Scheduler;
import chat.desktop.notify.Chime;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import chat.protocol.Availability;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Shell;

/** How one main window makes itself noticed while it is open, and how it comes back. */
public final class WindowAlerts implements ModelListener, RoomNotices.Window {
  private final Shell shell;
  private final Theme theme;
  private final AppContext context;
  private final ChatModel model;
  private final Consumer<String> say;
  private final TrayIcon tray;
  private final Chime chime = new Chime();
  private boolean urgent;

  /**
   * @param say shows words in the window
   * @param quit ends the program
   */
  public WindowAlerts(
      Shell shell,
      Theme theme,
      AppContext context,
      ChatModel model,
      DesktopNotifications desktop,
      Consumer<String> say,
      Runnable quit) {
    this.shell = shell;
    this.theme = theme;
    this.context = context;
    this.model = model;
    this.say = say;
    Image[] icons = AppIcon.all(shell.getDisplay(), theme.palette());
    shell.setImages(icons);
    tray = new TrayIcon(shell, theme, this::bringToFront, () -> choices(quit));
    Scheduler scheduler = Scheduler.over(shell.getDisplay()::asyncExec);
    RoomNotices notices =
        new RoomNotices(model, rules(), context.texts(), desktop, scheduler, this);
    notices.start();
    model.listen(this);
    tray.count(model.calling());
    shell.addListener(SWT.Activate, _ -> urgent(false));
    shell.addListener(
        SWT.Dispose,
        _ -> {
          model.forget(this);
          notices.stop();
          tray.dispose();
          chime.close();
          for (Image icon : icons) {
            icon.dispose();
          }
        });
  }

  private NotificationRules rules() {
    return new NotificationRules(model, context.settings(), context.zone());
  }

  private List<ItemList.Choice> choices(Runnable quit) {
    boolean busy = model.attendance().chosen() == Availability.DO_NOT_DISTURB;
    Availability other = busy ? Availability.ONLINE : Availability.DO_NOT_DISTURB;
    return List.of(
        new ItemList.Choice("tray.open", this::bringToFront),
        new ItemList.Choice("be.busy", () -> model.attendance().choose(other), busy),
        new ItemList.Choice("chat.quit", quit));
  }

  /**
   * Puts the window away instead of closing it; false if it is to be closed. Where nobody can be
   * sure of a tray, it stays in the list of windows.
   */
  public boolean putAway() {
    if (!context.settings().closeToTray()) {
      return false;
    }
    if (SWT.getPlatform().equals("win32")) {
      shell.setVisible(false);
    } else {
      shell.setMinimized(true);
    }
    return true;
  }

  @Override
  public void changed(Part part) {
    if (part == Part.ROOMS && !shell.isDisposed()) {
      tray.count(model.calling());
    }
  }

  @Override
  public boolean away() {
    return shell.getDisplay().getActiveShell() == null
        || shell.getMinimized()
        || !shell.isVisible();
  }

  @Override
  public void told(String title, String text, boolean audible) {
    context.extensions().tellAll(Notifier.class, notifier -> notifier.show(title, text));
    if (audible && context.settings().notificationSound()) {
      chime.play();
    }
    urgent(true);
  }

  private void urgent(boolean now) {
    if (urgent != now) {
      urgent = now;
      Urgency.set(shell, now);
    }
  }

  @Override
  public void bringToFront() {
    shell.setVisible(true);
    shell.setMinimized(false);
    shell.forceActive();
  }

  @Override
  public void say(String words) {
    say.accept(words);
  }
}
