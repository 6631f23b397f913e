package chat.desktop.view;

import chat.desktop.model.ChatModel;
import chat.desktop.model.Goal;
import chat.desktop.model.Goals;
import chat.desktop.model.ModelListener;
import chat.desktop.model.Rights;
import chat.desktop.model.Room;
import chat.desktop.model.RoomActions;
import chat.protocol.Deed;
import chat.protocol.Member;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** A room with its members, and what this account may do about both. */
final class RoomDialog implements ModelListener {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 560;

  private final Look look;
  private final ChatModel model;
  private final RoomActions actions;
  private final Room room;
  private final Shell shell;
  private final Label title;
  private final Label topic;
  private final ItemList<Member> members;

  RoomDialog(Shell parent, Look look, RoomDialogs dialogs, Room room) {
    this.look = look;
    this.model = dialogs.model();
    this.actions = dialogs.actions();
    this.room = room;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "room");
    shell.setText(room.name());
    shell.setBackground(look.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 14;
    shell.setLayout(layout);
    title = text(look.text("room.title", room.title(), room.info().members()));
    title.setFont(look.fonts().title());
    topic = text("");
    topic.setForeground(look.palette().quiet());
    buttons(dialogs);
    MemberContent content = new MemberContent(look, model, room, actions, dialogs::person);
    members = new ItemList<>(shell, look, content, "room.members", look.text("room.members"));
    members.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    shell.addListener(SWT.Dispose, _ -> model.forget(this));
    model.listen(this);
    refresh();
  }

  void open() {
    shell.setSize(WIDTH, HEIGHT);
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
    title.setText(words(look.text("room.title", room.title(), room.info().members())));
    topic.setText(words(room.topic()));
    model.loadMembers(room);
    if (!room.members().equals(members.items())) {
      members.items(room.members());
    }
  }

  private static String words(String text) {
    return text.replace("&", "&&");
  }

  private Label text(String text) {
    Label label = new Label(shell, SWT.WRAP);
    label.setText(words(text));
    label.setForeground(look.palette().text());
    label.setBackground(look.palette().window());
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.horizontalIndent = 18;
    data.widthHint = WIDTH - 40;
    label.setLayoutData(data);
    return label;
  }

  private void buttons(RoomDialogs dialogs) {
    Composite row = new Composite(shell, SWT.NONE);
    row.setBackground(look.palette().window());
    RowLayout layout = new RowLayout();
    layout.marginLeft = 12;
    layout.spacing = 4;
    row.setLayout(layout);
    button(row, "room.invite", rights()::invite, this::invite);
    button(row, "room.edit", rights()::set, this::edit);
    button(row, "room.unban", rights()::unban, this::unban);
    button(
        row,
        room.info().archived() ? "room.revive" : "room.archive",
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
      FlatButton button = new FlatButton(row, look, FlatButton.Weight.LINK, key);
      button.text(look.title(key)).does(action);
    }
  }

  private void invite() {
    new GoalDialog(
            shell,
            look,
            model,
            "room.invite",
            Set.of(Goals.Kind.PEOPLE),
            goal -> {
              if (goal instanceof Goal.ToPerson(var person)) {
                actions.manage(room, person, Deed.INVITE, 0);
              }
            })
        .open();
  }

  private void edit() {
    FormDialog form = new FormDialog(shell, look, "room.edit", "editRoom");
    Text name = form.field("room.name");
    name.setText(room.info().name());
    Text about = form.field("room.topic");
    about.setText(room.topic());
    Button readOnly = form.check("room.readOnly", room.info().readOnly());
    form.open(
        "button.save",
        () ->
            actions.set(
                room,
                name.getText(),
                about.getText(),
                readOnly.getSelection(),
                room.info().archived()));
  }

  private void unban() {
    FormDialog form = new FormDialog(shell, look, "room.unban", "unban");
    Text name = form.field("friend.name");
    form.open("room.forgive", () -> actions.unban(room, name.getText()));
  }

  private void archive() {
    boolean archived = room.info().archived();
    String key = archived ? "room.revive" : "room.archive";
    String question = look.text(archived ? "room.reviveAsk" : "room.archiveAsk", room.name());
    AskDialog.open(
        shell,
        look,
        question,
        key,
        () -> {
          actions.archive(room, !archived);
          shell.close();
        });
  }
}
