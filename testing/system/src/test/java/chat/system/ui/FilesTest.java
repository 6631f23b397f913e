// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Formats;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Watchdog;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Large files go from one window to another over a real server. */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class FilesTest {
  private static final int LARGE = 49 << 20;
  private static final long LIMIT = 50L << 20;
  private static final long HEAP = 16 << 20;
  private static final long PATIENCE_SECONDS = 90;
  private static final Pattern PERCENT = Pattern.compile("(\\d+) %");

  @TempDir Path folder;
  private ServerProcess server;
  private DesktopUser anna;
  private DesktopUser bo;

  @BeforeEach
  void open() throws Exception {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
    anna = new DesktopUser("Anna", server, folder.resolve("anna")).registers().at(0, 0, 690, 700);
    bo = new DesktopUser("Bo", server, folder.resolve("bo")).registers().at(700, 0, 690, 700);
  }

  @AfterEach
  void close() throws InterruptedException {
    anna.close();
    bo.close();
    server.close();
    assertEquals(List.of(), anna.slow(), "in the thread of the windows");
    assertEquals(List.of(), bo.slow(), "in the thread of the windows");
  }

  private Path large(String name) throws IOException {
    byte[] bytes = new byte[1 << 20];
    Random random = new Random(7);
    Path file = folder.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < LARGE >> 20; i++) {
        random.nextBytes(bytes);
        out.write(bytes);
      }
    }
    return file;
  }

  /** Chooses a file in the (answered) dialog behind the button. */
  private void send(DesktopUser desk, Path file) {
    desk.studio().outside.choice = List.of(file);
    desk.page().press("attach");
  }

  /** Whether the row of a file is no longer one of a file on its way. */
  private static boolean sent(DesktopUser desk, String file) {
    int row = desk.fileRow(file);
    return row >= 0 && desk.page().row(row) instanceof Row.Filed;
  }

  private static Predicate<DesktopUser> has(String file, Class<? extends Transfer.State> state) {
    return desk -> {
      int row = desk.fileRow(file);
      if (row < 0 || !(desk.page().row(row) instanceof Row.Filed filed)) {
        return false;
      }
      Transfer transfer = desk.model().traffic().download(filed.entry().id());
      return transfer != null && state.isInstance(transfer.state());
    };
  }

  /** The percentages that the card of a file shows until something holds. */
  private List<Integer> watch(
      DesktopUser desk, String file, Predicate<DesktopUser> end, IntConsumer each) {
    List<Integer> shown = new ArrayList<>();
    Ui.await(
        "end of " + file + " in " + desk.name() + "'s window",
        PATIENCE_SECONDS,
        () -> {
          int row = desk.fileRow(file);
          Matcher percent = PERCENT.matcher(row < 0 ? "" : desk.page().cardState(row));
          if (percent.find()) {
            int now = Integer.parseInt(percent.group(1));
            if (shown.isEmpty() || shown.getLast() != now) {
              shown.add(now);
              each.accept(now);
            }
          }
          return end.test(desk);
        });
    return shown;
  }

  private static void assertProgress(List<Integer> shown) {
    assertTrue(shown.size() >= 4, "progress shown: " + shown);
    assertEquals(shown.stream().sorted().toList(), shown, "progress goes on");
  }

  @Test
  void aLargeFileGoesUpAndDownWithProgressWhilePeopleTalk() throws Exception {
    Path file = large("film 电影.dat");
    String name = "film 电影.dat";
    try (Watchdog watchdog = new Watchdog(Ui.display())) {
      send(anna, file);
      Ui.await("on its way", () -> anna.fileRow(name) >= 0);
      bo.says("take your time");
      assertProgress(watch(anna, name, desk -> sent(desk, name), percent -> {}));
      Ui.await("there", () -> bo.fileRow(name) >= 0);
      bo.awaitSaid("take your time");
      bo.page().clickRow(bo.fileRow(name), 0, 0);
      anna.says("here it is");
      assertProgress(watch(bo, name, has(name, Transfer.Finished.class), percent -> {}));
      bo.awaitSaid("here it is");
      watchdog.assertNothingBlocked();
    }
    Path got = folder.resolve("bo/downloads").resolve(name);
    assertEquals(-1, Files.mismatch(file, got));
    assertEquals(
        bo.words("file.saved", Formats.size(LARGE), "downloads"),
        bo.page().cardState(bo.fileRow(name)));
    bo.page().clickRow(bo.fileRow(name), 0, 0);
    assertEquals(List.of("open " + name), bo.studio().outside.done);
  }

  @Test
  void aDownloadIsStoppedAndGoesOnWhereItWas() throws Exception {
    Path file = large("parts.bin");
    send(anna, file);
    Ui.await("there", PATIENCE_SECONDS, () -> sent(bo, "parts.bin"));
    int row = bo.fileRow("parts.bin");
    bo.page().clickCardButton(row);
    Ui.await(
        "a part is here",
        PATIENCE_SECONDS,
        () -> bo.page().cardState(row).matches(".* [1-9]\\d? %"));
    bo.page().clickCardButton(row);
    Ui.await("stopped", () -> has("parts.bin", Transfer.Cancelled.class).test(bo));
    Matcher stopped = PERCENT.matcher(bo.page().cardState(row));
    assertTrue(stopped.find(), bo.page().cardState(row));
    int reached = Integer.parseInt(stopped.group(1));
    assertTrue(reached > 0 && reached < 100, "stopped at " + reached);
    Path part = folder.resolve("bo/downloads/parts.bin.part");
    long kept = Files.size(part);
    assertTrue(kept >= (long) LARGE * reached / 100, kept + " bytes are kept");
    assertFalse(Files.exists(folder.resolve("bo/downloads/parts.bin")));
    bo.page().clickCardButton(row);
    List<Integer> shown = new ArrayList<>();
    watch(bo, "parts.bin", has("parts.bin", Transfer.Finished.class), shown::add);
    shown.removeIf(percent -> percent == 0);
    assertTrue(shown.stream().allMatch(percent -> percent >= reached), reached + " then " + shown);
    assertEquals(-1, Files.mismatch(file, folder.resolve("bo/downloads/parts.bin")));
    assertFalse(Files.exists(part));
  }

  @Test
  void oneByteTooManyIsSaidAndNothingIsSent() throws Exception {
    Path file = folder.resolve("too-large.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(LIMIT + 1);
    }
    send(anna, file);
    String text =
        anna.words("file.tooLarge", "too-large.bin", Formats.size(LIMIT + 1), Formats.size(LIMIT));
    Ui.await("refusal", () -> anna.page().banner().equals(text));
    assertFalse(anna.calls().contains("upload"), "nothing is sent");
    assertEquals(-1, anna.fileRow("too-large.bin"));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(9);
    }
    send(anna, file);
    Ui.await("there", () -> sent(bo, "too-large.bin"));
    assertEquals("", anna.page().banner());
  }

  @Test
  void theHeapStaysFlatWhateverTheSizeOfAFile() throws Exception {
    Path file = large("heap.bin");
    long before = heap();
    List<Long> during = new ArrayList<>();
    send(anna, file);
    watch(anna, "heap.bin", desk -> sent(desk, "heap.bin"), percent -> during.add(heap()));
    Ui.await("there", () -> bo.fileRow("heap.bin") >= 0);
    bo.page().clickRow(bo.fileRow("heap.bin"), 0, 0);
    watch(bo, "heap.bin", has("heap.bin", Transfer.Finished.class), percent -> during.add(heap()));
    long most = during.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertTrue(during.size() >= 6, "looks: " + during.size());
    assertTrue(most - before < HEAP, before + " before, then " + during);
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
