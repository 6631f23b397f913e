// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Shell;

/** Puts a window in the middle of the one it belongs to, or of the screen. */
public final class Centre {

  private Centre() {}

  public static void on(Shell shell) {
    Rectangle area =
        shell.getParent() == null
            ? shell.getMonitor().getClientArea()
            : shell.getParent().getBounds();
    Point size = shell.getSize();
    shell.setLocation(
        area.x + (area.width - size.x) / 2, area.y + Math.max(0, (area.height - size.y) / 2));
  }
}
