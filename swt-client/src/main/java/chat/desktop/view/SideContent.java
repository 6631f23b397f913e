package chat.desktop.view;

import chat.desktop.model.Room;
import chat.desktop.model.SideItem;
import chat.protocol.Person;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/** How rooms and people look in the list at the left. */
record SideContent(Look look, Consumer<Room> onRoom, Consumer<Person> onPerson)
    implements ItemList.Content<SideItem> {
  private static final int AVATAR = 24;
  private static final int LEFT = 14;

  @Override
  public int height(SideItem item) {
    return switch (item) {
      case SideItem.Heading _ -> 36;
      case SideItem.RoomItem _ -> 34;
      case SideItem.PersonItem _ -> 34;
      case SideItem.Nothing _ -> 60;
    };
  }

  @Override
  public void paint(GC gc, SideItem item, Rectangle area, boolean over) {
    Palette palette = look.palette();
    switch (item) {
      case SideItem.Heading heading ->
          Paint.line(
              gc,
              words(heading),
              look.fonts().smallBold(),
              palette.quiet(),
              LEFT,
              area.y + 20,
              area.width - LEFT);
      case SideItem.RoomItem(Room room, boolean current) -> {
        Color behind = background(gc, area, current, over);
        int badge = badge(gc, room.unread(), area, behind);
        var font = room.unread() > 0 || current ? look.fonts().bold() : look.fonts().normal();
        int width = area.width - LEFT - 12 - badge;
        Paint.line(
            gc,
            "# " + room.name(),
            font,
            palette.text(),
            LEFT + 2,
            area.y + area.height / 2,
            width);
      }
      case SideItem.PersonItem(Person person, boolean self) -> {
        Color behind = background(gc, area, false, over);
        int y = area.y + (area.height - AVATAR) / 2;
        Paint.avatar(gc, look, person, LEFT, y, AVATAR);
        Paint.dot(gc, palette.good(), behind, LEFT + AVATAR - 3, y + AVATAR - 3, 8);
        int left = LEFT + AVATAR + 10;
        String name = self ? look.text("side.you", person.name()) : person.name();
        Paint.line(
            gc,
            name,
            look.fonts().normal(),
            palette.text(),
            left,
            area.y + area.height / 2,
            area.width - left - 8);
      }
      case SideItem.Nothing nothing ->
          Paint.centred(gc, words(nothing), look.fonts().small(), palette.quiet(), area);
    }
  }

  private Color background(GC gc, Rectangle area, boolean current, boolean over) {
    Palette palette = look.palette();
    if (!current && !over) {
      return palette.pane();
    }
    Color color = current ? palette.selected() : palette.hover();
    Paint.fill(gc, color, new Rectangle(6, area.y + 1, area.width - 12, area.height - 2), 8);
    return color;
  }

  private int badge(GC gc, int unread, Rectangle area, Color behind) {
    if (unread == 0) {
      return 0;
    }
    String text = unread > 999 ? "999+" : String.valueOf(unread);
    gc.setFont(look.fonts().smallBold());
    Point size = gc.textExtent(text);
    int width = Math.max(20, size.x + 12);
    Rectangle place =
        new Rectangle(area.width - width - 14, area.y + area.height / 2 - 10, width, 20);
    Paint.fill(gc, look.palette().accent(), place, 10);
    Paint.centred(gc, text, look.fonts().smallBold(), look.palette().onAccent(), place);
    gc.setBackground(behind);
    return width + 8;
  }

  @Override
  public String words(SideItem item) {
    return switch (item) {
      case SideItem.Heading(String key, int count) ->
          count < 0 ? look.text(key) : look.text(key, count);
      case SideItem.RoomItem(Room room, boolean _) ->
          room.unread() == 0 ? room.name() : look.text("side.unread", room.name(), room.unread());
      case SideItem.PersonItem(Person person, boolean self) ->
          self ? look.text("side.you", person.name()) : person.name();
      case SideItem.Nothing _ -> look.text("side.nothing");
    };
  }

  @Override
  public boolean canActivate(SideItem item) {
    return switch (item) {
      case SideItem.Heading _, SideItem.Nothing _ -> false;
      case SideItem.RoomItem _, SideItem.PersonItem _ -> true;
    };
  }

  @Override
  public void activate(SideItem item, int x, int width) {
    switch (item) {
      case SideItem.Heading _, SideItem.Nothing _ -> {}
      case SideItem.RoomItem(Room room, boolean _) -> onRoom.accept(room);
      case SideItem.PersonItem(Person person, boolean _) -> onPerson.accept(person);
    }
  }
}
