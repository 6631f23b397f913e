// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.app.WelcomeForm.Mode;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.text.Refusals.Field;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Pages;
import chat.desktop.view.widget.Theme;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** Server, name and password, each with a place for what is wrong with it. */
final class LogInPage extends Composite {
  private static final char HIDDEN = '•';

  private final Theme theme;
  private final BiConsumer<Mode, LogInPage> onSubmit;
  private final Text server;
  private final Text name;
  private final Text password;
  private final Text invitation;
  private final Text code;
  private final FlatButton show;
  private final FlatButton logInTab;
  private final FlatButton registerTab;
  private final FlatButton submit;
  private final Map<Field, Label> places = new EnumMap<>(Field.class);
  private final List<Control> forRegistering;
  private final List<Control> forName;
  private final List<Control> forCode;
  private final Label passwordLabel;
  private Mode mode = Mode.LOG_IN;
  private String ownersCode = "";

  LogInPage(
      Composite parent, Theme theme, Settings settings, BiConsumer<Mode, LogInPage> onSubmit) {
    super(parent, SWT.NONE);
    this.theme = theme;
    this.onSubmit = onSubmit;
    setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.verticalSpacing = 4;
    setLayout(layout);
    Pages.logo(this, theme);
    Pages.heading(this, theme, theme.text("app.name"));
    Composite tabs = tabs();
    logInTab = tab(tabs, "welcome.logIn", Mode.LOG_IN);
    registerTab = tab(tabs, "welcome.register", Mode.REGISTER);
    server = field("welcome.server", Field.SERVER, this, SWT.BORDER);
    server.setMessage("chat.example.org");
    server.setText(settings.server());
    int beforeName = getChildren().length;
    name = field("welcome.name", Field.NAME, this, SWT.BORDER);
    name.setText(settings.name());
    forName = List.of(getChildren()).subList(beforeName, getChildren().length);
    int beforePassword = getChildren().length;
    password = field("welcome.password", Field.PASSWORD, this, SWT.BORDER);
    passwordLabel = (Label) getChildren()[beforePassword];
    password.setEchoChar(HIDDEN);
    show = eye();
    int before = getChildren().length;
    invitation = field("welcome.invitation", Field.INVITATION, this, SWT.BORDER);
    invitation.setMessage(theme.text("welcome.invitation.hint"));
    for (Text field : new Text[] {server, invitation}) {
      field.addListener(SWT.Modify, _ -> invited(field));
    }
    invitation.addListener(SWT.Modify, _ -> labelled());
    Control[] all = getChildren();
    forRegistering = List.of(all).subList(before, all.length);
    int beforeCode = all.length;
    code = field("welcome.code", Field.CODE, this, SWT.BORDER);
    code.setMessage(theme.text("welcome.code.hint"));
    forCode = List.of(getChildren()).subList(beforeCode, getChildren().length);
    place(Field.FORM);
    submit = new FlatButton(this, theme, FlatButton.Weight.ACCENT, "submit");
    submit.does(this::submit);
    GridData submitData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    submitData.heightHint = 42;
    submit.setLayoutData(submitData);
    mode(Mode.LOG_IN);
  }

  private Composite tabs() {
    Composite tabs = new Composite(this, SWT.NONE);
    tabs.setBackground(theme.palette().hover());
    tabs.addListener(SWT.Paint, event -> Pages.roundCorners(event.gc, tabs, theme.palette()));
    GridLayout two = new GridLayout(2, true);
    two.marginWidth = 3;
    two.marginHeight = 3;
    tabs.setLayout(two);
    GridData tabsData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    tabsData.verticalIndent = 10;
    tabs.setLayoutData(tabsData);
    return tabs;
  }

  String server() {
    return server.getText();
  }

  String name() {
    return name.getText();
  }

  String password() {
    return password.getText();
  }

  /** Empty where somebody only logs in. */
  String invitation() {
    return mode == Mode.LOG_IN ? "" : invitation.getText();
  }

  /** Empty where nobody asked for it. */
  String secondFactor() {
    return code.isVisible() ? code.getText() : "";
  }

  /** Puts the cursor into the first field that is empty. */
  void focus() {
    if (server.getText().isEmpty()) {
      server.setFocus();
    } else if (mode != Mode.RESET && name.getText().isEmpty()) {
      name.setFocus();
    } else {
      password.setFocus();
    }
  }

  void problems(Map<Field, String> problems) {
    if (problems.containsKey(Field.CODE)) {
      show(forCode, true);
      code.selectAll();
    }
    places.forEach(
        (field, label) -> label.setText(problems.getOrDefault(field, "").replace("&", "&&")));
    submit.requestLayout();
    problems.keySet().stream()
        .min(Field::compareTo)
        .ifPresent(field -> {
          switch (field) {
            case SERVER -> server.setFocus();
            case NAME -> name.setFocus();
            case PASSWORD -> password.setFocus();
            case INVITATION -> invitation.setFocus();
            case CODE -> code.setFocus();
            case FORM -> {}
          }
        });
  }

  /** Offers to create the account of the owner; everything else can be chosen as always. */
  void createOwner(String code) {
    ownersCode = code;
    invitation.setText(code);
    mode(Mode.REGISTER);
    focus();
  }

  /** As if the link had been pasted. */
  void follow(String link) {
    server.setText(link);
  }

  /** Shows that the server is asked; empty for no longer. */
  void working(String text) {
    boolean free = text.isEmpty();
    for (Text field : new Text[] {server, name, password, invitation, code}) {
      field.setEnabled(free);
    }
    submit.setEnabled(free);
    submit.text(free ? label() : text);
  }

  private String label() {
    return theme.text(
        switch (mode) {
          case LOG_IN -> "welcome.logIn";
          case REGISTER ->
              !ownersCode.isEmpty() && invitation.getText().equals(ownersCode)
                  ? "welcome.owner"
                  : "welcome.register";
          case RESET -> "welcome.reset";
        });
  }

  private void labelled() {
    if (submit.isEnabled()) {
      submit.text(label());
    }
  }

  private void mode(Mode chosen) {
    mode = chosen;
    logInTab.on(chosen == Mode.LOG_IN);
    registerTab.on(chosen == Mode.REGISTER);
    show(forRegistering, chosen != Mode.LOG_IN);
    show(forName, chosen != Mode.RESET);
    show(forCode, false);
    passwordLabel.setText(theme.text(chosen == Mode.RESET ? "password.next" : "welcome.password"));
    if (forRegistering.getFirst() instanceof Label label) {
      label.setText(theme.text(chosen == Mode.RESET ? "welcome.reset.link" : "welcome.invitation"));
    }
    submit.text(label());
    problems(Map.of());
  }

  private static void show(List<Control> parts, boolean on) {
    for (Control part : parts) {
      part.setVisible(on);
      ((GridData) part.getLayoutData()).exclude = !on;
    }
  }

  /** Takes a link apart wherever it was pasted. */
  private void invited(Text field) {
    String text = field.getText();
    WelcomeForm.invited(text).ifPresent(link -> fill(Mode.REGISTER, link));
    WelcomeForm.reset(text).ifPresent(link -> fill(Mode.RESET, link));
  }

  private void fill(Mode chosen, WelcomeForm.Invited link) {
    if (!link.address().equals(server.getText()) || !link.link().equals(invitation.getText())) {
      mode(chosen);
      server.setText(link.address());
      invitation.setText(link.link());
      focus();
    }
  }

  private void submit() {
    if (submit.isEnabled()) {
      onSubmit.accept(mode, this);
    }
  }

  private FlatButton tab(Composite parent, String key, Mode chosen) {
    FlatButton tab = new FlatButton(parent, theme, FlatButton.Weight.TAB, key);
    tab.text(theme.text(key)).does(() -> mode(chosen));
    tab.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
    return tab;
  }

  private Text field(String key, Field field, Composite parent, int style) {
    Label label = new Label(parent, SWT.NONE);
    label.setText(theme.text(key));
    label.setForeground(theme.palette().text());
    label.setBackground(theme.palette().window());
    GridData labelData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    labelData.verticalIndent = 6;
    label.setLayoutData(labelData);
    Composite holder = parent;
    if (field == Field.PASSWORD) {
      holder = new Composite(parent, SWT.NONE);
      holder.setBackground(theme.palette().window());
      GridLayout beside = new GridLayout(2, false);
      beside.marginWidth = 0;
      beside.marginHeight = 0;
      holder.setLayout(beside);
      holder.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    }
    Text text = new Text(holder, style);
    text.setData("id", key);
    text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    text.addListener(SWT.DefaultSelection, _ -> submit());
    place(field);
    return text;
  }

  private FlatButton eye() {
    FlatButton eye =
        new FlatButton(password.getParent(), theme, FlatButton.Weight.QUIET, "welcome.show");
    eye.icon(Icon.EYE).tip(theme.text("welcome.show"));
    eye.does(this::toggle);
    return eye;
  }

  private void toggle() {
    boolean hidden = password.getEchoChar() != '\0';
    password.setEchoChar(hidden ? '\0' : HIDDEN);
    show.icon(hidden ? Icon.EYE_OFF : Icon.EYE);
  }

  private void place(Field field) {
    Label label = new Label(this, SWT.WRAP);
    label.setFont(theme.fonts().small());
    label.setForeground(theme.palette().bad());
    label.setBackground(theme.palette().window());
    label.setData("id", "problem." + field);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = 340;
    label.setLayoutData(data);
    places.put(field, label);
  }
}
