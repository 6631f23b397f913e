// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.app.LinkStatus.Tone;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Language;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Watchdog;
import chat.desktop.view.EmojiPage;
import chat.desktop.view.widget.Palette;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.eclipse.swt.SWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three people with three windows on one screen chat over a real server, which is restarted under
 * them.
 */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class ThreeWindowsTest {
  @TempDir Path folder;
  private DesktopFixture office;
  private DesktopUser anna;
  private DesktopUser ming;
  private DesktopUser zoe;
  private final List<String> written = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    office = new DesktopFixture(folder);
    anna = enter(new DesktopUser("Anna", office.server(), folder.resolve("anna")), 0);
    ming =
        enter(
            new DesktopUser(
                "小明", office.server(), folder.resolve("ming"), Language.ZH, Palette.light()),
            465);
    zoe =
        enter(
            new DesktopUser(
                "Zoë", office.server(), folder.resolve("zoe"), Language.EN, Palette.dark()),
            930);
  }

  private DesktopUser enter(DesktopUser desk, int x) {
    return office.enter(desk, x, 460, 860);
  }

  @AfterEach
  void close() throws InterruptedException {
    office.close();
  }

  private void say(DesktopUser desk, String text) {
    written.add(text);
    desk.says(text);
  }

  private void everybodySees(String text) {
    office.desks().forEach(desk -> desk.awaitSaid(text));
  }

  /** Each text is in every window once, in one order, which is the one of each author. */
  private void everythingIsEverywhereOnceAndInOrder() {
    for (String text : written) {
      everybodySees(text);
    }
    List<DesktopUser.Said> shown = anna.said();
    for (DesktopUser desk : office.desks()) {
      assertEquals(shown, desk.said(), desk.name() + "'s window");
    }
    List<String> texts = shown.stream().map(DesktopUser.Said::text).toList();
    assertEquals(written.size(), texts.size(), "shown: " + texts);
    assertEquals(new HashSet<>(written), new HashSet<>(texts));
    assertEquals(
        shown.stream().sorted(Comparator.comparingLong(DesktopUser.Said::number)).toList(), shown);
    for (DesktopUser author : office.desks()) {
      List<String> own =
          shown.stream()
              .filter(said -> said.author().equals(author.name()))
              .map(DesktopUser.Said::text)
              .toList();
      assertEquals(
          written.stream().filter(own::contains).toList(), own, author.name() + "'s order");
    }
  }

  @Test
  void peopleTalkInTheirLanguagesAndSeeEachOtherComeAndGo() throws Exception {
    for (DesktopUser desk : office.desks()) {
      Ui.await(
          desk.name() + " sees everybody",
          () ->
              desk.model().online().size() == office.desks().size()
                  && desk.page().side().size() == 6);
    }
    say(anna, "Good morning!");
    everybodySees("Good morning!");
    say(ming, "早上好！今天的会议改到下午三点。");
    everybodySees("早上好！今天的会议改到下午三点。");
    written.add("Party 🎉");
    zoe.page().write("Party ");
    zoe.page().press("emoji");
    EmojiPage picker = new EmojiPage();
    Ui.await("picker", picker::isOpen);
    picker.search("party popper");
    Ui.await("found", () -> picker.shown().contains("🎉"));
    picker.traverse(SWT.TRAVERSE_RETURN);
    Ui.await("picked", () -> zoe.page().draft().equals("Party 🎉"));
    zoe.page().press("send");
    everybodySees("Party 🎉");
    say(anna, "two\nlines, 家族 👨‍👩‍👧 and مرحبا");
    everythingIsEverywhereOnceAndInOrder();
    for (DesktopUser desk : office.desks()) {
      Ui.settle();
      for (int i = 0; i < desk.page().rows().size(); i++) {
        if (desk.page().row(i) instanceof Row.Said said) {
          boolean own = said.entry().author().name().equals(desk.name());
          assertEquals(own, desk.page().atRight(i), desk.name() + ": " + said.text());
        }
      }
    }
    Ui.picture(Path.of("target/screens/three-windows.png"));

    office.desks().remove(zoe);
    zoe.close();
    Ui.await("gone at once", 15, () -> anna.model().online().size() == 2);
    Ui.await("gone at once", 15, () -> ming.model().online().size() == 2);
    DesktopUser back = new DesktopUser("Zoë", office.server(), folder.resolve("zoe"));
    office.desks().add(back);
    back.comesBack();
    Ui.await("back", () -> anna.model().online().size() == 3);
    Ui.await("back", () -> ming.model().online().size() == 3);
    assertEquals(
        List.of(anna.words("notice.joinedMany", 3)),
        anna.notices(),
        "membership is told of, coming and going is not");
  }

  @Test
  void restartsAndACrashOfTheServerLoseDoubleAndReorderNothing() throws Exception {
    List<String> noticesBefore = anna.notices();
    try (Watchdog watchdog = new Watchdog(Ui.display())) {
      restart(office.server()::stop, "restart", "重启");
      restart(office.server()::kill, "crash", "崩溃");
      watchdog.assertNothingBlocked();
    }
    everythingIsEverywhereOnceAndInOrder();
    for (DesktopUser desk : office.desks()) {
      assertEquals(0, Ui.ask(() -> desk.model().unsent()), desk.name());
      Ui.await(
          desk.name() + " sees all three",
          () -> desk.model().online().size() == office.desks().size());
    }
    assertEquals(noticesBefore, anna.notices(), "nobody has gone");
  }

  private interface Fall {
    void run() throws Exception;
  }

  private void restart(Fall fall, String word, String chinese) throws Exception {
    for (int i = 0; i < 5; i++) {
      say(anna, word + ": before " + i);
      say(ming, chinese + "之前 " + i);
    }
    everybodySees(written.getLast());
    for (int i = 0; i < 10; i++) {
      say(anna, word + ": in the middle " + i);
      say(ming, chinese + "之中 " + i);
      say(zoe, word + " 💥 " + i);
    }
    fall.run();
    for (DesktopUser desk : office.desks()) {
      desk.awaitTone(Tone.BAD);
      assertTrue(
          desk.page().status().startsWith(desk.words("link.lost", "#", "#").substring(0, 4)),
          desk.page().status());
    }
    int lost = Ui.ask(() -> anna.model().unsent());
    for (int i = 0; i < 5; i++) {
      say(anna, word + ": while it is away " + i);
      say(zoe, word + " 🏝 " + i);
    }
    Ui.await("unsent is said", () -> anna.model().unsent() >= lost + 5);
    int unsent = Ui.ask(() -> anna.model().unsent());
    String status = anna.page().status();
    assertTrue(status.endsWith(anna.words("status.unsent", unsent)), status);
    office.server().start();
    for (DesktopUser desk : office.desks()) {
      desk.awaitTone(Tone.GOOD);
    }
    say(anna, word + ": after");
    say(ming, chinese + "之后");
    everythingIsEverywhereOnceAndInOrder();
  }
}
