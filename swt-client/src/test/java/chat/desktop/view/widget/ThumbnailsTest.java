// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.desktop.FakeService;
import chat.desktop.model.room.Row;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.MainPage;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Ui.class)
class ThumbnailsTest {
  private static final Point MOST = new Point(600, 400);

  @TempDir Path folder;

  private Path picture(String name, int width, int height, int format) {
    ImageData data = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data.setPixel(x, y, x < width / 2 ? 0xff0000 : 0x0000ff);
      }
    }
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    Path file = folder.resolve(name);
    loader.save(file.toString(), format);
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {SWT.IMAGE_PNG, SWT.IMAGE_JPEG, SWT.IMAGE_BMP})
  void aPictureIsMadeToFit(int format) {
    ImageData small = Thumbnails.read(picture("p", 1200, 300, format), MOST).orElseThrow();
    assertEquals(600, small.width);
    assertEquals(150, small.height);
    RGB left = small.palette.getRGB(small.getPixel(10, 75));
    RGB right = small.palette.getRGB(small.getPixel(590, 75));
    assertTrue(left.red > 240 && left.blue < 15, left.toString());
    assertTrue(right.blue > 240 && right.red < 15, right.toString());
  }

  /** A PNG of one colour: 39.7 million points in few bytes. */
  private Path bomb() throws IOException {
    int width = 6_300;
    int height = 6_300;
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (var packed =
        new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_COMPRESSION), 64 << 10)) {
      byte[] row = new byte[1 + 3 * width];
      for (int y = 0; y < height; y++) {
        packed.write(row);
      }
    }
    Path file = folder.resolve("bomb.png");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeLong(0x89504e470d0a1a0aL);
      byte[] head = ByteBuffer.allocate(13).putInt(width).putInt(height).array();
      head[8] = 8;
      head[9] = 2;
      chunk(out, "IHDR", head);
      chunk(out, "IDAT", rows.toByteArray());
      chunk(out, "IEND", new byte[0]);
    }
    return file;
  }

  private static void chunk(DataOutputStream out, String kind, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(kind.getBytes(StandardCharsets.US_ASCII));
    sum.update(content);
    out.writeInt(content.length);
    out.writeBytes(kind);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }

  /** What the client does with such a picture, in as much memory as it has by default. */
  static final class Small {
    public static void main(String[] files) {
      ImageData data = Thumbnails.read(Path.of(files[0]), MOST).orElseThrow();
      System.out.println(data.width + " x " + data.height);
    }
  }

  @Test
  void fewBytesThatStandForManyPointsEndNoClient() throws Exception {
    Path file = bomb();
    assertTrue(Files.size(file) < 200_000, Files.size(file) + " bytes");
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Small.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = client.inputReader()) {
      assertEquals("400 x 400", out.readAllAsString().strip());
    }
  }

  @Test
  void ofAnAnimationOneFrameIsReadHoweverManyThereAre() throws IOException {
    Path file = folder.resolve("p.gif");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      BufferedImage frame = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_INDEXED);
      for (int i = 0; i < 200; i++) {
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    }
    byte[] right = Files.readAllBytes(file);
    // What is behind the first frame is not even looked at.
    Files.write(file, Arrays.copyOf(right, right.length / 2));
    ImageData first = Thumbnails.read(file, MOST).orElseThrow();
    assertEquals(64, first.width);
    assertEquals(48, first.height);
  }

  @Test
  void aSmallOneStaysAsItIs() {
    ImageData same = Thumbnails.read(picture("p", 40, 30, SWT.IMAGE_PNG), MOST).orElseThrow();
    assertEquals(40, same.width);
    assertEquals(30, same.height);
  }

  @Test
  void whatIsTooLargeByItsHeadIsNotRead() throws IOException {
    Path file = picture("p", 40, 30, SWT.IMAGE_PNG);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 8_000).putInt(20, 8_000);
    Files.write(file, bytes);
    assertEquals(Optional.empty(), Thumbnails.read(file, MOST));
  }

  @Test
  void whatIsNoPictureIsNotShown() throws IOException {
    Path text = Files.writeString(folder.resolve("no.png"), "not a picture at all");
    assertEquals(Optional.empty(), Thumbnails.read(text, MOST));
    assertEquals(Optional.empty(), Thumbnails.read(folder.resolve("missing.png"), MOST));
    Path cut = folder.resolve("cut.png");
    byte[] whole = Files.readAllBytes(picture("p", 400, 300, SWT.IMAGE_PNG));
    Files.write(cut, Arrays.copyOf(whole, 20));
    assertEquals(Optional.empty(), Thumbnails.read(cut, MOST));
  }

  @Test
  void aPictureThatIsHereIsShownAndEnlargedByAClick() throws Exception {
    Path file = picture("garden.png", 800, 600, SWT.IMAGE_PNG);
    FakeService service = new FakeService();
    service.pastFile(new Person(2, "Anna"), "garden.png", Files.size(file));
    MainPage page = new Studio(folder).main(service);
    service.enter();
    Ui.await("row", () -> page.window().transcript().rows().size() == 1);
    int before = height(page);
    page.clickCardButton(0);
    Path target = folder.resolve("downloads").resolve("garden.png");
    Ui.await("download", () -> service.calls.contains("download garden.png"));
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
    service.downloaded(Files.size(file), new Transfer.Finished());
    Ui.await("picture", () -> height(page) > before + 200);
    page.clickRow(0, 0, -60);
    Ui.await("enlarged", () -> enlarged().isPresent());
    Shell dialog = enlarged().orElseThrow();
    assertEquals("garden.png", Ui.ask(dialog::getText));
    Ui.run(dialog::close);
  }

  @Test
  void whatIsSentFromHereIsShownAtOnceAndStaysSo() throws Exception {
    Path file = picture("garden.png", 800, 600, SWT.IMAGE_PNG);
    Path other = Files.writeString(folder.resolve("notes.txt"), "no picture");
    FakeService service = new FakeService();
    Studio studio = new Studio(folder);
    MainPage page = studio.main(service);
    service.enter();
    studio.outside.choice = List.of(other, file);
    page.menu("chat.sendFile");
    Ui.await("rows", () -> page.window().transcript().rows().size() == 2);
    Ui.await("picture while it moves", () -> height(page, 1) > height(page, 0) + 150);
    UUID id = ((Row.Sending) page.row(1)).id();
    long size = Files.size(file);
    service.transfer(
        id, Transfer.Way.UP, "garden.png", file, size / 2, size, new Transfer.Running());
    Ui.await("picture goes on", () -> height(page, 1) > height(page, 0) + 150);
    service.tell(
        new ClientEvent.Added(
            new Event.Entry(
                FakeService.LOBBY,
                1,
                id,
                FakeService.ME,
                1_000,
                new Content.File("garden.png", "image/png", size, new byte[32]))));
    Ui.await("sent", () -> page.window().transcript().rows().getFirst() instanceof Row.Filed);
    Ui.await("picture of what is there", () -> height(page, 0) > height(page, 1) + 200);
    assertFalse(service.calls.contains("download garden.png"), "nothing is fetched");
    page.clickRow(0, 0, -60);
    Ui.await("enlarged", () -> enlarged().isPresent());
  }

  /** The pictures that are kept are fewer than the rows that are laid out. */
  @Test
  void moreThanAHundredPicturesInARoomAreDrawn() throws Exception {
    Path file = picture("0.png", 400, 300, SWT.IMAGE_PNG);
    FakeService service = new FakeService();
    Studio studio = new Studio(folder);
    MainPage page = studio.main(service);
    service.enter();
    List<Path> all = new ArrayList<>();
    for (int i = 1; i <= 130; i++) {
      all.add(Files.copy(file, folder.resolve(i + ".png")));
    }
    studio.outside.choice = all;
    page.menu("chat.sendFile");
    Ui.await("rows", () -> page.window().transcript().rows().size() == all.size());
    for (int row = 0; row < all.size(); row++) {
      int now = row;
      Ui.await("picture " + row, () -> height(page, now) > FileCard.HEIGHT + 150);
    }
    Image paper = Ui.ask(() -> new Image(Ui.display(), 600, 400));
    Ui.run(() -> {
      GC gc = new GC(paper);
      for (int row = 0; row < all.size(); row++) {
        page.window().transcript().picture(row).paint(gc, 0, null);
      }
      gc.dispose();
    });
    Ui.await("the first one again", () -> coloured(page, paper, 0));
    Ui.run(paper::dispose);
  }

  private static boolean coloured(MainPage page, Image paper, int row) {
    GC gc = new GC(paper);
    page.window().transcript().picture(row).paint(gc, 0, null);
    gc.dispose();
    ImageData drawn = paper.getImageData();
    for (int y = 0; y < drawn.height; y++) {
      for (int x = 0; x < drawn.width; x++) {
        RGB point = drawn.palette.getRGB(drawn.getPixel(x, y));
        if (point.red > 240 && point.green < 15 && point.blue < 15) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void whatIsTooLargeIsSentWithoutAPicture() throws Exception {
    Path file = picture("bomb.png", 40, 30, SWT.IMAGE_PNG);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 8_000).putInt(20, 8_000);
    Files.write(file, bytes);
    FakeService service = new FakeService();
    Studio studio = new Studio(folder);
    MainPage page = studio.main(service);
    service.enter();
    Path small = picture("small.png", 400, 300, SWT.IMAGE_PNG);
    studio.outside.choice = List.of(file, small);
    page.menu("chat.sendFile");
    Ui.await("rows", () -> page.window().transcript().rows().size() == 2);
    Ui.await("the one behind it", () -> height(page, 1) > height(page, 0) + 150);
  }

  @Test
  void aPictureInAnotherFormStaysACardWithNameAndSize() throws Exception {
    FakeService service = new FakeService();
    byte[] webp = "RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);
    service.happening(
        new Person(2, "Anna"),
        new Content.File("garden.webp", "image/webp", webp.length, new byte[32]));
    MainPage page = new Studio(folder).main(service);
    service.enter();
    Ui.await("row", () -> page.window().transcript().rows().size() == 1);
    int before = height(page);
    page.clickCardButton(0);
    Ui.await("download", () -> service.calls.contains("download garden.webp"));
    Path target = folder.resolve("downloads").resolve("garden.webp");
    Files.createDirectories(target.getParent());
    Files.write(target, webp);
    service.downloaded(webp.length, new Transfer.Finished());
    Ui.await("here", () -> page.cardState(0).startsWith("16 B"));
    assertEquals(before, height(page));
    assertEquals(Optional.empty(), Thumbnails.read(target, MOST));
  }

  private static int height(MainPage page) {
    return height(page, 0);
  }

  private static int height(MainPage page, int row) {
    return Ui.ask(() -> page.window().transcript().picture(row).height());
  }

  private static Optional<Shell> enlarged() {
    return Ui.ask(() -> Widgets.shell(Ui.display(), "picture"));
  }
}
