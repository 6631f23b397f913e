// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;

/**
 * Colours and fonts of the window, which belong to the client: a plug-in never disposes them.
 *
 * @param background behind what is drawn
 * @param quiet for what matters less
 * @param accent for what can be chosen or is chosen
 * @param line between parts, and behind bars
 * @param code of equal width
 */
public record PaneLook(
    Color background, Color text, Color quiet, Color accent, Color line, Font normal, Font code) {

  /** Whether the window is light on dark. */
  public boolean dark() {
    return background.getRed() + background.getGreen() + background.getBlue() < 384;
  }
}
