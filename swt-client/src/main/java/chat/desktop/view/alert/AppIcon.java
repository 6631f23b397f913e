// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import chat.desktop.view.widget.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Point;

/** The sign of the program: a speech bubble, with a number on it if something is unread. */
final class AppIcon {
  private static final int[] SIZES = {16, 24, 32, 48, 64, 128};
  private static final int MOST = 99;

  private AppIcon() {}

  /** In all sizes that a window may be asked for. The caller disposes of them. */
  static Image[] all(Device device, Palette palette) {
    Image[] images = new Image[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      images[i] = image(device, palette, SIZES[i], 0);
    }
    return images;
  }

  /** Of one size. The caller disposes of it. */
  static Image image(Device device, Palette palette, int size, int count) {
    ImageData clear = new ImageData(size, size, 32, new PaletteData(0xff0000, 0xff00, 0xff));
    clear.alphaData = new byte[size * size];
    Image image = new Image(device, clear);
    GC gc = new GC(image);
    gc.setAntialias(SWT.ON);
    gc.setTextAntialias(SWT.ON);
    bubble(gc, palette.accent(), palette.onAccent(), size);
    if (count > 0) {
      badge(gc, palette, size, count);
    }
    gc.dispose();
    return image;
  }

  private static void bubble(GC gc, Color fill, Color ink, int size) {
    int edge = Math.max(1, size / 16);
    int width = size - 2 * edge;
    int height = width * 3 / 4;
    int round = size / 3;
    gc.setBackground(fill);
    gc.fillRoundRectangle(edge, edge, width, height, round, round);
    int foot = edge + height - 1;
    gc.fillPolygon(
        new int[] {size / 4, foot, size / 2, foot, size / 4, Math.min(size - 1, foot + size / 5)});
    gc.setBackground(ink);
    int dot = Math.max(2, size / 8);
    for (int i = 1; i <= 3; i++) {
      gc.fillOval(edge + width * i / 4 - dot / 2, edge + height / 2 - dot / 2, dot, dot);
    }
  }

  private static void badge(GC gc, Palette palette, int size, int count) {
    int round = size * 5 / 8;
    gc.setBackground(palette.bad());
    gc.fillOval(size - round, size - round, round, round);
    gc.setForeground(palette.onBad());
    Font small = new Font(gc.getDevice(), "Sans", Math.max(5, size / 4), SWT.BOLD);
    gc.setFont(small);
    String text = count > MOST ? "…" : Integer.toString(count);
    Point extent = gc.textExtent(text);
    gc.drawText(
        text, size - round + (round - extent.x) / 2, size - round + (round - extent.y) / 2, true);
    small.dispose();
  }
}
