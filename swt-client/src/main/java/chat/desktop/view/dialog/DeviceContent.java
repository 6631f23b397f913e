// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Device;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** How a device that is logged in looks; choosing one of the others ends its session. */
record DeviceContent(Theme theme, Consumer<Device> onEnd) implements ItemList.Content<Device> {
  private static final int HEIGHT = 54;
  private static final int LEFT = 20;
  private static final int NAME = 18;
  private static final int DETAILS = 38;

  /** What a device is called; some have no name. */
  static String name(Theme theme, Device device) {
    return device.name().isBlank() ? theme.text("devices.unnamed") : device.name();
  }

  private String details(Device device) {
    String used = theme.text("devices.used", theme.formats().when(device.used()));
    String made = theme.text("devices.made", theme.formats().when(device.created()));
    return (device.address().isEmpty() ? "" : device.address() + " · ") + used + " · " + made;
  }

  private String mark(Device device) {
    return theme.text(device.current() ? "devices.this" : "devices.end");
  }

  @Override
  public int height(Device device) {
    return HEIGHT;
  }

  @Override
  public void paint(GC gc, Device device, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    if (over) {
      Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
      Paint.fill(gc, palette.hover(), place, 8);
    }
    var small = theme.fonts().small();
    gc.setFont(small);
    String mark = mark(device);
    int width = gc.textExtent(mark).x;
    int right = area.width - LEFT - width;
    var color = device.current() ? palette.quiet() : palette.link();
    Paint.line(gc, mark, small, color, right, area.y + NAME, width + 4);
    int room = right - LEFT - 10;
    String name = name(theme, device);
    Paint.line(gc, name, theme.fonts().bold(), palette.text(), LEFT, area.y + NAME, room);
    int wide = area.width - 2 * LEFT;
    Paint.line(gc, details(device), small, palette.quiet(), LEFT, area.y + DETAILS, wide);
  }

  @Override
  public String words(Device device) {
    String own = device.current() ? ", " + mark(device) : "";
    return name(theme, device) + ", " + details(device) + own;
  }

  @Override
  public boolean canActivate(Device device) {
    return !device.current();
  }

  @Override
  public void activate(Device device, int x, int width) {
    onEnd.accept(device);
  }
}
