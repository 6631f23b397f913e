// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;

/** Smaller pictures: each point is the mean of those that it stands for. Any thread. */
final class Shrink {
  private Shrink() {}

  /** A part of a picture in another size. */
  static ImageData of(ImageData whole, Rectangle part, int width, int height) {
    ImageData made = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    made.alphaData = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int y1 = part.y + (int) ((long) y * part.height / height);
      int y2 = Math.max(y1 + 1, part.y + (int) ((y + 1L) * part.height / height));
      for (int x = 0; x < width; x++) {
        int x1 = part.x + (int) ((long) x * part.width / width);
        int x2 = Math.max(x1 + 1, part.x + (int) ((x + 1L) * part.width / width));
        mean(whole, made, x, y, new Rectangle(x1, y1, x2 - x1, y2 - y1));
      }
    }
    return made;
  }

  private static void mean(ImageData whole, ImageData made, int x, int y, Rectangle area) {
    long red = 0;
    long green = 0;
    long blue = 0;
    long alpha = 0;
    for (int j = area.y; j < area.y + area.height; j++) {
      for (int i = area.x; i < area.x + area.width; i++) {
        int pixel = whole.getPixel(i, j);
        RGB rgb = whole.palette.getRGB(pixel);
        red += rgb.red;
        green += rgb.green;
        blue += rgb.blue;
        alpha += pixel == whole.transparentPixel ? 0 : whole.getAlpha(i, j);
      }
    }
    int count = area.width * area.height;
    RGB mean = new RGB((int) (red / count), (int) (green / count), (int) (blue / count));
    made.setPixel(x, y, made.palette.getPixel(mean));
    made.setAlpha(x, y, (int) (alpha / count));
  }
}
