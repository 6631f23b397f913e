// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How large a picture is, read from its first bytes, before anything is made of the rest. */
public record PictureSize(int width, int height) {
  /** More than a picture of somebody can sensibly have. */
  public static final long MOST_PIXELS = 40_000_000;

  /** Bytes among which the size stands. */
  public static final int HEAD = 512 << 10;

  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

  public long pixels() {
    return (long) width * height;
  }

  /** Whether a file is named like one of the forms that are read. */
  public static boolean named(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** The size of a PNG, JPEG, GIF or BMP; empty if it is none of them, or broken. */
  public static Optional<PictureSize> of(byte[] head) {
    Optional<PictureSize> size = Optional.empty();
    if (begins(head, 0x89, 'P', 'N', 'G') && head.length >= 24) {
      size = Optional.of(new PictureSize(int32(head, 16), int32(head, 20)));
    } else if (begins(head, 'G', 'I', 'F') && head.length >= 10) {
      size = Optional.of(new PictureSize(low16(head, 6), low16(head, 8)));
    } else if (begins(head, 'B', 'M') && head.length >= 26) {
      size =
          Optional.of(
              new PictureSize(
                  low16(head, 18) | low16(head, 20) << 16,
                  Math.abs(low16(head, 22) | low16(head, 24) << 16)));
    } else if (begins(head, 0xff, 0xd8)) {
      size = jpeg(head);
    }
    return size.filter(found -> found.width() > 0 && found.height() > 0);
  }

  /**
   * Whether all points of such a picture are in memory while it is decoded, though only some of
   * them are asked for: in a progressive JPEG each scan adds to all, and a BMP may be packed.
   */
  public static boolean isDecodedWhole(byte[] head) {
    return begins(head, 'B', 'M') || begins(head, 0xff, 0xd8) && isProgressive(head);
  }

  private static boolean isProgressive(byte[] head) {
    int frame = frame(head);
    return frame < 0 || (head[frame + 1] & 0xff) != 0xc0 && (head[frame + 1] & 0xff) != 0xc1;
  }

  /** Goes from segment to segment of a JPEG to the one that begins a frame; -1 if there is none. */
  private static int frame(byte[] head) {
    int at = 2;
    while (at + 9 < head.length && (head[at] & 0xff) == 0xff) {
      int marker = head[at + 1] & 0xff;
      boolean frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame) {
        return at;
      }
      at += marker == 0xff ? 1 : 2 + high16(head, at + 2);
    }
    return -1;
  }

  private static Optional<PictureSize> jpeg(byte[] head) {
    int at = frame(head);
    return at < 0
        ? Optional.empty()
        : Optional.of(new PictureSize(high16(head, at + 7), high16(head, at + 5)));
  }

  private static boolean begins(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static int high16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static int low16(byte[] bytes, int at) {
    return (bytes[at + 1] & 0xff) << 8 | bytes[at] & 0xff;
  }

  private static int int32(byte[] bytes, int at) {
    return high16(bytes, at) << 16 | high16(bytes, at + 2);
  }
}
