// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.platform.Autostart;
import chat.desktop.model.platform.QuietHours;
import chat.desktop.model.platform.Settings;
import chat.desktop.view.widget.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** How the client makes itself noticed, and whether it stays when its window is closed. */
final class NotificationPreferences {
  private static final System.Logger LOG =
      System.getLogger(NotificationPreferences.class.getName());

  private final Composite parent;
  private final Theme theme;
  private final Settings settings;
  private final Optional<Autostart> autostart;
  private final Button notifications;
  private final Button sound;
  private final Text quiet;
  private final Button closeToTray;
  private final Button starts;

  /**
   * @param parent with a grid of two columns
   */
  NotificationPreferences(Composite parent, Theme theme, Settings settings) {
    this.parent = parent;
    this.theme = theme;
    this.settings = settings;
    this.autostart =
        Autostart.of(
            System.getProperty("os.name", ""),
            Path.of(System.getProperty("user.home", "")),
            System.getenv(),
            System.getProperty("chat.home", ""));
    notifications = check("notifications", "preferences.notifications", settings.notifications());
    sound = check("notifications.sound", "preferences.sound", settings.notificationSound());
    new Label(parent, SWT.NONE).setText(theme.text("preferences.quiet"));
    quiet = new Text(parent, SWT.BORDER);
    quiet.setData("id", "notifications.quiet");
    quiet.setMessage(theme.text("preferences.quietHint"));
    quiet.setToolTipText(theme.text("preferences.quietHint"));
    quiet.setText(settings.quietHours().map(QuietHours::toString).orElse(""));
    quiet.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    closeToTray = check("closeToTray", "preferences.closeToTray", settings.closeToTray());
    boolean on = autostart.filter(Autostart::enabled).isPresent();
    starts = check("autostart", "preferences.autostart", on);
    starts.setEnabled(autostart.isPresent());
  }

  private Button check(String id, String key, boolean on) {
    Button button = new Button(parent, SWT.CHECK);
    button.setData("id", id);
    button.setText(theme.text(key));
    button.setSelection(on);
    button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
    return button;
  }

  /** Keeps what was chosen; false, and the field has the keys, if the hours are none. */
  boolean save() {
    Optional<QuietHours> hours = QuietHours.parse(quiet.getText());
    if (hours.isEmpty() && !quiet.getText().isBlank()) {
      quiet.setFocus();
      quiet.selectAll();
      return false;
    }
    settings.quietHours(hours);
    settings.notifications(notifications.getSelection());
    settings.notificationSound(sound.getSelection());
    settings.closeToTray(closeToTray.getSelection());
    autostart.filter(each -> each.enabled() != starts.getSelection()).ifPresent(this::switchStart);
    return true;
  }

  private void switchStart(Autostart each) {
    try {
      each.enabled(starts.getSelection());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Not kept: " + each.file(), e);
    }
  }
}
