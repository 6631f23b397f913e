package chat.desktop.view;

import java.util.Arrays;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.widgets.Display;

/** The fonts of a window, all from the one that the system uses. */
record Fonts(
    Font normal, Font bold, Font small, Font smallBold, Font title, Font emoji, Font large) {

  static Fonts of(Display display) {
    Font system = display.getSystemFont();
    return new Fonts(
        system,
        derive(display, system, 1, SWT.BOLD),
        derive(display, system, 0.85, SWT.NORMAL),
        derive(display, system, 0.85, SWT.BOLD),
        derive(display, system, 1.7, SWT.BOLD),
        derive(display, system, 1.6, SWT.NORMAL),
        derive(display, system, 2.8, SWT.NORMAL));
  }

  void dispose() {
    for (Font font : new Font[] {bold, small, smallBold, title, emoji, large}) {
      font.dispose();
    }
  }

  private static Font derive(Display display, Font from, double scale, int style) {
    FontData[] data =
        Arrays.stream(from.getFontData())
            .map(d -> new FontData(d.getName(), (int) Math.round(d.getHeight() * scale), style))
            .toArray(FontData[]::new);
    return new Font(display, data);
  }
}
