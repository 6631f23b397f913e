// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.PictureSize;
import chat.protocol.Limits;
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
import org.eclipse.swt.graphics.Rectangle;

/**
 * Makes pictures of people and rooms: square, small, and never from something that is far too
 * large.
 */
public final class Portrait {
  private static final int[] SIDES = {256, 192, 128, 64};
  private static final long MOST_RECEIVED = 4_000_000;

  private Portrait() {}

  /** What a picture is cut to before it is drawn. */
  public enum Shape {
    /** A circle, for people. */
    ROUND,
    /** A square with round corners, for rooms. */
    TILE;

    /** What somebody else sent, in this shape; empty if it can't be shown. */
    public Optional<ImageData> cut(byte[] picture, int side) {
      return Portrait.cut(
          picture,
          side,
          switch (this) {
            case ROUND -> side / 2.0;
            case TILE -> side / 4.0;
          });
    }
  }

  /** Why a file can't be such a picture; the name is the end of the key of its text. */
  public enum Refused {
    UNREADABLE,
    LARGE
  }

  /** A picture that was refused. */
  public static final class RefusedPicture extends IOException {
    private final Refused why;

    RefusedPicture(Refused why) {
      super(why.name());
      this.why = why;
    }

    public Refused why() {
      return why;
    }
  }

  /** Reads a picture from the disk, unless its head says that it is too large, and makes it fit. */
  public static byte[] of(Path file) throws IOException {
    PictureSize size = PictureSize.of(head(file)).orElseThrow(Portrait::unreadable);
    if (size.pixels() > PictureSize.MOST_PIXELS) {
      throw new RefusedPicture(Refused.LARGE);
    }
    try {
      ImageData whole = PictureReader.read(file);
      for (int side : SIDES) {
        byte[] png = png(square(whole, Math.min(side, Math.min(whole.width, whole.height))));
        if (png.length <= Limits.PICTURE) {
          return png;
        }
      }
      throw new RefusedPicture(Refused.LARGE);
    } catch (RefusedPicture e) {
      throw e;
    } catch (PictureReader.TooLargeException e) {
      throw new RefusedPicture(Refused.LARGE);
    } catch (IOException | SWTException e) {
      throw unreadable();
    }
  }

  private static Optional<ImageData> cut(byte[] picture, int side, double radius) {
    if (PictureSize.of(picture).filter(s -> s.pixels() <= MOST_RECEIVED).isEmpty()) {
      return Optional.empty();
    }
    try {
      ImageData square = square(PictureReader.read(picture), side);
      double middle = (side - 1) / 2.0;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double across = Math.max(0, Math.abs(x - middle) - (side / 2.0 - radius));
          double down = Math.max(0, Math.abs(y - middle) - (side / 2.0 - radius));
          double edge = radius - Math.hypot(across, down);
          int inside = (int) (255 * Math.clamp(edge + 0.5, 0, 1));
          square.setAlpha(x, y, square.getAlpha(x, y) * inside / 255);
        }
      }
      return Optional.of(square);
    } catch (IOException | SWTException e) {
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

  /** The middle of a picture. */
  private static ImageData square(ImageData whole, int side) {
    int from = Math.min(whole.width, whole.height);
    Rectangle middle =
        new Rectangle((whole.width - from) / 2, (whole.height - from) / 2, from, from);
    return Shrink.of(whole, middle, side, side);
  }

  private static byte[] png(ImageData data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    loader.save(bytes, SWT.IMAGE_PNG);
    return bytes.toByteArray();
  }
}
