// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.PictureSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;

/**
 * Reads pictures that somebody else made. A few bytes can stand for gigabytes of points, so the
 * size is looked at first: of a large picture only each second or third row and column is decoded,
 * of an animation the first frame, and of a file no more than {@link #MOST_BYTES}. Any thread.
 */
final class PictureReader {
  /** Points that are decoded at most: 32 MB. */
  static final int MOST_DECODED = 8_000_000;

  private static final long MOST_BYTES = 64L << 20;

  static {
    // What is read is in memory or on the disk already.
    ImageIO.setUseCache(false);
  }

  private PictureReader() {}

  /** It would take too much memory. */
  static final class TooLargeException extends IOException {
    TooLargeException(String what) {
      super("too large: " + what);
    }
  }

  /**
   * The picture in a file, or every n-th point of it if it is large.
   *
   * @throws IOException if it is none, is broken, or would take too much
   */
  static ImageData read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new TooLargeException(file.toString());
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(PictureSize.HEAD);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(head, in);
    }
  }

  /** The same of what is in memory. */
  static ImageData read(byte[] picture) throws IOException {
    return read(picture, new ByteArrayInputStream(picture));
  }

  private static ImageData read(byte[] head, InputStream in) throws IOException {
    check(PictureSize.of(head), head);
    try (ImageInputStream bytes = new MemoryCacheImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        throw new IOException("not a picture");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes, true, true);
        // A frame may be larger than what the head says of all.
        PictureSize size = new PictureSize(reader.getWidth(0), reader.getHeight(0));
        check(Optional.of(size), head);
        ImageReadParam parameters = reader.getDefaultReadParam();
        int step = step(size);
        parameters.setSourceSubsampling(step, step, 0, 0);
        return converted(reader.read(0, parameters));
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException e) {
      // The readers of the JDK answer broken files with whatever they fall over.
      throw new IOException("a broken picture", e);
    }
  }

  private static void check(Optional<PictureSize> size, byte[] head) throws IOException {
    if (size.isEmpty()) {
      throw new IOException("not a picture");
    }
    boolean whole = PictureSize.isDecodedWhole(head);
    if (size.get().pixels() > (whole ? MOST_DECODED : PictureSize.MOST_PIXELS)) {
      throw new TooLargeException(size.get().toString());
    }
  }

  private static int step(PictureSize size) {
    int step = 1;
    while (decoded(size.width(), step) * decoded(size.height(), step) > MOST_DECODED) {
      step++;
    }
    return step;
  }

  private static long decoded(int side, int step) {
    return (side + step - 1L) / step;
  }

  private static ImageData converted(BufferedImage image) {
    int width = image.getWidth();
    ImageData data =
        new ImageData(width, image.getHeight(), 24, new PaletteData(0xff0000, 0xff00, 0xff));
    boolean transparent = image.getColorModel().hasAlpha();
    int[] row = new int[width];
    byte[] alphas = new byte[width];
    for (int y = 0; y < data.height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      data.setPixels(0, y, width, row, 0);
      if (transparent) {
        for (int x = 0; x < width; x++) {
          alphas[x] = (byte) (row[x] >>> 24);
        }
        data.setAlphas(0, y, width, alphas, 0);
      }
    }
    return data;
  }
}
