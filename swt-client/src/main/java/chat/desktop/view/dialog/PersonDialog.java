// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.RoomActions;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Pages;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.ContactAction;
import chat.protocol.Person;
import chat.protocol.Profile;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;

/** What somebody says of themselves, and what can be done about them. */
final class PersonDialog {
  private static final int FACE = 72;

  private final Theme theme;
  private final ChatModel model;
  private final RoomActions actions;
  private final Profile profile;
  private final Shell shell;

  private PersonDialog(Shell parent, Theme theme, RoomActions actions, Profile profile) {
    this.theme = theme;
    this.model = actions.model();
    this.actions = actions;
    this.profile = profile;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", "person");
    shell.setText(profile.person().shown());
    shell.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 24;
    layout.marginHeight = 20;
    shell.setLayout(layout);
  }

  static void open(Shell parent, Theme theme, RoomActions actions, Profile profile) {
    PersonDialog dialog = new PersonDialog(parent, theme, actions, profile);
    dialog.fill();
    dialog.shell.pack();
    Centre.on(dialog.shell);
    dialog.shell.open();
  }

  private void fill() {
    Person person = profile.person();
    Palette palette = theme.palette();
    Composite page = Pages.page(shell, theme);
    Canvas face = new Canvas(page, SWT.DOUBLE_BUFFERED);
    face.setBackground(palette.window());
    GridData data = new GridData(SWT.CENTER, SWT.CENTER, true, false);
    data.widthHint = FACE + 4;
    data.heightHint = FACE + 4;
    face.setLayoutData(data);
    face.addListener(
        SWT.Paint,
        event -> {
          Paint.avatar(event.gc, theme, person, 2, 2, FACE);
          Paint.presence(
              event.gc,
              theme,
              model.people().availability(person.account()),
              palette.window(),
              FACE - 8,
              FACE - 8);
        });
    Pages.heading(page, theme, person.shown());
    quiet(page, "@" + person.name() + (seen().isEmpty() ? "" : " · " + seen()));
    if (!profile.status().isEmpty()) {
      Pages.text(page, theme, profile.status(), theme.fonts().bold(), palette.text());
    }
    if (!profile.about().isEmpty()) {
      Pages.text(page, theme, profile.about(), theme.fonts().normal(), palette.text());
    }
    buttons(page, person);
  }

  private void quiet(Composite page, String text) {
    Pages.text(page, theme, text, theme.fonts().small(), theme.palette().quiet())
        .setAlignment(SWT.CENTER);
  }

  private String seen() {
    if (model.people().isOnline(profile.person())) {
      return theme.text("person.here");
    }
    return profile.lastSeen() == 0
        ? ""
        : theme.text("person.seen", theme.formats().when(profile.lastSeen()));
  }

  private void buttons(Composite page, Person person) {
    if (person.account() == model.account()) {
      return;
    }
    FlatButton.Weight main = FlatButton.Weight.ACCENT;
    if (profile.blocked()) {
      approach(page, main, "person.unblock", ContactAction.UNBLOCK);
      return;
    }
    button(page, main, "person.talk", () -> actions.talk(person));
    FlatButton.Weight link = FlatButton.Weight.LINK;
    switch (profile.relation()) {
      case NONE -> approach(page, link, "person.befriend", ContactAction.REQUEST);
      case OUTGOING -> approach(page, link, "person.withdraw", ContactAction.WITHDRAW);
      case INCOMING -> approach(page, link, "person.accept", ContactAction.ACCEPT);
      case FRIEND -> approach(page, link, "person.remove", ContactAction.REMOVE);
    }
    approach(page, link, "person.block", ContactAction.BLOCK);
  }

  private void approach(
      Composite page, FlatButton.Weight weight, String key, ContactAction action) {
    button(page, weight, key, () -> actions.approach(profile.person(), action));
  }

  private void button(Composite page, FlatButton.Weight weight, String key, Runnable action) {
    Pages.button(
        page,
        theme,
        weight,
        key,
        theme.text(key),
        () -> {
          shell.close();
          action.run();
        });
  }
}
