// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.Markup;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.widgets.Display;

/** The fonts of a window, all from the one that the system uses. */
public record Fonts(
    Font normal,
    Font bold,
    Font italic,
    Font boldItalic,
    Font code,
    Font small,
    Font smallBold,
    Font title,
    Font emoji,
    Font large) {

  static Fonts of(Display display) {
    Font system = display.getSystemFont();
    return new Fonts(
        system,
        derive(display, system, 1, SWT.BOLD),
        derive(display, system, 1, SWT.ITALIC),
        derive(display, system, 1, SWT.BOLD | SWT.ITALIC),
        fixed(display, system),
        derive(display, system, 0.85, SWT.NORMAL),
        derive(display, system, 0.85, SWT.BOLD),
        derive(display, system, 1.7, SWT.BOLD),
        derive(display, system, 1.6, SWT.NORMAL),
        derive(display, system, 2.8, SWT.NORMAL));
  }

  void dispose() {
    for (Font font :
        new Font[] {bold, italic, boldItalic, code, small, smallBold, title, emoji, large}) {
      font.dispose();
    }
  }

  /** The font of a styled part of a text. */
  public Font of(Set<Markup.Style> styles) {
    boolean heavy = styles.contains(Markup.Style.BOLD);
    boolean slanted = styles.contains(Markup.Style.ITALIC);
    if (styles.contains(Markup.Style.CODE)) {
      return code;
    }
    return slanted ? heavy ? boldItalic : italic : heavy ? bold : normal;
  }

  private static Font fixed(Display display, Font like) {
    return new Font(display, "monospace", like.getFontData()[0].getHeight(), SWT.NORMAL);
  }

  private static Font derive(Display display, Font from, double scale, int style) {
    FontData[] data =
        Arrays.stream(from.getFontData())
            .map(d -> new FontData(d.getName(), (int) Math.round(d.getHeight() * scale), style))
            .toArray(FontData[]::new);
    return new Font(display, data);
  }
}
