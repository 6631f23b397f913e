// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import chat.desktop.model.platform.DesktopNotifications;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.ToolTip;
import org.eclipse.swt.widgets.Tray;
import org.eclipse.swt.widgets.TrayItem;
import org.jspecify.annotations.Nullable;

/**
 * Notifications of Windows and macOS, which SWT shows as balloons of the icon in the tray. They
 * take no answers.
 *
 * <p><b>Thread.</b> That of the windows.
 */
public final class BalloonNotifications implements DesktopNotifications {
  private final Display display;
  private final Map<Long, ToolTip> balloons = new HashMap<>();
  private @Nullable Listener listener;
  private boolean said;

  public BalloonNotifications(Display display) {
    this.display = display;
  }

  @Override
  public void listen(Listener newListener) {
    listener = newListener;
  }

  @Override
  public void show(Notice notice) {
    Optional<TrayItem> icon = icon();
    Optional<Shell> shell = Arrays.stream(display.getShells()).findFirst();
    if (icon.isEmpty() || shell.isEmpty()) {
      Listener to = listener;
      if (!said && to != null) {
        said = true;
        to.unavailable();
      }
      return;
    }
    withdraw(notice.room());
    ToolTip balloon = new ToolTip(shell.get(), SWT.BALLOON | SWT.ICON_INFORMATION);
    balloon.setText(notice.title());
    balloon.setMessage(notice.text());
    balloon.addListener(
        SWT.Selection,
        _ -> {
          Listener to = listener;
          if (to != null) {
            to.opened(notice.room());
          }
        });
    icon.get().setToolTip(balloon);
    balloon.setVisible(true);
    balloons.put(notice.room(), balloon);
  }

  private Optional<TrayItem> icon() {
    Tray tray = display.getSystemTray();
    return tray == null ? Optional.empty() : Arrays.stream(tray.getItems()).findFirst();
  }

  @Override
  public void withdraw(long room) {
    ToolTip balloon = balloons.remove(room);
    if (balloon != null) {
      balloon.dispose();
    }
  }

  @Override
  public void close() {
    listener = null;
  }
}
