// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.desktop.model.room.Row;
import chat.desktop.ui.Ui;
import chat.prove.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who enters a room in which others have talked before. */
@Tag("window")
@Timeout(180)
@ExtendWith(Ui.class)
class EnteringTest {
  private static final int TEXTS = 130;
  private static final int FILES = 7;

  @TempDir Path folder;
  private ServerProcess server;
  private DesktopUser anna;
  private DesktopUser bo;

  @BeforeEach
  void talk() throws Exception {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
    anna = new DesktopUser("Anna", server, folder.resolve("anna")).registers();
    for (int i = 1; i <= FILES; i++) {
      String name = "file " + i + ".txt";
      Path file = Files.writeString(folder.resolve(name), "of file " + i);
      Ui.run(() -> anna.model().traffic().upload(file));
      Ui.await(
          name,
          () ->
              anna.fileRow(name) >= 0 && anna.page().row(anna.fileRow(name)) instanceof Row.Filed);
    }
    for (int i = 1; i <= TEXTS; i++) {
      String text = text(i);
      Ui.run(() -> anna.model().send(text));
    }
    anna.awaitSaid(text(TEXTS));
  }

  @AfterEach
  void close() throws InterruptedException {
    anna.close();
    if (bo != null) {
      bo.close();
      assertEquals(List.of(), bo.slow(), "in the thread of the windows");
    }
    server.close();
  }

  private static String text(int number) {
    return "message " + number + " 消息";
  }

  private static List<String> texts(int from) {
    return IntStream.rangeClosed(from, TEXTS).mapToObj(EnteringTest::text).toList();
  }

  private List<String> shown() {
    return bo.said().stream().map(DesktopUser.Said::text).toList();
  }

  @Test
  void theWindowIsFilledAndScrollingUpLoadsWhatIsOlder() throws Exception {
    bo = new DesktopUser("Bo", server, folder.resolve("bo")).registers();
    Ui.await("a screenful", () -> shown().size() > 20);
    assertEquals(texts(TEXTS - shown().size() + 1), shown());
    Ui.await("files", () -> bo.page().files() == 5);
    assertEquals(
        List.of("file 7.txt", "file 6.txt", "file 5.txt", "file 4.txt", "file 3.txt"), files());

    Ui.await("laid out", () -> bo.page().atEnd());
    scrollUpUntil(shown -> shown.size() > 50);
    assertEquals(texts(TEXTS - shown().size() + 1), shown(), "one piece without a hole");
    scrollUpUntil(shown -> shown.contains(text(1)));
    assertEquals(texts(1), shown());
    scrollUpUntil(shown -> bo.fileRow("file 1.txt") >= 0);
    assertEquals(
        List.of(bo.words("notice.joined", "Anna")),
        bo.notices().subList(0, 1),
        "the room begins with who was there first");
    assertFalse(bo.page().atEnd(), "the place is kept");
  }

  @Test
  void olderFilesComeAtAClick() throws Exception {
    bo = new DesktopUser("Bo", server, folder.resolve("bo")).registers();
    Ui.await("files", () -> bo.page().files() == 5);
    bo.page().press("files.older");
    Ui.await("older files", () -> bo.page().files() == FILES);
    assertEquals(
        IntStream.iterate(FILES, i -> i >= 1, i -> i - 1)
            .mapToObj(i -> "file " + i + ".txt")
            .toList(),
        files());
  }

  private List<String> files() {
    return Ui.ask(
        () -> bo.model().current().files().stream().map(filed -> filed.file().name()).toList());
  }

  private void scrollUpUntil(Predicate<List<String>> condition) {
    Ui.await(
        "older ones",
        () -> {
          bo.page().scrollBy(-400);
          return condition.test(shown());
        });
  }
}
