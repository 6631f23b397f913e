// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.RefusedException;
import chat.desktop.model.app.AdministrationActions;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.PopupMenu;
import chat.desktop.view.widget.Theme;
import chat.protocol.AccountAction;
import chat.protocol.AccountInfo;
import chat.protocol.Device;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

/** Everybody who has an account on the server, and what its owners do for them and to them. */
final class ServerPeopleDialog {
  private static final int WIDTH = 580;
  private static final int HEIGHT = 560;
  private static final int MARGIN = 20;

  /** After the last key, before the server is asked. */
  private static final int PAUSE_MILLIS = 200;

  private final Theme theme;
  private final AdministrationActions actions;
  private final Shell shell;
  private final Text words;
  private final ItemList<AccountInfo> accounts;
  private final Label said;
  private final FlatButton more;
  private int asked;

  ServerPeopleDialog(Shell parent, Theme theme, AdministrationActions actions) {
    this.theme = theme;
    this.actions = actions;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "people");
    shell.setText(theme.title("chat.people"));
    shell.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 14;
    layout.verticalSpacing = 10;
    shell.setLayout(layout);
    Composite head = new Composite(shell, SWT.NONE);
    head.setBackground(theme.palette().window());
    head.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    FillLayout inset = new FillLayout();
    inset.marginWidth = MARGIN;
    head.setLayout(inset);
    words = new Text(head, SWT.BORDER | SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    words.setData("id", "people.words");
    words.setMessage(theme.text("people.words"));
    words.addListener(SWT.Modify, _ -> shell.getDisplay().timerExec(PAUSE_MILLIS, this::refresh));
    AccountContent content = new AccountContent(theme, this::open, this::choices);
    accounts = new ItemList<>(shell, theme, content, "people.list", theme.text("people.list"));
    accounts.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    said = new Label(shell, SWT.WRAP);
    said.setData("id", "people.said");
    said.setForeground(theme.palette().text());
    said.setBackground(theme.palette().window());
    said.setLayoutData(wide());
    Composite row = new Composite(shell, SWT.NONE);
    row.setBackground(theme.palette().window());
    RowLayout buttons = new RowLayout();
    buttons.marginLeft = MARGIN - 8;
    buttons.spacing = 8;
    row.setLayout(buttons);
    row.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    more = button(row, "people.more", this::loadMore);
    more.setLayoutData(new RowData());
    button(row, "people.announce", this::announce);
    button(row, "button.close", shell::close);
    refresh();
  }

  private static GridData wide() {
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.horizontalIndent = MARGIN;
    data.widthHint = WIDTH - 3 * MARGIN;
    return data;
  }

  void open() {
    shell.setSize(WIDTH, Math.min(HEIGHT, shell.getMonitor().getClientArea().height));
    Centre.on(shell);
    shell.open();
    words.setFocus();
  }

  private FlatButton button(Composite row, String key, Runnable action) {
    FlatButton button = new FlatButton(row, theme, FlatButton.Weight.LINK, key);
    button.text(theme.text(key)).does(action);
    return button;
  }

  private void refresh() {
    if (!shell.isDisposed()) {
      load("", List.of());
    }
  }

  private void loadMore() {
    if (!accounts.items().isEmpty()) {
      load(accounts.items().getLast().person().name(), accounts.items());
    }
  }

  /** What was asked for before is not waited for. */
  private void load(String after, List<AccountInfo> before) {
    int mine = ++asked;
    var unused =
        actions
            .accounts(words.getText(), after)
            .whenComplete((page, failure) -> {
              if (!shell.isDisposed() && mine == asked) {
                show(before, page, failure);
              }
            });
  }

  private void show(
      List<AccountInfo> before, Reply.@Nullable AccountPage page, @Nullable Throwable failure) {
    if (page == null) {
      if (failure != null) {
        say(FormDialog.words(theme, failure), theme.palette().bad());
      }
      return;
    }
    List<AccountInfo> all = new ArrayList<>(before);
    all.addAll(page.accounts());
    accounts.items(all);
    more.setVisible(page.more());
    if (more.getLayoutData() instanceof RowData data) {
      data.exclude = !page.more();
    }
    shell.layout(true, true);
  }

  private void say(String text, Color color) {
    said.setForeground(color);
    said.setText(text.replace("&", "&&"));
    shell.layout(true, true);
  }

  private void open(AccountInfo account) {
    int index = accounts.items().indexOf(account);
    Rectangle area = accounts.area(index);
    Point corner = accounts.toDisplay(area.x + MARGIN, area.y + area.height);
    PopupMenu.open(accounts, theme, choices(account), corner);
  }

  private List<ItemList.Choice> choices(AccountInfo account) {
    List<ItemList.Choice> choices = new ArrayList<>();
    choices.add(new ItemList.Choice("people.devices", () -> devices(account)));
    choices.add(
        new ItemList.Choice(
            "people.endSessions",
            () ->
                ask(
                    account,
                    "people.endSessions",
                    "people.endSessions.ask",
                    AccountAction.END_SESSIONS)));
    if (account.suspended() == 0) {
      choices.add(new ItemList.Choice("people.resetLink", () -> resetLink(account)));
      choices.add(
          new ItemList.Choice(
              "people.suspend",
              () -> ask(account, "people.suspend", "people.suspend.ask", AccountAction.SUSPEND)));
    } else {
      choices.add(new ItemList.Choice("people.resume", () -> does(account, AccountAction.RESUME)));
    }
    choices.add(role(account, "people.owner", ServerRole.OWNER, AccountAction.MAKE_OWNER));
    choices.add(
        role(account, "people.moderator", ServerRole.MODERATOR, AccountAction.MAKE_MODERATOR));
    choices.add(role(account, "people.member", ServerRole.MEMBER, AccountAction.MAKE_MEMBER));
    choices.add(new ItemList.Choice("people.rename", () -> rename(account)));
    choices.add(
        new ItemList.Choice(
            "people.removeFactor",
            () ->
                ask(
                    account,
                    "people.removeFactor",
                    "people.removeFactor.ask",
                    AccountAction.REMOVE_SECOND_FACTOR)));
    choices.add(
        new ItemList.Choice(
            "people.delete",
            () -> ask(account, "people.delete", "people.delete.ask", AccountAction.DELETE)));
    return choices;
  }

  private ItemList.Choice role(
      AccountInfo account, String key, ServerRole role, AccountAction action) {
    boolean isSo = account.role() == role;
    return new ItemList.Choice(
        key,
        () -> {
          if (!isSo) {
            does(account, action);
          }
        },
        isSo);
  }

  private void ask(AccountInfo account, String key, String question, AccountAction action) {
    AskDialog.warn(
        shell,
        theme,
        theme.text(question, account.person().name()),
        key,
        () -> does(account, action));
  }

  private void does(AccountInfo account, AccountAction action) {
    follow(actions.administer(account, action), theme.text(done(action), account.person().name()));
  }

  private static String done(AccountAction action) {
    return switch (action) {
      case SUSPEND -> "people.done.suspend";
      case RESUME -> "people.done.resume";
      case END_SESSIONS -> "people.done.endSessions";
      case MAKE_OWNER -> "people.done.owner";
      case MAKE_MODERATOR -> "people.done.moderator";
      case MAKE_MEMBER -> "people.done.member";
      case RENAME -> "people.done.rename";
      case REMOVE_SECOND_FACTOR -> "people.done.removeFactor";
      case DELETE -> "people.done.delete";
    };
  }

  private void follow(CompletableFuture<?> asking, String done) {
    var unused =
        asking.whenComplete((_, failure) -> {
          if (shell.isDisposed()) {
            return;
          }
          if (failure == null) {
            say(done, theme.palette().text());
          } else {
            say(why(failure), theme.palette().bad());
          }
          refresh();
        });
  }

  private String why(Throwable failure) {
    return FormDialog.cause(failure) instanceof RefusedException refused
            && refused.refusal().problem() == Problem.NOT_ALLOWED
        ? theme.text("people.lastOwner")
        : FormDialog.words(theme, failure);
  }

  private void devices(AccountInfo account) {
    var unused =
        actions
            .devices(account)
            .whenComplete((devices, failure) -> {
              if (shell.isDisposed()) {
                return;
              }
              if (failure == null) {
                TextDialog.open(
                    shell,
                    theme,
                    "people.devicesOf",
                    "people.devices",
                    theme.text("people.devices.words", account.person().name(), devices.size()),
                    devices.stream().map(this::line).collect(Collectors.joining("\n")));
              } else {
                say(FormDialog.words(theme, failure), theme.palette().bad());
              }
            });
  }

  private String line(Device device) {
    return DeviceContent.name(theme, device)
        + (device.address().isEmpty() ? "" : " · " + device.address())
        + " · "
        + theme.text("devices.used", theme.formats().when(device.used()));
  }

  private void resetLink(AccountInfo account) {
    var unused =
        actions
            .resetLink(account)
            .whenComplete((link, failure) -> {
              if (shell.isDisposed()) {
                return;
              }
              if (failure == null) {
                TextDialog.open(
                    shell,
                    theme,
                    "people.link",
                    "people.resetLink",
                    theme.text("people.resetLink.words", account.person().name()),
                    link.toString());
              } else {
                say(FormDialog.words(theme, failure), theme.palette().bad());
              }
            });
  }

  private void rename(AccountInfo account) {
    FormDialog form = new FormDialog(shell, theme, "people.rename", "people.newName");
    form.words("people.rename.words", account.person().name());
    Text name = form.field("name.new");
    name.setText(account.person().name());
    name.selectAll();
    form.unless(() -> name.getText().isBlank() ? theme.text("welcome.name.empty") : "");
    form.open(
        "name.change",
        () -> actions.rename(account, name.getText().strip()).thenRun(this::refresh));
  }

  private void announce() {
    FormDialog form = new FormDialog(shell, theme, "people.announce", "announce");
    form.words("announce.words");
    Text text = form.area("announce.text");
    text.setText(actions.model().serverNews().current());
    form.open(
        "announce.send", () -> actions.announce(text.getText().strip().replace("\r\n", "\n")));
  }
}
