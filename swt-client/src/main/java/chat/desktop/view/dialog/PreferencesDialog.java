// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/** What the user can choose. The language changes at once, the theme with the next start. */
public final class PreferencesDialog {
  private final Theme theme;
  private final Settings settings;
  private final Runnable languageChanged;
  private final Shell shell;
  private final Combo language;
  private final Combo themes;
  private final NotificationPreferences notifications;

  /**
   * @param plugins opens the list of plug-ins
   */
  public PreferencesDialog(
      Shell parent, Theme theme, Settings settings, Runnable languageChanged, Runnable plugins) {
    this.theme = theme;
    this.settings = settings;
    this.languageChanged = languageChanged;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", "preferences");
    shell.setText(theme.title("chat.preferences"));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.horizontalSpacing = 16;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    language = combo("preferences.language", "language", languages());
    language.select(settings.language().map(l -> l.ordinal() + 1).orElse(0));
    themes = combo("preferences.theme", "theme", themes());
    themes.select(settings.theme().ordinal());
    hint("preferences.restart");
    notifications = new NotificationPreferences(shell, theme, settings);
    plugins(plugins);
    buttons();
  }

  private void plugins(Runnable open) {
    Button button = new Button(shell, SWT.PUSH);
    button.setData("id", "preferences.plugins");
    button.setText(theme.text("chat.plugins"));
    button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
    button.addListener(
        SWT.Selection,
        _ -> {
          shell.close();
          open.run();
        });
  }

  public void open() {
    shell.pack();
    Centre.on(shell);
    shell.open();
  }

  private List<String> languages() {
    Stream<String> names = Arrays.stream(Language.values()).map(Language::ownName);
    return Stream.concat(Stream.of(theme.text("preferences.system")), names).toList();
  }

  private List<String> themes() {
    return Arrays.stream(ThemeChoice.values())
        .map(choice -> theme.text("preferences.theme." + choice.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private Combo combo(String key, String id, List<String> choices) {
    label(key);
    Combo combo = new Combo(shell, SWT.DROP_DOWN | SWT.READ_ONLY);
    combo.setData("id", id);
    combo.setItems(choices.toArray(String[]::new));
    combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    return combo;
  }

  private void label(String key) {
    new Label(shell, SWT.NONE).setText(theme.text(key));
  }

  private void hint(String key) {
    Label hint = new Label(shell, SWT.NONE);
    hint.setText(theme.text(key));
    hint.setFont(theme.fonts().small());
    hint.setForeground(theme.palette().quiet());
    hint.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false, 2, 1));
  }

  private void buttons() {
    Composite bar = new Composite(shell, SWT.NONE);
    GridLayout layout = new GridLayout(2, true);
    layout.marginWidth = 0;
    bar.setLayout(layout);
    bar.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false, 2, 1));
    Button cancel = button(bar, "button.cancel");
    cancel.addListener(SWT.Selection, _ -> shell.close());
    Button save = button(bar, "button.save");
    save.addListener(SWT.Selection, _ -> save());
    shell.setDefaultButton(save);
  }

  private Button button(Composite bar, String key) {
    Button button = new Button(bar, SWT.PUSH);
    button.setText(theme.text(key));
    button.setData("id", key);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = 100;
    button.setLayoutData(data);
    return button;
  }

  private void save() {
    if (!notifications.save()) {
      return;
    }
    int chosen = language.getSelectionIndex();
    Optional<Language> wanted =
        chosen <= 0 ? Optional.empty() : Optional.of(Language.values()[chosen - 1]);
    boolean otherLanguage = !wanted.equals(settings.language());
    settings.language(wanted);
    settings.theme(ThemeChoice.values()[themes.getSelectionIndex()]);
    shell.close();
    if (otherLanguage) {
      languageChanged.run();
    }
  }
}
