// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.PersonLook;
import chat.protocol.Availability;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/** Shapes that several views draw. */
public final class Paint {

  private Paint() {}

  public static void fill(GC gc, Color color, Rectangle area, int radius) {
    gc.setAntialias(SWT.ON);
    gc.setBackground(color);
    gc.fillRoundRectangle(area.x, area.y, area.width, area.height, radius * 2, radius * 2);
  }

  public static void outline(GC gc, Color color, Rectangle area, int radius) {
    gc.setAntialias(SWT.ON);
    gc.setForeground(color);
    gc.drawRoundRectangle(area.x, area.y, area.width - 1, area.height - 1, radius * 2, radius * 2);
  }

  /** Draws text, cut with an ellipsis where it does not fit; returns its width. */
  public static int text(GC gc, String text, Font font, Color color, int x, int y, int width) {
    gc.setFont(font);
    gc.setForeground(color);
    String fitting = fit(gc, text, width);
    gc.drawText(fitting, x, y, SWT.DRAW_TRANSPARENT);
    return gc.textExtent(fitting, SWT.DRAW_TRANSPARENT).x;
  }

  /** The same on a line whose middle is given, whatever script the text is in. */
  public static int line(GC gc, String text, Font font, Color color, int x, int middle, int width) {
    gc.setFont(font);
    return text(gc, text, font, color, x, middle - gc.textExtent(text).y / 2, width);
  }

  public static void centred(GC gc, String text, Font font, Color color, Rectangle area) {
    gc.setFont(font);
    gc.setForeground(color);
    String fitting = fit(gc, text, area.width);
    Point size = gc.textExtent(fitting, SWT.DRAW_TRANSPARENT);
    gc.drawText(
        fitting,
        area.x + (area.width - size.x) / 2,
        area.y + (area.height - size.y) / 2,
        SWT.DRAW_TRANSPARENT);
  }

  /** The round picture of somebody. */
  public static void avatar(GC gc, Theme theme, Person person, int x, int y, int size) {
    gc.setAntialias(SWT.ON);
    Image face = theme.faces().of(person);
    if (face != null) {
      image(gc, face, x, y, size);
      return;
    }
    gc.setBackground(theme.palette().avatar(person));
    gc.fillOval(x, y, size, size);
    Font font =
        size < 28
            ? theme.fonts().smallBold()
            : size > 48 ? theme.fonts().title() : theme.fonts().bold();
    Rectangle area = new Rectangle(x, y, size, size);
    centred(gc, PersonLook.initial(person), font, theme.palette().onOwn(), area);
  }

  /** The picture of a room that is no private chat, or its sign on a tile. */
  public static void room(GC gc, Theme theme, RoomInfo room, int x, int y, int size) {
    if (!roomPicture(gc, theme, room, x, y, size)) {
      fill(gc, theme.palette().hover(), new Rectangle(x, y, size, size), size / 4);
      sign(gc, theme, room.kind(), new Rectangle(x, y, size, size));
    }
  }

  /** The picture of a room; false if there is none here. */
  public static boolean roomPicture(GC gc, Theme theme, RoomInfo room, int x, int y, int size) {
    Image picture = theme.faces().of(room);
    if (picture != null) {
      image(gc, picture, x, y, size);
    }
    return picture != null;
  }

  /** The sign of a room that is no private chat. */
  public static void sign(GC gc, Theme theme, RoomKind kind, Rectangle area) {
    Color quiet = theme.palette().quiet();
    if (kind == RoomKind.PRIVATE) {
      gc.setForeground(quiet);
      int size = Math.max(14, area.height * 2 / 5);
      Icon.LOCK.draw(gc, area.x + area.width / 2, area.y + area.height / 2, size);
    } else {
      Font font = area.height > 48 ? theme.fonts().title() : theme.fonts().bold();
      centred(gc, "#", font, quiet, area);
    }
  }

  private static void image(GC gc, Image image, int x, int y, int size) {
    Rectangle whole = image.getBounds();
    gc.setInterpolation(SWT.HIGH);
    gc.drawImage(image, 0, 0, whole.width, whole.height, x, y, size, size);
  }

  /** The dot that says how much somebody is here; nothing if not at all. */
  public static void presence(
      GC gc, Theme theme, Optional<Availability> here, Color rim, int middleX, int middleY) {
    Palette palette = theme.palette();
    here.map(availability ->
            switch (availability) {
              case ONLINE -> palette.good();
              case AWAY -> palette.waiting();
              case DO_NOT_DISTURB -> palette.bad();
              case INVISIBLE -> palette.quiet();
            })
        .ifPresent(color -> dot(gc, color, rim, middleX, middleY, 8));
  }

  /** A dot with a rim of the colour behind it. */
  public static void dot(GC gc, Color color, Color rim, int middleX, int middleY, int size) {
    gc.setAntialias(SWT.ON);
    gc.setBackground(rim);
    gc.fillOval(middleX - size / 2 - 2, middleY - size / 2 - 2, size + 4, size + 4);
    gc.setBackground(color);
    gc.fillOval(middleX - size / 2, middleY - size / 2, size, size);
  }

  private static String fit(GC gc, String text, int width) {
    if (gc.textExtent(text, SWT.DRAW_TRANSPARENT).x <= width) {
      return text;
    }
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (gc.textExtent(cut(text, middle), SWT.DRAW_TRANSPARENT).x <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return cut(text, low);
  }

  private static String cut(String text, int length) {
    int end =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end).stripTrailing() + "…";
  }
}
