// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.IdleMonitor;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.app.SwitchTargets;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Room;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import chat.protocol.Availability;
import chat.protocol.Person;
import chat.protocol.RoomKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** The windows that lead to other rooms and other people. */
public record RoomDialogs(
    Shell shell,
    Theme theme,
    AppContext context,
    ChatModel model,
    RoomActions actions,
    DesktopIntegration integration) {

  /** What the button beside the search field offers. */
  public List<ItemList.Choice> more() {
    return List.of(
        new ItemList.Choice("chat.newRoom", this::newRoom),
        new ItemList.Choice("chat.browse", this::browse),
        new ItemList.Choice("chat.addFriend", this::addFriend));
  }

  public void newRoom() {
    FormDialog form = new FormDialog(shell, theme, "chat.newRoom", "newRoom");
    Text name = form.field("room.name");
    Text topic = form.field("room.topic");
    Button[] kinds = form.choice("room.public", "room.private");
    form.open(
        "room.make",
        () -> {
          RoomKind kind = kinds[0].getSelection() ? RoomKind.PUBLIC : RoomKind.PRIVATE;
          return actions.create(kind, name.getText(), topic.getText());
        });
  }

  public void addFriend() {
    FormDialog form = new FormDialog(shell, theme, "chat.addFriend", "addFriend");
    Text name = form.field("friend.name");
    form.open("friend.ask", () -> actions.befriend(name.getText()));
  }

  public void browse() {
    new QuickSwitcher(
            shell, theme, model, "browse.hint", Set.of(SwitchTargets.Kind.PUBLIC), this::go)
        .open();
  }

  public void switchTo() {
    new QuickSwitcher(
            shell, theme, model, "goal.hint", EnumSet.allOf(SwitchTargets.Kind.class), this::go)
        .open();
  }

  private void go(SwitchTarget target) {
    switch (target) {
      case SwitchTarget.ToRoom(Room room) -> model.select(room);
      case SwitchTarget.ToPerson(var person) -> actions.talk(person);
      case SwitchTarget.ToPublic(var info) -> actions.join(info.room());
    }
  }

  /** Shows what somebody says of themselves; of oneself it can be changed. */
  public void person(Person person) {
    var unused =
        model
            .profile(person.account())
            .thenAccept(profile -> {
              if (shell.isDisposed()) {
                return;
              }
              if (person.account() == model.account()) {
                ProfileDialog.open(shell, theme, model, integration, profile);
              } else {
                PersonDialog.open(shell, theme, actions, profile);
              }
            });
  }

  public void self() {
    Person self = model.self();
    if (self != null) {
      person(self);
    }
  }

  /** How much the user can be here. */
  public List<ItemList.Choice> availability() {
    return List.of(
        be("be.online", Availability.ONLINE),
        be("be.away", Availability.AWAY),
        be("be.busy", Availability.DO_NOT_DISTURB),
        be("be.invisible", Availability.INVISIBLE));
  }

  private ItemList.Choice be(String key, Availability availability) {
    IdleMonitor attendance = model.attendance();
    return new ItemList.Choice(
        key, () -> attendance.choose(availability), attendance.chosen() == availability);
  }

  /** Shows a room with its members; of a private chat the other one. */
  public void room(Room room) {
    if (room.direct()) {
      person(room.info().peer());
    } else {
      new RoomDialog(shell, theme, this, room).open();
    }
  }

  public void current() {
    Room room = model.current();
    if (room != null) {
      room(room);
    }
  }

  /** Writes a room into a folder. */
  public void export(Room room) {
    ExportDialog.room(shell, theme, model, integration, context, room);
  }

  public void exportCurrent() {
    Room room = model.current();
    if (room != null) {
      export(room);
    }
  }

  /** Writes what belongs to the account into a folder. */
  public void exportAccount() {
    Person self = model.self();
    if (self != null) {
      ExportDialog.account(shell, theme, model, integration, context, self);
    }
  }

  /** Asks whether a room is to be left. */
  public void leave(Room room) {
    String question = theme.text("room.leaveAsk", room.name());
    AskDialog.open(shell, theme, question, "room.leave", () -> actions.leave(room));
  }
}
