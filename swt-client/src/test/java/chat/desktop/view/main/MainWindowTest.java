// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.notify.NotificationLevel;
import chat.desktop.model.notify.NotificationRules;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Language;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.MainPage;
import chat.desktop.view.transcript.RowPicture;
import chat.desktop.view.transcript.TranscriptView;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.FileCard;
import chat.desktop.view.widget.Palette;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Ui.class)
class MainWindowTest {
  private static final Person ANNA = new Person(2, "Anna");

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Studio studio;
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    studio = new Studio(folder);
    service.past(ANNA, "Hello").past(ANNA, "see https://example.org/x").past(FakeService.ME, "Yes");
    page = studio.main(service);
    service.enter();
    page.awaitRow("Yes");
  }

  @Test
  void sendsWithEnterAndBreaksLinesWithShift() {
    page.write("one");
    page.enter(SWT.SHIFT);
    page.write("two");
    page.enter(0);
    page.awaitRow("one\ntwo");
    assertEquals(List.of("one\ntwo"), service.sent);
    assertEquals("", page.draft());
  }

  @Test
  void anEmptyTextIsNotSent() {
    page.send(" \n ");
    assertEquals(List.of(), service.sent);
  }

  @Test
  void aTextOnItsWayIsShownAndCountedUntilItIsThere() {
    service.holdTexts = true;
    page.send("slow");
    page.awaitRow("slow");
    assertInstanceOf(Row.Unsent.class, page.row(3));
    Ui.await("count", () -> page.status().contains("1 unsent"));
  }

  @Test
  void aRefusedTextSaysWhyAndCanBeTriedAgainByAClick() {
    service.refuseText = Problem.NOT_ALLOWED;
    page.send("no");
    page.awaitRow("no");
    Ui.settle();
    service.refuseText = null;
    clickUnder(3, "message.retry");
    Ui.await("sent", () -> window().transcript().rows().get(3) instanceof Row.Said);
    assertEquals(List.of("no", "no"), service.sent);
  }

  @Test
  void aRefusedTextCanBeDiscardedByAClick() {
    service.refuseText = Problem.NOT_ALLOWED;
    page.send("no");
    page.awaitRow("no");
    Ui.settle();
    clickUnder(3, "message.discard");
    Ui.await("gone", () -> window().transcript().rows().size() == 3);
    assertTrue(service.calls.contains("discard"));
  }

  private void clickUnder(int row, String word) {
    Ui.run(() -> {
      TranscriptView view = window().transcript();
      RowPicture picture = view.picture(row);
      int y = picture.body().y + picture.body().height + 8;
      Class<?> wanted =
          word.equals("message.retry")
              ? RowPicture.Spot.Retry.class
              : RowPicture.Spot.Discard.class;
      int x = view.getClientArea().width;
      while (x > 0 && !wanted.isInstance(picture.at(x, y))) {
        x--;
      }
      Widgets.click(view, x, view.topOf(row) + y);
    });
  }

  private MainWindow window() {
    return page.window();
  }

  @Test
  void ownOtherAndSystemLinesHaveThreeColoursInBothThemes() {
    for (Palette palette : List.of(Palette.light(), Palette.dark())) {
      FakeService other = new FakeService();
      other.past(ANNA, "theirs").past(FakeService.ME, "mine");
      MainPage two = studio.main(other, studio.setup(Language.EN, palette));
      other.enter();
      other.join(new Person(9, "Carla"));
      two.awaitRow("Carla joined");
      Ui.await("theirs", () -> two.bodyColour(0).equals(palette.other().getRGB()));
      Ui.await("mine", () -> two.bodyColour(1).equals(palette.own().getRGB()));
      Ui.await("notice", () -> two.colours(2).contains(palette.notice().getRGB()));
      assertEquals(
          3, Set.of(palette.own(), palette.other(), palette.notice()).size(), "three colours");
      Ui.run(() -> two.window().shell().dispose());
    }
  }

  @Test
  void everyColourOfTextIsLegibleOnItsGround() {
    for (Palette p : List.of(Palette.light(), Palette.dark())) {
      assertContrast(p.text(), p.other());
      assertContrast(p.quiet(), p.paper());
      assertContrast(p.quiet(), p.other());
      assertContrast(p.notice(), p.paper());
      assertContrast(p.onOwn(), p.own());
      assertContrast(p.quietOnOwn(), p.own());
      assertContrast(p.link(), p.other());
      assertContrast(p.bad(), p.onBad());
      assertContrast(p.bad(), p.window());
      p.names().forEach(name -> assertContrast(name, p.paper()));
      p.avatars().forEach(avatar -> assertContrast(p.onOwn(), avatar));
    }
  }

  private static void assertContrast(
      org.eclipse.swt.graphics.Color one, org.eclipse.swt.graphics.Color other) {
    double a = light(one.getRGB());
    double b = light(other.getRGB());
    double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    assertTrue(contrast >= 4.5, one + " on " + other + ": " + contrast);
  }

  private static double light(RGB rgb) {
    return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue);
  }

  private static double linear(int value) {
    double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  @Test
  void peopleComeAndGoInTheListAndMembersInTheTranscript() {
    int rows = page.rows().size();
    service.came(ANNA);
    Ui.await("list", () -> page.side().contains("Anna"));
    assertTrue(page.side().contains("ONLINE – 2"));
    service.went(ANNA);
    Ui.await("list", () -> !page.side().contains("Anna"));
    assertEquals(rows, page.rows().size(), "coming and going is not told of in a room");
    service.join(ANNA);
    page.awaitRow("Anna joined");
    service.join(new Person(8, "Ben"));
    service.join(new Person(9, "Carla"));
    page.awaitRow("3 people joined");
    page.clickRow(rows, 0, 0);
    page.awaitRow("3 people joined: Anna, Ben, Carla");
  }

  @Test
  void theSearchFieldFiltersRoomsAndPeople() {
    service.came(ANNA);
    Ui.await("list", () -> page.side().contains("Anna"));
    page.search("ann");
    assertEquals(List.of("ONLINE – 2", "Anna"), page.side());
    page.search("zzz");
    assertEquals(List.of("Nothing found"), page.side());
    page.search("");
    assertTrue(page.side().contains("Lobby"));
  }

  @Test
  void theStripAlwaysTellsTheTruth() {
    Ui.await("connected", () -> page.status().startsWith("Connected to chat.example.org"));
    service.link(new Link.Lost("no route", Instant.now().plusSeconds(30)));
    Ui.await("lost", () -> page.status().startsWith("Connection lost · retry in "));
    String first = page.status();
    Ui.await("countdown", () -> !page.status().equals(first));
    page.press("retry");
    assertTrue(service.calls.contains("retryNow"));
    service.link(new Link.KeyChanged("a", "b"));
    Ui.await("key", () -> page.status().contains("another key"));
  }

  @Test
  void aWrongKeyIsExplainedWithAWayBackAndGoesOnWhenTheKnownOneReturns() {
    service.link(new Link.KeyChanged("ab".repeat(32), "cd".repeat(32)));
    Ui.await("key", () -> page.status().contains("another key"));
    page.press("retry");
    Ui.run(() -> Widgets.send(Widgets.find(keyPage().orElseThrow(), "changed.no")));
    assertTrue(keyPage().isEmpty());
    page.press("retry");
    service.link(new Link.Online("TLS 1.3"));
    Ui.await("the page goes by itself", () -> keyPage().isEmpty());
    assertFalse(service.calls.toString().contains("trust"), service.calls.toString());
    service.link(new Link.KeyChanged("ab".repeat(32), "cd".repeat(32)));
    Ui.await("key again", () -> page.status().contains("another key"));
    page.press("retry");
    Ui.run(() -> Widgets.send(Widgets.find(keyPage().orElseThrow(), "changed.yes")));
    Ui.await("trusted", () -> service.calls.toString().contains("trust"));
  }

  private static Optional<Shell> keyPage() {
    return Ui.ask(() -> Widgets.shell(Ui.display(), "keyChanged"));
  }

  @Test
  void theTitleCountsWhatIsUnread() {
    Ui.run(() -> window().shell().notifyListeners(SWT.Deactivate, new Event()));
    service.say(ANNA, "psst");
    Ui.await("title", () -> window().shell().getText().equals("(1) Chatroom – # Lobby"));
    Ui.run(() -> window().shell().notifyListeners(SWT.Activate, new Event()));
    Ui.await("title", () -> window().shell().getText().equals("Chatroom – # Lobby"));
  }

  @Test
  void aLinkIsOpenedByAClickAndOnlyThere() {
    page.clickRow(1, 0, 0);
    assertEquals(List.of("browse https://example.org/x"), studio.outside.done);
    page.clickRow(0, 0, 0);
    assertEquals(1, studio.outside.done.size());
  }

  @Test
  void textIsMarkedOverSeveralMessagesAndCopiedWithTheirAuthors() {
    assertEquals("Hello", page.mark(0, 0));
    String all = page.mark(0, 2);
    assertTrue(all.matches("(?s)\\[..:..] Anna: Hello\n.*Robin: Yes\n"), all);
  }

  @Test
  void filesAreSentByDialogAndRefusedBeforeAByteIsSent() throws Exception {
    Path small = Files.writeString(folder.resolve("small.txt"), "hi");
    Path big = Files.write(folder.resolve("big.bin"), new byte[3000]);
    studio.outside.choice = List.of(small);
    page.press("attach");
    page.awaitRow("small.txt");
    service.limits = new Limits(1, 100, 2000, 1, 1, 1);
    studio.outside.choice = List.of(big);
    page.press("attach");
    assertEquals("big.bin is 2.9 KB; this server takes files of at most 2.0 KB.", page.banner());
    assertEquals(List.of(small), service.uploads);
    page.press("banner.close");
    assertEquals("", page.banner());
  }

  @Test
  void filesAreSentByDropping() throws Exception {
    Path file = Files.writeString(folder.resolve("dropped.txt"), "hi");
    Ui.run(() -> {
      DropTarget target =
          Widgets.all(window().shell())
              .map(control -> control.getData("drop"))
              .filter(DropTarget.class::isInstance)
              .map(DropTarget.class::cast)
              .findFirst()
              .orElseThrow();
      Event event = new Event();
      event.data = new String[] {file.toString()};
      event.detail = DND.DROP_COPY;
      target.notifyListeners(DND.Drop, dropEvent(target, file));
    });
    page.awaitRow("dropped.txt");
    assertEquals(List.of(file), service.uploads);
  }

  /** The event's class is not public, so it is made the way the toolkit does. */
  private static Event dropEvent(DropTarget target, Path file) {
    try {
      var made = Class.forName("org.eclipse.swt.dnd.DNDEvent").getDeclaredConstructor();
      made.setAccessible(true);
      Event event = (Event) made.newInstance();
      event.widget = target;
      event.data = new String[] {file.toString()};
      event.detail = DND.DROP_COPY;
      return event;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void filesOnTheClipboardAreSentByPasting() throws Exception {
    Path file = Files.writeString(folder.resolve("pasted.txt"), "hi");
    Ui.run(() -> {
      var clipboard = new org.eclipse.swt.dnd.Clipboard(Ui.display());
      clipboard.setContents(
          new Object[] {new String[] {file.toString()}},
          new org.eclipse.swt.dnd.Transfer[] {org.eclipse.swt.dnd.FileTransfer.getInstance()});
      window().compose().paste();
      clipboard.dispose();
    });
    page.awaitRow("pasted.txt");
    assertEquals(List.of(file), service.uploads);
    assertEquals("", page.draft());
  }

  @Test
  void aFileIsFetchedStoppedGoneOnWithAndOpened() {
    service.sayFile(ANNA, "plan.pdf", 1000);
    page.awaitRow("plan.pdf");
    Ui.await("files", () -> page.files() == 1);
    Ui.settle();
    page.clickRow(3, 0, 0);
    Ui.await("started", () -> service.calls.contains("download plan.pdf"));
    service.downloaded(400, new Transfer.Running());
    Ui.settle();
    Ui.run(() -> {
      var area = FileCard.buttonArea(window().transcript().picture(3).body());
      Widgets.click(window().transcript(), area.x + 9, window().transcript().topOf(3) + area.y + 9);
    });
    Ui.await("stopped", () -> service.cancelled.size() == 1);
    Ui.settle();
    page.clickRow(3, 0, 0);
    service.downloaded(1000, new Transfer.Finished());
    Ui.settle();
    page.clickRow(3, 0, 0);
    assertEquals(List.of("open plan.pdf"), studio.outside.done);
  }

  @Test
  void aTextThatIsTooLongStaysInTheBox() {
    service.limits = new Limits(1, 10, 1, 1, 1, 1);
    page.send("12345678901");
    assertTrue(page.banner().startsWith("This message is too long"), page.banner());
    assertEquals("12345678901", page.draft());
    assertEquals(List.of(), service.sent);
  }

  @Test
  void slashCommandsChangeWhatIsSent() {
    page.send("/shout hello");
    page.awaitRow("HELLO");
    page.send("/nobody knows this");
    page.awaitRow("/nobody knows this");
  }

  @Test
  void undoAndRedoWorkInTheComposeBox() {
    page.write("first ");
    page.write("second");
    Ui.run(() -> page.composeText().setFocus());
    Ui.run(window().compose()::undo);
    assertEquals("first ", page.draft());
    Ui.run(window().compose()::redo);
    assertEquals("first second", page.draft());
  }

  @Test
  void marksAreWrittenByKeyAndShownAsStyles() {
    page.write("see you at three");
    Ui.run(() -> {
      page.composeText().setSelection(11, 16);
      window().compose().mark("**");
    });
    assertEquals("see you at **three**", page.draft());
    Ui.run(window().compose()::undo);
    assertEquals("see you at three", page.draft());
    Ui.run(window().compose()::redo);
    page.send("");
    page.awaitRow("see you at three");
    assertEquals("see you at **three**", service.sent.getLast());
  }

  @Test
  void notificationsAreShownOnlyWhileNobodyLooksAndIfWanted() {
    Ui.run(() -> window().shell().setMinimized(true));
    service.say(ANNA, "psst");
    page.awaitRow("psst");
    assertEquals(List.of(), studio.notified);
    Ui.run(() -> {
      var model = window().model();
      new NotificationRules(model, studio.settings, ZoneId.of("UTC"))
          .level(model.current(), NotificationLevel.ALL);
    });
    service.say(ANNA, "ping");
    page.awaitRow("ping");
    assertEquals(List.of("Anna in Lobby: ping"), studio.notified);
    studio.settings.notifications(false);
    service.say(ANNA, "pong");
    page.awaitRow("pong");
    assertEquals(1, studio.notified.size());
  }

  @Test
  void preferencesAreKeptAndAnotherLanguageRebuildsTheWindow() {
    page.menu("chat.preferences");
    Ui.run(() -> {
      Shell dialog = Widgets.shell(Ui.display(), "preferences").orElseThrow();
      ((org.eclipse.swt.widgets.Combo) Widgets.find(dialog, "language")).select(2);
      ((org.eclipse.swt.widgets.Button) Widgets.find(dialog, "notifications")).setSelection(false);
      Widgets.find(dialog, "button.save").notifyListeners(SWT.Selection, new Event());
    });
    assertFalse(studio.settings.notifications());
    assertEquals(Language.ZH, studio.settings.language().orElseThrow());
    assertEquals(1, studio.exits.rebuilds);
  }

  @Test
  void theSameModelIsShownInChineseByANewWindow() {
    AppContext chinese = studio.setup(Language.ZH, Palette.light());
    MainWindow second =
        Ui.ask(() -> {
          MainWindow made =
              new MainWindow(
                  Ui.display(), window().model(), chinese, studio.exits, (_, _) -> studio.outside);
          made.open();
          return made;
        });
    MainPage other = new MainPage(second);
    assertEquals("聊天室 – # Lobby", other.title());
    assertTrue(other.status().startsWith("已连接到"));
    assertEquals(page.rows(), other.rows());
  }

  @Test
  void theMiddleIsUsableInASmallWindow() {
    Ui.run(() -> window().shell().setSize(400, 340));
    Ui.settle();
    Ui.run(() -> {
      assertFalse(Widgets.find(window().shell(), "side").isVisible());
      assertFalse(Widgets.find(window().shell(), "files").isVisible());
      assertTrue(window().transcript().getSize().x > 300);
      assertTrue(window().transcript().getSize().y > 60);
      assertTrue(page.composeText().getSize().x > 100);
    });
  }

  @Test
  void theWindowComesBackWhereItWas() {
    Ui.run(() -> window().shell().setBounds(60, 50, 700, 500));
    Ui.settle();
    Ui.run(window()::close);
    assertEquals(700, studio.settings.window().get(2));
    FakeService again = new FakeService();
    again.config = ClientConfig.of(folder, "h", 1);
    MainWindow second =
        Ui.ask(() ->
            new MainWindow(
                Ui.display(),
                studio.model(again::open, again.config),
                studio.setup(Language.EN, Palette.light()),
                studio.exits,
                (_, _) -> studio.outside));
    assertEquals(500, Ui.ask(() -> second.shell().getSize().y));
  }

  @Test
  void realKeysWriteAndSend() {
    Ui.run(() -> {
      window().shell().forceActive();
      page.composeText().setFocus();
    });
    Ui.await("focus", () -> page.composeText().isFocusControl());
    for (char c : "hey".toCharArray()) {
      post(c, 0);
    }
    Ui.await("typed", () -> page.composeText().getText().equals("hey"));
    post('\0', SWT.CR);
    page.awaitRow("hey");
    assertEquals(List.of("hey"), service.sent);
  }

  @Test
  void realKeysCallCommands() {
    Ui.run(() -> {
      window().shell().forceActive();
      page.composeText().setFocus();
    });
    Ui.await("focus", () -> page.composeText().isFocusControl());
    boolean shown = studio.settings.filesPane();
    post('\0', SWT.F9);
    Ui.await("files", () -> studio.settings.filesPane() != shown);
  }

  private static void post(char character, int keyCode) {
    for (int type : new int[] {SWT.KeyDown, SWT.KeyUp}) {
      Ui.run(() -> {
        Event event = new Event();
        event.type = type;
        event.character = keyCode == SWT.CR ? SWT.CR : character;
        event.keyCode = keyCode;
        Ui.display().post(event);
      });
    }
  }
}
