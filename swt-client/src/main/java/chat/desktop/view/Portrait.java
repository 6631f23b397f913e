package chat.desktop.view;

import chat.desktop.model.PictureSize;
import chat.protocol.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;

/** Makes pictures of people: square, small, and never from something that is far too large. */
final class Portrait {
  private static final int[] SIDES = {256, 192, 128, 64};
  private static final long MOST_RECEIVED = 4_000_000;

  private Portrait() {}

  /** Why a file can't be somebody's picture; the name is the end of the key of its text. */
  enum Refused {
    UNREADABLE,
    LARGE
  }

  /** A picture that was refused. */
  static final class RefusedPicture extends IOException {
    private final Refused why;

    RefusedPicture(Refused why) {
      super(why.name());
      this.why = why;
    }

    Refused why() {
      return why;
    }
  }

  /** Reads a picture from the disk, unless its head says that it is too large, and makes it fit. */
  static byte[] of(Path file) throws IOException {
    PictureSize size = PictureSize.of(head(file)).orElseThrow(Portrait::unreadable);
    if (size.pixels() > PictureSize.MOST_PIXELS) {
      throw new RefusedPicture(Refused.LARGE);
    }
    try (InputStream in = Files.newInputStream(file)) {
      ImageData whole = new ImageLoader().load(in)[0];
      for (int side : SIDES) {
        byte[] png = png(square(whole, Math.min(side, Math.min(whole.width, whole.height))));
        if (png.length <= Limits.PICTURE) {
          return png;
        }
      }
      throw new RefusedPicture(Refused.LARGE);
    } catch (SWTException e) {
      throw unreadable();
    }
  }

  /** What somebody else sent, in a circle of some size; empty if it can't be shown. */
  static Optional<ImageData> round(byte[] picture, int side) {
    if (PictureSize.of(picture).filter(s -> s.pixels() <= MOST_RECEIVED).isEmpty()) {
      return Optional.empty();
    }
    try {
      ImageData square = square(new ImageLoader().load(new ByteArrayInputStream(picture))[0], side);
      double middle = (side - 1) / 2.0;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double edge = side / 2.0 - Math.hypot(x - middle, y - middle);
          int inside = (int) (255 * Math.clamp(edge + 0.5, 0, 1));
          square.setAlpha(x, y, square.getAlpha(x, y) * inside / 255);
        }
      }
      return Optional.of(square);
    } catch (SWTException e) {
      return Optional.empty();
    }
  }

  private static RefusedPicture unreadable() {
    return new RefusedPicture(Refused.UNREADABLE);
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PictureSize.HEAD);
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** The middle of a picture; each point is the mean of those that it stands for. */
  private static ImageData square(ImageData whole, int side) {
    int from = Math.min(whole.width, whole.height);
    int left = (whole.width - from) / 2;
    int top = (whole.height - from) / 2;
    ImageData made = new ImageData(side, side, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    made.alphaData = new byte[side * side];
    for (int y = 0; y < side; y++) {
      int y1 = top + (int) ((long) y * from / side);
      int y2 = Math.max(y1 + 1, top + (int) ((y + 1L) * from / side));
      for (int x = 0; x < side; x++) {
        int x1 = left + (int) ((long) x * from / side);
        int x2 = Math.max(x1 + 1, left + (int) ((x + 1L) * from / side));
        mean(whole, made, x, y, new int[] {x1, y1, x2, y2});
      }
    }
    return made;
  }

  private static void mean(ImageData whole, ImageData made, int x, int y, int[] area) {
    long red = 0;
    long green = 0;
    long blue = 0;
    long alpha = 0;
    int count = 0;
    for (int j = area[1]; j < area[3]; j++) {
      for (int i = area[0]; i < area[2]; i++) {
        int pixel = whole.getPixel(i, j);
        RGB rgb = whole.palette.getRGB(pixel);
        red += rgb.red;
        green += rgb.green;
        blue += rgb.blue;
        alpha += pixel == whole.transparentPixel ? 0 : whole.getAlpha(i, j);
        count++;
      }
    }
    RGB mean = new RGB((int) (red / count), (int) (green / count), (int) (blue / count));
    made.setPixel(x, y, made.palette.getPixel(mean));
    made.setAlpha(x, y, (int) (alpha / count));
  }

  private static byte[] png(ImageData data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    loader.save(bytes, SWT.IMAGE_PNG);
    return bytes.toByteArray();
  }
}
