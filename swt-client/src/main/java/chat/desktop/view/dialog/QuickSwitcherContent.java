// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.room.Room;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** How rooms and people look where one of them is chosen. */
public record QuickSwitcherContent(Theme theme, ChatModel model, Consumer<SwitchTarget> onGoal)
    implements ItemList.Content<SwitchTarget> {
  private static final int HEIGHT = 44;
  private static final int AVATAR = 28;
  private static final int LEFT = 16;

  @Override
  public int height(SwitchTarget target) {
    return HEIGHT;
  }

  @Override
  public void paint(GC gc, SwitchTarget target, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    if (over) {
      Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
      Paint.fill(gc, palette.hover(), place, 8);
    }
    int left = LEFT + AVATAR + 12;
    int middle = area.y + area.height / 2;
    picture(gc, target, area.y + (HEIGHT - AVATAR) / 2);
    int room = area.width - left - 14;
    int width =
        Paint.line(gc, target.name(), theme.fonts().normal(), palette.text(), left, middle, room);
    String note = note(target);
    if (room - width > 60) {
      int from = left + width + 12;
      Paint.line(gc, note, theme.fonts().small(), palette.quiet(), from, middle, room - width - 12);
    }
  }

  private void picture(GC gc, SwitchTarget target, int y) {
    switch (target) {
      case SwitchTarget.ToRoom(Room room) when room.direct() -> person(gc, room.info().peer(), y);
      case SwitchTarget.ToRoom(Room room) -> Paint.room(gc, theme, room.info(), LEFT, y, AVATAR);
      case SwitchTarget.ToPerson(Person person) -> person(gc, person, y);
      case SwitchTarget.ToPublic(RoomInfo info) -> Paint.room(gc, theme, info, LEFT, y, AVATAR);
    }
  }

  private void person(GC gc, Person person, int y) {
    Paint.avatar(gc, theme, person, LEFT, y, AVATAR);
    Paint.presence(
        gc,
        theme,
        model.people().availability(person.account()),
        theme.palette().pane(),
        LEFT + AVATAR - 3,
        y + AVATAR - 3);
  }

  private String note(SwitchTarget target) {
    return switch (target) {
      case SwitchTarget.ToRoom(Room room) when room.unread() > 0 ->
          theme.text("goal.unread", room.unread());
      case SwitchTarget.ToRoom(Room room) -> room.topic();
      case SwitchTarget.ToPerson(Person person) -> person.display().isEmpty() ? "" : person.name();
      case SwitchTarget.ToPublic(RoomInfo info) ->
          theme.text("goal.members", info.members())
              + (info.settings().topic().isEmpty() ? "" : " · " + info.settings().topic());
    };
  }

  @Override
  public String words(SwitchTarget target) {
    String note = note(target);
    return target.name() + (note.isEmpty() ? "" : ", " + note);
  }

  @Override
  public boolean canActivate(SwitchTarget target) {
    return true;
  }

  @Override
  public void activate(SwitchTarget target, int x, int width) {
    onGoal.accept(target);
  }
}
