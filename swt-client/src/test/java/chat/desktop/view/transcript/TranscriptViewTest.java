// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.desktop.FakeService;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Watchdog;
import chat.desktop.ui.Widgets;
import chat.desktop.view.MainPage;
import chat.desktop.view.widget.FlatButton;
import chat.protocol.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Ui.class)
class TranscriptViewTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Person ANNA = new Person(2, "Anna");
  private static final Person MING = new Person(3, "小明");

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Studio studio;

  @BeforeEach
  void studio() throws Exception {
    studio = new Studio(folder);
  }

  private MainPage enterWith(int count, int shown) {
    for (int i = 1; i <= count; i++) {
      service.past(i % 3 == 0 ? MING : ANNA, "message " + i + " 消息 " + "word ".repeat(i % 40));
    }
    service.config = new ClientConfig(folder, "chat.example.org", 7667, "", "", "en", shown, 5);
    MainPage page = studio.main(service);
    service.enter();
    Ui.await("rows", () -> page.window().transcript().rows().size() >= shown);
    Ui.settle();
    return page;
  }

  private MainPage away(int unread) {
    for (int i = 1; i <= 200 + unread; i++) {
      service.past(i % 3 == 0 ? MING : ANNA, "message " + i + " ");
    }
    service.config = new ClientConfig(folder, "chat.example.org", 7667, "", "", "en", 50, 5);
    service.place = FakeService.place(200, 200 + unread, Math.min(1_000, unread), 0, false);
    MainPage page = studio.main(service);
    activate(page, SWT.Deactivate);
    service.enter();
    Ui.await("first", () -> page.window().transcript().rows().size() > 50 || unread < 50);
    Ui.settle();
    return page;
  }

  private static void activate(MainPage page, int type) {
    Ui.run(() -> page.window().shell().notifyListeners(type, new Event()));
  }

  private int unread(MainPage page) {
    return Ui.ask(() -> page.window().model().unread());
  }

  @Test
  void aRoomOpensAtTheFirstUnreadMessageAndOnlyWhatIsInViewIsRead() {
    MainPage page = away(40);
    assertSeen(page, "message 201 ");
    assertFalse(page.atEnd());
    awaitButton(page, "newest", "40 new");
    assertEquals(40, unread(page), "nobody looks");
    activate(page, SWT.Activate);
    Ui.await("read", () -> page.window().model().unread() < 40);
    Ui.settle();
    int left = unread(page);
    assertTrue(left > 10, left + " are below the window");
    awaitButton(page, "newest", left + " new");
    page.press("newest");
    awaitButton(page, "firstUnread", left + " unread");
    assertEquals(left, unread(page), "what was passed over is not read");
    page.press("firstUnread");
    awaitButton(page, "firstUnread", "");
    scrollUntilRead(page);
    assertEquals(0, unread(page));
    assertTrue(page.atEnd());
  }

  @Test
  void whatIsScrolledThroughFasterThanItIsToldOfIsRead() {
    MainPage page = away(40);
    assertSeen(page, "message 201 ");
    activate(page, SWT.Activate);
    Ui.await("read", () -> page.window().model().unread() < 40);
    Ui.run(() -> {
      TranscriptView view = page.window().transcript();
      int step = view.getClientArea().height / 2;
      for (int i = 0; i < 20; i++) {
        view.scrollBy(step);
        Event event = new Event();
        event.gc = new GC(view);
        view.notifyListeners(SWT.Paint, event);
        event.gc.dispose();
      }
    });
    Ui.await("all", () -> page.window().model().unread() == 0);
  }

  @Test
  void aThousandMessagesAreReadOnFromTheFirstUnreadOne() {
    MainPage page = away(1_000);
    assertSeen(page, "message 201 ");
    activate(page, SWT.Activate);
    scrollUntilRead(page);
    assertEquals(0, unread(page));
    service.say(ANNA, "live");
    page.awaitRow("live");
    assertTrue(page.atEnd());
  }

  @Test
  void theButtonLeadsToTheEndFromAPieceOfThePast() {
    MainPage page = away(1_000);
    assertSeen(page, "message 201 ");
    activate(page, SWT.Activate);
    Ui.await("read", () -> page.window().model().unread() < 1_000);
    Ui.settle();
    awaitButton(page, "newest", unread(page) + " new");
    page.press("newest");
    Ui.await("the end", page::atEnd);
    Ui.settle();
    assertTrue(page.atEnd(), "and stays there");
    assertTrue(unread(page) > 900, "what was passed over is not read");
  }

  @Test
  void whatComesWhileNobodyLooksBeginsInView() {
    MainPage page = enterWith(100, 100);
    activate(page, SWT.Deactivate);
    for (int i = 1; i <= 40; i++) {
      service.say(ANNA, "new " + i + " ");
    }
    page.awaitRow("new 40 ");
    Ui.settle();
    assertSeen(page, "new 1 ");
    assertEquals(40, unread(page));
  }

  /** At the upper edge. */
  private static void assertSeen(MainPage page, String words) {
    Ui.await(
        words,
        () -> {
          TranscriptView view = page.window().transcript();
          return view.words(view.rowAt(60)).contains(words);
        });
  }

  /** Scrolls, and returns when that was painted: only then it was in view. */
  private void scroll(MainPage page, int by) {
    AtomicInteger paints = new AtomicInteger();
    Listener painted = _ -> paints.incrementAndGet();
    Ui.run(() -> page.window().transcript().addListener(SWT.Paint, painted));
    page.scrollBy(by);
    Ui.await("painted", () -> paints.get() > 0);
    Ui.settle();
    Ui.run(() -> page.window().transcript().removeListener(SWT.Paint, painted));
  }

  /**
   * Half a window at a time, so that nothing is passed over; what comes is fetched meanwhile, and
   * how many steps that takes depends on the machine.
   */
  private void scrollUntilRead(MainPage page) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (unread(page) > 0 && System.nanoTime() < end) {
      scroll(page, Ui.ask(() -> page.window().transcript().getClientArea().height) / 2);
    }
  }

  /** Waits for the words of a button; empty while it is not shown. */
  private static void awaitButton(MainPage page, String id, String words) {
    Ui.await(
        words,
        () -> {
          FlatButton button = (FlatButton) Widgets.find(page.window().shell(), id);
          return (button.isVisible() ? button.text() : "").equals(words);
        });
  }

  @Test
  void aHundredThousandMessagesOpenAtOnceAndOnlyWhatIsSeenIsLaidOut() {
    for (int i = 1; i <= 100_000; i++) {
      service.past(i % 3 == 0 ? MING : ANNA, "message " + i + " 消息 " + "word ".repeat(i % 40));
    }
    service.config = new ClientConfig(folder, "chat.example.org", 7667, "", "", "en", 100_000, 5);
    MainPage page = studio.main(service);
    Ui.settle();
    long start = System.nanoTime();
    service.enter();
    Ui.await("rows", () -> page.window().transcript().rows().size() == 100_000);
    Ui.settle();
    long opened = (System.nanoTime() - start) / 1_000_000;
    long laidOut = page.laidOut();
    System.out.println("BENCH open 100,000 messages: " + opened + " ms, laid out " + laidOut);
    assertTrue(laidOut > 5 && laidOut < 80, "laid out " + laidOut);
    start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      service.say(ANNA, "more " + i);
    }
    Ui.await("rows", () -> page.window().transcript().rows().size() == 100_100);
    Ui.settle();
    long added = (System.nanoTime() - start) / 1_000;
    System.out.println("BENCH append 100 messages to 100,000: " + added + " us");
    assertTrue(page.atEnd());
    assertTrue(page.laidOut() < laidOut + 200, "laid out " + page.laidOut());
    assertTrue(opened < 5_000, "opened in " + opened + " ms");
  }

  @Test
  void olderMessagesComeInAboveWithoutMovingWhatIsRead() {
    MainPage page = enterWith(200, 60);
    int fetched = 0;
    for (int i = 0; i < 400 && page.rows().size() < 200; i++) {
      int size = page.rows().size();
      int row = page.rowAt(300);
      String words = page.rows().get(row);
      int before = page.topOf(row);
      page.scrollBy(-150);
      Ui.settle();
      fetched += page.rows().size() > size ? 1 : 0;
      assertEquals(before + 150, page.topOf(page.rows().indexOf(words)), "step " + i);
    }
    assertEquals(200, page.rows().size());
    assertTrue(fetched >= 3, fetched + " pages");
  }

  @Test
  void scrollingUpMovesTheTextAsFarAsAsked() {
    MainPage page = enterWith(300, 300);
    page.scrollBy(-400);
    for (int i = 0; i < 30; i++) {
      int row = page.rowAt(200);
      int before = page.topOf(row);
      page.scrollBy(-70);
      assertEquals(before + 70, page.topOf(row), "step " + i);
    }
  }

  @Test
  void scrollingUpFetchesHistoryUntilTheBeginning() {
    MainPage page = enterWith(130, 20);
    for (int i = 0; i < 400 && page.rows().size() < 130; i++) {
      page.scrollBy(-400);
    }
    assertEquals(130, page.rows().size());
    assertTrue(page.rows().getFirst().contains("message 1 "));
  }

  @Test
  void theWindowIsFilledWithoutBeingAsked() {
    MainPage page = enterWith(40, 2);
    Ui.await("history", () -> page.window().transcript().rows().size() == 40);
    Ui.settle();
    assertTrue(page.atEnd());
  }

  @Test
  void whatIsNewWaitsBelowWhileSomebodyReadsAbove() {
    MainPage page = enterWith(100, 100);
    page.scrollBy(-800);
    assertFalse(page.atEnd());
    int row = page.rowAt(200);
    int before = page.topOf(row);
    service.say(ANNA, "psst");
    page.awaitRow("psst");
    Ui.settle();
    assertEquals(before, page.topOf(row));
    Ui.await(
        "button",
        () -> {
          FlatButton newest = (FlatButton) Widgets.find(page.window().shell(), "newest");
          return newest.isVisible() && newest.text().equals("1 new");
        });
    page.press("newest");
    Ui.settle();
    assertTrue(page.atEnd());
  }

  @Test
  void aLongTalkIsBoundedAndReadingAboveNeverJumps() {
    MainPage page = enterWith(700, 700);
    page.scrollBy(-800);
    int row = page.rowAt(200);
    String words = page.rows().get(row);
    int before = page.topOf(row);
    for (int i = 0; i < 2_000; i++) {
      service.say(ANNA, "more " + i);
    }
    page.awaitRow("more 1999");
    Ui.settle();
    int now = page.rowAt(200);
    assertEquals(words, page.rows().get(now));
    assertEquals(before, page.topOf(now));
    page.press("newest");
    Ui.settle();
    assertTrue(page.atEnd());
    assertTrue(page.rows().size() < 1_600, page.rows().size() + " rows");
    assertTrue(page.rows().getLast().contains("more 1999"));
    for (int i = 0; i < 3_000 && !page.rows().getFirst().contains("message 1 "); i++) {
      int seen = page.rowAt(200);
      String seenWords = page.rows().get(seen);
      int top = page.topOf(seen);
      page.scrollBy(-2_000);
      int moved = page.rows().indexOf(seenWords);
      assertTrue(page.topOf(moved) >= top, "step " + i);
    }
    assertEquals(2_700, page.rows().size());
  }

  @Test
  void keysScroll() {
    MainPage page = enterWith(100, 100);
    key(page, SWT.PAGE_UP);
    assertFalse(page.atEnd());
    key(page, SWT.END);
    assertTrue(page.atEnd());
    key(page, SWT.HOME);
    assertEquals(0, page.rowAt(10));
  }

  private static void key(MainPage page, int keyCode) {
    Ui.run(() -> Widgets.key(page.window().transcript(), keyCode, '\0', 0));
    Ui.settle();
  }

  @Test
  void anotherWidthLaysOutAnewAndStaysAtTheEnd() {
    MainPage page = enterWith(100, 100);
    Ui.run(() -> page.window().shell().setSize(560, 500));
    Ui.settle();
    assertTrue(page.atEnd());
    int last = page.rows().size() - 1;
    int top = page.topOf(last);
    int bottom = top + Ui.ask(() -> page.window().transcript().viewport().heights().get(last));
    int height = Ui.ask(() -> page.window().transcript().getClientArea().height);
    assertEquals(height - 14, bottom);
  }

  @Test
  void aFloodOfEventsNeverHoldsUpTheWindow() throws Exception {
    MainPage page = enterWith(50, 50);
    Ui.settle();
    try (Watchdog watchdog = new Watchdog(Ui.display())) {
      Thread flood =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 20_000; i++) {
                  service.say(i % 2 == 0 ? ANNA : MING, "flood " + i);
                }
              });
      flood.join();
      Ui.await("all", () -> page.window().transcript().rows().getLast().number() == 20_050);
      Ui.settle();
      System.out.println("BENCH 20,000 events: longest stall " + watchdog.longestMillis() + " ms");
      assertTrue(watchdog.longestMillis() < 250, "stall of " + watchdog.longestMillis() + " ms");
    }
  }

  @Test
  void theWatchdogSeesAStall() throws Exception {
    try (Watchdog watchdog = new Watchdog(Ui.display())) {
      Ui.run(() -> {
        long end = System.nanoTime() + 300_000_000L;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      });
      Ui.await("seen", () -> watchdog.longestMillis() >= 250);
    }
  }
}
