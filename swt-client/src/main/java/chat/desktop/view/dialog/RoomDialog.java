// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.app.SwitchTargets;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Rights;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.ShownSettings;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Portrait;
import chat.desktop.view.widget.Theme;
import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.RoomInfo;
import chat.protocol.RoomSettings;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** A room with its members, and what this account may do about both. */
final class RoomDialog implements ModelListener {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 560;
  private static final int PICTURE = 56;

  private final Theme theme;
  private final ChatModel model;
  private final RoomActions actions;
  private final Room room;
  private final Shell shell;
  private final Canvas picture;
  private final Label title;
  private final Label topic;
  private final ItemList<Member> members;

  RoomDialog(Shell parent, Theme theme, RoomDialogs dialogs, Room room) {
    this.theme = theme;
    this.model = dialogs.model();
    this.actions = dialogs.actions();
    this.room = room;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "room");
    shell.setText(theme.name(room));
    shell.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 14;
    shell.setLayout(layout);
    Composite head = head();
    picture = picture(head);
    title = text(head, "");
    title.setFont(theme.fonts().title());
    topic = text(head, "");
    topic.setForeground(theme.palette().quiet());
    buttons(dialogs);
    MemberContent content = new MemberContent(theme, model, room, actions, dialogs::person);
    members = new ItemList<>(shell, theme, content, "room.members", theme.text("room.members"));
    members.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    shell.addListener(SWT.Dispose, _ -> model.forget(this));
    model.listen(this);
    refresh();
  }

  void open() {
    shell.setSize(WIDTH, Math.min(HEIGHT, shell.getMonitor().getClientArea().height));
    Centre.on(shell);
    shell.open();
    members.setFocus();
  }

  @Override
  public void changed(Part part) {
    if ((part == Part.ROOMS || part == Part.SIGNS) && !shell.isDisposed()) {
      shell.getDisplay().asyncExec(this::refresh);
    }
  }

  private void refresh() {
    if (shell.isDisposed()) {
      return;
    }
    if (model.room(room.id()) == null) {
      shell.close();
      return;
    }
    title.setText(words(theme.title(room)));
    String count = theme.text("goal.members", room.info().members());
    String details = ShownSettings.details(theme.texts(), room.info().settings());
    topic.setText(words(details.isEmpty() ? count : count + " · " + details));
    shell.layout(true, true);
    picture.redraw();
    model.loadMembers(room);
    if (!room.members().equals(members.items())) {
      members.items(room.members());
    }
  }

  private static String words(String text) {
    return text.replace("&", "&&");
  }

  private Composite head() {
    Composite head = new Composite(shell, SWT.NONE);
    head.setBackground(theme.palette().window());
    head.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 18;
    layout.marginHeight = 0;
    layout.horizontalSpacing = 14;
    head.setLayout(layout);
    return head;
  }

  private Canvas picture(Composite head) {
    Canvas canvas = new Canvas(head, SWT.DOUBLE_BUFFERED);
    canvas.setData("id", "room.picture");
    canvas.setBackground(theme.palette().window());
    GridData square = new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false, 1, 2);
    square.widthHint = PICTURE;
    square.heightHint = PICTURE;
    canvas.setLayoutData(square);
    canvas.addListener(SWT.Paint, event -> Paint.room(event.gc, theme, room.info(), 0, 0, PICTURE));
    return canvas;
  }

  private Label text(Composite head, String text) {
    Label label = new Label(head, SWT.WRAP);
    label.setText(words(text));
    label.setForeground(theme.palette().text());
    label.setBackground(theme.palette().window());
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = WIDTH - 40 - PICTURE;
    label.setLayoutData(data);
    return label;
  }

  private void buttons(RoomDialogs dialogs) {
    Composite row = new Composite(shell, SWT.NONE);
    row.setBackground(theme.palette().window());
    RowLayout layout = new RowLayout();
    layout.marginLeft = 12;
    layout.spacing = 4;
    row.setLayout(layout);
    GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
    wide.widthHint = WIDTH - 20;
    row.setLayoutData(wide);
    button(row, "room.invite", rights()::invite, this::invite);
    button(row, "room.edit", rights()::set, () -> edit(dialogs.integration()));
    button(row, "room.unban", rights()::unban, this::unban);
    button(
        row,
        room.info().settings().archived() ? "room.revive" : "room.archive",
        rights()::archive,
        this::archive);
    button(
        row,
        room.silent() ? "room.loud" : "room.silent",
        () -> true,
        () -> {
          actions.silence(room);
          shell.close();
        });
    button(row, "chat.exportRoom", () -> true, () -> dialogs.export(room));
    button(row, "room.leave", room::mayLeave, () -> dialogs.leave(room));
  }

  private Rights rights() {
    return new Rights(room, model.clock().millis());
  }

  private void button(Composite row, String key, BooleanSupplier may, Runnable action) {
    if (may.getAsBoolean()) {
      FlatButton button = new FlatButton(row, theme, FlatButton.Weight.LINK, key);
      button.text(theme.title(key)).does(action);
    }
  }

  private void invite() {
    new QuickSwitcher(
            shell,
            theme,
            model,
            "room.invite",
            Set.of(SwitchTargets.Kind.PEOPLE),
            target -> {
              if (target instanceof SwitchTarget.ToPerson(var person)) {
                actions.manage(room, person, ModerationAction.INVITE, 0);
              }
            })
        .open();
  }

  private void edit(DesktopIntegration integration) {
    FormDialog form = new FormDialog(shell, theme, "room.edit", "editRoom");
    RoomInfo now = room.info();
    PictureChoice chosen =
        new PictureChoice(
            form,
            theme,
            model,
            integration,
            Portrait.Shape.TILE,
            now.picture() != 0,
            (gc, side, pictured) -> Paint.room(gc, theme, pictured ? now : bare(now), 0, 0, side));
    Text name = form.field("room.name");
    name.setText(now.name());
    Text about = form.field("room.topic");
    about.setText(now.settings().topic());
    Button readOnly = form.check("room.readOnly", now.settings().readOnly());
    form.open(
        "button.save",
        () ->
            chosen
                .save(bytes -> actions.setPicture(room, bytes))
                .thenCompose(_ ->
                    set(
                        RoomSettings.Change.NONE
                            .withName(name.getText().strip())
                            .withTopic(about.getText().strip())
                            .withReadOnly(readOnly.getSelection()))));
  }

  /** What is the same is not said again: everybody in the room would read it. */
  private CompletableFuture<?> set(RoomSettings.Change change) {
    RoomSettings now = room.info().settings();
    return change.appliedTo(now).equals(now)
        ? CompletableFuture.completedFuture(null)
        : actions.set(room, change);
  }

  private static RoomInfo bare(RoomInfo info) {
    return new RoomInfo(info.room(), info.kind(), info.settings(), 0, info.members(), info.peer());
  }

  private void unban() {
    FormDialog form = new FormDialog(shell, theme, "room.unban", "unban");
    Text name = form.field("friend.name");
    form.open("room.forgive", () -> actions.unban(room, name.getText()));
  }

  private void archive() {
    boolean archived = room.info().settings().archived();
    String key = archived ? "room.revive" : "room.archive";
    String question = theme.text(archived ? "room.reviveAsk" : "room.archiveAsk", room.name());
    AskDialog.open(
        shell,
        theme,
        question,
        key,
        () -> {
          actions.archive(room, !archived);
          shell.close();
        });
  }
}
