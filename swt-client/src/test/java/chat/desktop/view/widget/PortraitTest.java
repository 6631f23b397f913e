// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.text.PictureSize;
import chat.protocol.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortraitTest {
  @TempDir Path folder;

  private Path picture(int width, int height, int format) {
    ImageData data = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data.setPixel(x, y, random.nextInt(1 << 24));
      }
    }
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    Path file = folder.resolve("picture");
    loader.save(file.toString(), format);
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {SWT.IMAGE_PNG, SWT.IMAGE_JPEG, SWT.IMAGE_BMP})
  void isSquareAndSmallAndPng(int format) throws Exception {
    Path file = picture(700, 300, format);
    assertEquals(Optional.of(new PictureSize(700, 300)), PictureSize.of(Files.readAllBytes(file)));
    byte[] made = Portrait.of(file);
    assertTrue(made.length <= Limits.PICTURE, made.length + " bytes");
    assertEquals(Optional.of(new PictureSize(256, 256)), PictureSize.of(made));
  }

  @Test
  void aSmallOneIsNotMadeLarger() throws Exception {
    byte[] made = Portrait.of(picture(40, 90, SWT.IMAGE_PNG));
    assertEquals(Optional.of(new PictureSize(40, 40)), PictureSize.of(made));
  }

  @Test
  void aHugeOneIsRefusedByItsHead() throws Exception {
    ByteBuffer head = ByteBuffer.allocate(40);
    head.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
    head.put(new byte[] {'I', 'H', 'D', 'R'}).putInt(10_000).putInt(4_001);
    Path bomb = Files.write(folder.resolve("bomb.png"), head.array());
    Portrait.RefusedPicture refused =
        assertThrows(Portrait.RefusedPicture.class, () -> Portrait.of(bomb));
    assertEquals(Portrait.Refused.LARGE, refused.why());
    assertEquals(Optional.empty(), Portrait.Shape.ROUND.cut(head.array(), 96));
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "no picture at all");
    Portrait.RefusedPicture refused =
        assertThrows(Portrait.RefusedPicture.class, () -> Portrait.of(text));
    assertEquals(Portrait.Refused.UNREADABLE, refused.why());
    assertThrows(IOException.class, () -> Portrait.of(folder.resolve("gone")));
    assertEquals(Optional.empty(), Portrait.Shape.ROUND.cut(new byte[] {1, 2, 3}, 96));
  }

  /** One point, as some other program wrote it. */
  private static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

  @Test
  void aFormThatCanNotBeReadIsRefusedAndNotShown() throws IOException {
    Path file = Files.write(folder.resolve("a.webp"), WEBP);
    Portrait.RefusedPicture refused =
        assertThrows(Portrait.RefusedPicture.class, () -> Portrait.of(file));
    assertEquals(Portrait.Refused.UNREADABLE, refused.why());
    assertEquals(Optional.empty(), Portrait.Shape.ROUND.cut(WEBP, 96));
    assertEquals(Optional.empty(), Portrait.Shape.TILE.cut(WEBP, 96));
  }

  @Test
  void aRoomsIsATile() throws Exception {
    byte[] made = Portrait.of(picture(300, 300, SWT.IMAGE_PNG));
    ImageData tile = Portrait.Shape.TILE.cut(made, 96).get();
    ImageData round = Portrait.Shape.ROUND.cut(made, 96).get();
    assertEquals(0, tile.getAlpha(0, 0));
    assertEquals(255, tile.getAlpha(10, 10));
    assertEquals(0, round.getAlpha(10, 10));
    assertEquals(255, tile.getAlpha(48, 0));
    assertEquals(255, tile.getAlpha(0, 48));
  }

  @Test
  void whatIsShownIsRound() throws Exception {
    ImageData round =
        Portrait.Shape.ROUND.cut(Portrait.of(picture(300, 300, SWT.IMAGE_PNG)), 96).get();
    assertEquals(0, round.getAlpha(0, 0));
    assertEquals(255, round.getAlpha(48, 48));
    assertEquals(96, round.width);
    ImageData read =
        new ImageLoader()
            .load(new ByteArrayInputStream(Portrait.of(picture(300, 300, SWT.IMAGE_PNG))))[0];
    assertEquals(256, read.width);
  }
}
