// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.platform.Settings;
import java.util.List;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Shell;

/** Remembers where a window was, and never puts it where no screen is. */
public final class WindowPlace {
  private static final Point USUAL = new Point(1100, 720);
  private static final Point LEAST = new Point(380, 320);

  private WindowPlace() {}

  public static void restore(Shell shell, Settings settings) {
    shell.setMinimumSize(LEAST);
    Rectangle screen = shell.getMonitor().getClientArea();
    List<Integer> kept = settings.window();
    if (kept.size() != 5) {
      int width = Math.min(USUAL.x, screen.width);
      int height = Math.min(USUAL.y, screen.height);
      shell.setBounds(
          screen.x + (screen.width - width) / 2,
          screen.y + (screen.height - height) / 2,
          width,
          height);
      return;
    }
    Rectangle place = new Rectangle(kept.get(0), kept.get(1), kept.get(2), kept.get(3));
    boolean seen = shell.getDisplay().getBounds().intersects(place);
    shell.setSize(Math.max(LEAST.x, place.width), Math.max(LEAST.y, place.height));
    if (seen) {
      shell.setLocation(place.x, place.y);
    }
    shell.setMaximized(kept.get(4) == 1);
  }

  public static void keep(Shell shell, Settings settings) {
    Rectangle place = shell.getBounds();
    int maximized = shell.getMaximized() ? 1 : 0;
    settings.window(List.of(place.x, place.y, place.width, place.height, maximized));
  }
}
