// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.PaneLook;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.graphics.Color;

/** The colours and fonts of a window, as plug-ins get them. */
public final class Looks {

  private Looks() {}

  /** In a pane. */
  public static PaneLook pane(Theme theme) {
    return on(theme, theme.palette().pane());
  }

  /**
   * In a message, and below it.
   *
   * @param own whether the user wrote it
   */
  public static PaneLook message(Theme theme, boolean own) {
    Palette palette = theme.palette();
    return own
        ? new PaneLook(
            palette.own(),
            palette.onOwn(),
            palette.quietOnOwn(),
            palette.onOwn(),
            darker(palette.own()),
            theme.fonts().normal(),
            theme.fonts().code())
        : on(theme, palette.other());
  }

  private static Color darker(Color color) {
    return new Color(color.getRed() * 3 / 4, color.getGreen() * 3 / 4, color.getBlue() * 3 / 4);
  }

  private static PaneLook on(Theme theme, Color background) {
    Palette palette = theme.palette();
    return new PaneLook(
        background,
        palette.text(),
        palette.quiet(),
        palette.accent(),
        palette.line(),
        theme.fonts().normal(),
        theme.fonts().code());
  }
}
