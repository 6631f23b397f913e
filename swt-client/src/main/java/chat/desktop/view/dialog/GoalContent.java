// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.Goal;
import chat.desktop.model.room.Room;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** How rooms and people look where one of them is chosen. */
public record GoalContent(Look look, ChatModel model, Consumer<Goal> onGoal)
    implements ItemList.Content<Goal> {
  private static final int HEIGHT = 44;
  private static final int AVATAR = 28;
  private static final int LEFT = 16;

  @Override
  public int height(Goal goal) {
    return HEIGHT;
  }

  @Override
  public void paint(GC gc, Goal goal, Rectangle area, boolean over) {
    Palette palette = look.palette();
    if (over) {
      Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
      Paint.fill(gc, palette.hover(), place, 8);
    }
    int left = LEFT + AVATAR + 12;
    int middle = area.y + area.height / 2;
    picture(gc, goal, area.y + (HEIGHT - AVATAR) / 2);
    int room = area.width - left - 14;
    int width =
        Paint.line(gc, goal.name(), look.fonts().normal(), palette.text(), left, middle, room);
    String note = note(goal);
    if (room - width > 60) {
      int from = left + width + 12;
      Paint.line(gc, note, look.fonts().small(), palette.quiet(), from, middle, room - width - 12);
    }
  }

  private void picture(GC gc, Goal goal, int y) {
    switch (goal) {
      case Goal.ToRoom(Room room) when room.direct() -> person(gc, room.info().peer(), y);
      case Goal.ToRoom(Room room) -> Paint.room(gc, look, room.info(), LEFT, y, AVATAR);
      case Goal.ToPerson(Person person) -> person(gc, person, y);
      case Goal.ToPublic(RoomInfo info) -> Paint.room(gc, look, info, LEFT, y, AVATAR);
    }
  }

  private void person(GC gc, Person person, int y) {
    Paint.avatar(gc, look, person, LEFT, y, AVATAR);
    Paint.presence(
        gc,
        look,
        model.people().availability(person.account()),
        look.palette().pane(),
        LEFT + AVATAR - 3,
        y + AVATAR - 3);
  }

  private String note(Goal goal) {
    return switch (goal) {
      case Goal.ToRoom(Room room) when room.unread() > 0 -> look.text("goal.unread", room.unread());
      case Goal.ToRoom(Room room) -> room.topic();
      case Goal.ToPerson(Person person) -> person.display().isEmpty() ? "" : person.name();
      case Goal.ToPublic(RoomInfo info) ->
          look.text("goal.members", info.members())
              + (info.topic().isEmpty() ? "" : " · " + info.topic());
    };
  }

  @Override
  public String words(Goal goal) {
    String note = note(goal);
    return goal.name() + (note.isEmpty() ? "" : ", " + note);
  }

  @Override
  public boolean canActivate(Goal goal) {
    return true;
  }

  @Override
  public void activate(Goal goal, int x, int width) {
    onGoal.accept(goal);
  }
}
