// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import chat.desktop.model.room.Row;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.main.Banner;
import chat.desktop.view.main.ComposeBox;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.main.StatusStrip;
import chat.desktop.view.transcript.CardPicture;
import chat.desktop.view.transcript.TranscriptView;
import chat.desktop.view.widget.FileCard;
import chat.desktop.view.widget.ItemList;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;

/** The main window as a test sees it. Every method may be called from the test thread. */
public record MainPage(MainWindow window) {

  /** Writes into the compose box, as the keys would. */
  public MainPage write(String text) {
    Ui.run(() -> compose().insert(text));
    return this;
  }

  /** Presses Enter in the compose box. */
  public void enter(int stateMask) {
    Ui.run(() -> {
      Event event = new Event();
      event.keyCode = SWT.CR;
      event.character = SWT.CR;
      event.stateMask = stateMask;
      compose().text().notifyListeners(ST_VERIFY_KEY, event);
    });
  }

  /** Presses a key in the compose box. */
  public void key(int keyCode) {
    Ui.run(() -> {
      Event event = new Event();
      event.keyCode = keyCode;
      compose().text().notifyListeners(ST_VERIFY_KEY, event);
    });
  }

  /** The type of the event behind VerifyKeyListener. */
  private static final int ST_VERIFY_KEY = 3005;

  public void send(String text) {
    write(text);
    press("send");
  }

  public String draft() {
    return Ui.ask(() -> compose().text().getText());
  }

  public void press(String id) {
    Ui.run(() -> Widgets.send(Widgets.find(window.shell(), id)));
  }

  /** Whether an item of the menu bar can be chosen when its menu is open. */
  public boolean isEnabled(String id) {
    return Ui.ask(() -> Widgets.isEnabled(window.shell(), id));
  }

  public boolean isVisible(String id) {
    return Ui.ask(() -> find(id).isVisible());
  }

  public void menu(String id) {
    Ui.run(() -> Widgets.menu(window.shell(), id));
  }

  public String title() {
    return Ui.ask(() -> window.shell().getText());
  }

  public String status() {
    return Ui.ask(() -> ((StatusStrip) find("status")).words());
  }

  public String banner() {
    return Ui.ask(() -> ((Banner) find("banner")).text());
  }

  /** The rows of the transcript, in the words of a screen reader. */
  public List<String> rows() {
    return Ui.ask(() -> {
      TranscriptView view = window.transcript();
      return java.util.stream.IntStream.range(0, view.rows().size()).mapToObj(view::words).toList();
    });
  }

  public void awaitRow(String end) {
    Ui.await("row that ends in " + end, () -> rowsNow().stream().anyMatch(r -> r.endsWith(end)));
  }

  private List<String> rowsNow() {
    TranscriptView view = window.transcript();
    return java.util.stream.IntStream.range(0, view.rows().size()).mapToObj(view::words).toList();
  }

  public Row row(int index) {
    return Ui.ask(() -> window.transcript().rows().get(index));
  }

  /** What the list at the left shows. */
  public List<String> side() {
    return Ui.ask(() -> window.side().list().words());
  }

  /** Chooses a line of the list at the left by the keyboard. */
  public void choose(String words) {
    Ui.run(() -> {
      var list = window.side().list();
      list.first();
      int wanted = indexInSide(words);
      while (list.cursor() < wanted) {
        Widgets.key(list, SWT.ARROW_DOWN, '\0', 0);
      }
      Widgets.key(list, SWT.CR, SWT.CR, 0);
    });
  }

  int indexInSide(String words) {
    int index = window.side().list().words().indexOf(words);
    if (index < 0) {
      throw new AssertionError(words + " is not in " + window.side().list().words());
    }
    return index;
  }

  /** What a search has found. */
  public List<String> found() {
    return Ui.ask(() -> window.findPane().list().words());
  }

  /** Goes to the hit with the cursor. */
  public void goToFound() {
    Ui.run(() -> window.findPane().list().choose());
  }

  /** The words of the message that the keys work on; empty if there is none. */
  public String rowWithCursor() {
    return Ui.ask(() -> {
      TranscriptView view = window.transcript();
      return view.cursor() < 0 ? "" : view.words(view.cursor());
    });
  }

  public int files() {
    return Ui.ask(() -> ((ItemList<?>) find("files")).items().size());
  }

  public void search(String text) {
    Ui.run(() -> ((Text) find("search")).setText(text));
  }

  /** Clicks in the middle of a row's bubble or card, or so far from there. */
  public void clickRow(int index, int dx, int dy) {
    Ui.run(() -> {
      TranscriptView view = window.transcript();
      Rectangle body = view.picture(index).body();
      Widgets.click(
          view, body.x + body.width / 2 + dx, view.topOf(index) + body.y + body.height / 2 + dy);
    });
  }

  /** What the card of a file says below its name. */
  public String cardState(int row) {
    return Ui.ask(() ->
        window.transcript().picture(row) instanceof CardPicture picture
            ? picture.card().state()
            : "");
  }

  /** Clicks on the round button of a file's card. */
  public void clickCardButton(int row) {
    Ui.run(() -> {
      TranscriptView view = window.transcript();
      Rectangle button = FileCard.buttonArea(((CardPicture) view.picture(row)).cardArea());
      Widgets.click(
          view, button.x + button.width / 2, view.topOf(row) + button.y + button.height / 2);
    });
  }

  /** Whether a row's body stands nearer to the right edge than to the left one. */
  public boolean atRight(int row) {
    return Ui.ask(() -> {
      Rectangle body = window.transcript().picture(row).body();
      return window.transcript().getClientArea().width - body.x - body.width < body.x;
    });
  }

  /** Marks from the begin of one row to the end of another. */
  public String mark(int from, int to) {
    return Ui.ask(() -> {
      TranscriptView view = window.transcript();
      Point start = corner(from, false);
      Point end = corner(to, true);
      for (int type : new int[] {SWT.MouseDown, SWT.MouseMove, SWT.MouseUp}) {
        Event event = new Event();
        event.button = 1;
        event.x = type == SWT.MouseDown ? start.x : end.x;
        event.y = type == SWT.MouseDown ? start.y : end.y;
        view.notifyListeners(type, event);
      }
      return view.markedText();
    });
  }

  private Point corner(int row, boolean end) {
    TranscriptView view = window.transcript();
    Rectangle body = view.picture(row).body();
    int y = view.topOf(row) + body.y;
    return end
        ? new Point(body.x + body.width - 1, y + body.height - 9)
        : new Point(body.x + 1, y + 9);
  }

  /** Where a row begins in the canvas. */
  public int topOf(int row) {
    return Ui.ask(() -> window.transcript().topOf(row));
  }

  public int rowAt(int y) {
    return Ui.ask(() -> window.transcript().rowAt(y));
  }

  public void scrollBy(int delta) {
    Ui.run(() -> window.transcript().scrollBy(delta));
    Ui.settle();
  }

  public boolean atEnd() {
    return Ui.ask(() -> window.transcript().viewport().sticky());
  }

  public long laidOut() {
    topOf(0);
    return Ui.ask(() -> window.transcript().laidOut());
  }

  /** The colour in a row's body, near its left edge. */
  public RGB bodyColour(int row) {
    Ui.settle();
    return Ui.ask(() -> {
      TranscriptView view = window.transcript();
      Rectangle body = view.picture(row).body();
      return pixel(view, body.x + 6, view.topOf(row) + body.y + body.height / 2);
    });
  }

  /** All colours of a row's body. */
  public java.util.Set<RGB> colours(int row) {
    Ui.settle();
    return Ui.ask(() -> {
      TranscriptView view = window.transcript();
      Rectangle body = view.picture(row).body();
      java.util.Set<RGB> found = new java.util.HashSet<>();
      ImageData data = picture(view);
      int top = view.topOf(row) + body.y;
      for (int y = Math.max(0, top); y < Math.min(data.height, top + body.height); y++) {
        for (int x = body.x; x < Math.min(data.width, body.x + body.width); x++) {
          found.add(data.palette.getRGB(data.getPixel(x, y)));
        }
      }
      return found;
    });
  }

  private static RGB pixel(Control control, int x, int y) {
    ImageData data = picture(control);
    return data.palette.getRGB(data.getPixel(x, y));
  }

  private static ImageData picture(Control control) {
    Point size = control.getSize();
    Image image = new Image(control.getDisplay(), size.x, size.y);
    GC gc = new GC(control);
    gc.copyArea(image, 0, 0);
    gc.dispose();
    ImageData data = image.getImageData();
    image.dispose();
    return data;
  }

  public StyledText composeText() {
    return compose().text();
  }

  private ComposeBox compose() {
    return window.compose();
  }

  Control find(String id) {
    return Widgets.find(window.shell(), id);
  }
}
