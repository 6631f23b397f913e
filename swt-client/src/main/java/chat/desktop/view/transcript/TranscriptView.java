// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.FileActions;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Marks;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.room.Transcript;
import chat.desktop.model.room.TranscriptListener;
import chat.desktop.model.room.Viewport;
import chat.desktop.model.text.MessageLink;
import chat.desktop.view.dialog.PictureDialog;
import chat.desktop.view.widget.AccessibleItems;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import chat.desktop.view.widget.Thumbnails;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a room, drawn by ourselves on one canvas, because no widget bears a hundred
 * thousand of them.
 *
 * <p><b>Design.</b> Every row has a height in the {@link Viewport}'s tree: a guess until it is seen
 * for the first time, the truth from then on. Painting lays out what is in sight (see {@link
 * RowPictures}), corrects those heights, and repeats until nothing moves. Scrolling up measures the
 * rows it is about to show first, so that the text under the mouse moves exactly as far as the
 * wheel said. A row that comes in anywhere changes the tree and nothing else; the canvas is painted
 * once for however many came.
 *
 * <p><b>Thread.</b> The Display's, for everything.
 */
public final class TranscriptView extends Canvas {
  private static final int GUESS = 54;

  /** Below the newest row. */
  static final int FOOT = 14;

  /** What a key or a turn of the wheel moves. */
  static final int STEP = 48;

  private final Theme theme;
  private final ChatModel model;
  private final RowPictures pictures;
  private final Thumbnails thumbnails;
  private final Viewport viewport = new Viewport();
  private final RowMeasure measure =
      new RowMeasure(this, viewport, () -> rows().size(), this::height);
  private final Marks marks = new Marks();
  private final RowWords words;
  private final JumpButtons buttons;
  private final TranscriptListener listener = new Listener();
  private final Sight sight;
  private @Nullable Room room;
  private @Nullable Transcript transcript;
  private long freshAfter = -1;
  private int unread;

  /** The mark at which the view was opened, so that it goes there once. */
  private long openedAt = -1;

  private int cursor = -1;
  private boolean revealed;
  private boolean atEnd = true;
  private long firstSeen;
  private long lastSeen;
  private boolean toTell;

  /** Is told what of a room is looked at. */
  public interface Sight {

    /** The newest message has come in view or has left it. */
    void endMoved();

    /** These entries and all between them are in view. */
    void inView(Room room, long first, long last);

    /** A link leads where this account is not. */
    void leadsNowhere();
  }

  public TranscriptView(
      Composite parent,
      Theme theme,
      ChatModel model,
      FileActions files,
      DesktopIntegration integration,
      MessageMenu deeds,
      Sight sight) {
    super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
    this.theme = theme;
    this.model = model;
    this.words = new RowWords(theme, model);
    this.sight = sight;
    this.thumbnails = new Thumbnails(getDisplay());
    this.pictures =
        new RowPictures(theme, model, thumbnails, deeds.context().extensions(), this::grown);
    setData("id", "transcript");
    setBackground(theme.palette().paper());
    buttons = new JumpButtons(this, theme);
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.Resize, _ -> moved());
    addListener(SWT.Dispose, _ -> dispose0());
    addListener(SWT.KeyDown, new TranscriptKeys(this, deeds)::pressed);
    addListener(SWT.MouseWheel, this::wheel);
    addListener(SWT.FocusIn, _ -> redraw());
    addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN);
    bar().addListener(SWT.Selection, _ -> dragged());
    new TranscriptMouse(this, model, files, integration, deeds).listen();
    AccessibleItems.describe(
        this, theme.text("transcript.name"), () -> rows().size(), this::words, this::place);
  }

  /** Shows another room, or another piece of it. */
  public void show(@Nullable Room other) {
    Transcript shown = other == null ? null : other.shown();
    long fresh = other == null ? -1 : other.freshAfter();
    if (transcript == shown && freshAfter != fresh) {
      freshAfter = fresh;
      moved();
    }
    int count = other == null ? 0 : other.unread();
    if (count != unread) {
      unread = count;
      redraw();
    }
    if (transcript == shown) {
      if (count > 0) {
        tellSeen();
      }
      return;
    }
    if (transcript != null) {
      transcript.forget(listener);
    }
    room = other;
    transcript = shown;
    freshAfter = fresh;
    if (shown != null) {
      shown.listen(listener);
    }
    listener.reset();
  }

  /** Whether the newest message of the room is in sight. */
  public boolean atEnd() {
    return viewport.sticky() && (room == null || !room.past());
  }

  /** The row that the keys work on; -1 if there is none. */
  public int cursor() {
    return cursor;
  }

  void cursor(int row) {
    cursor = row;
    redraw();
  }

  /** The place of the screen below a row's body; the middle of the canvas if there is no row. */
  Point cornerOf(int row) {
    if (row < 0) {
      return toDisplay(getClientArea().width / 2, getClientArea().height / 2);
    }
    Rectangle body = picture(row).body();
    return toDisplay(body.x + Math.min(60, body.width), topOf(row) + body.y + body.height);
  }

  /** Shows a message of the room that is shown. */
  public void jump(long number) {
    if (room != null) {
      jump(room, number);
    }
  }

  /** Shows a message, which is fetched if it is not here, and puts the cursor there. */
  public void jump(Room where, long number) {
    var unused =
        model
            .jump(where, number)
            .thenRun(() -> {
              if (!isDisposed()) {
                show(where);
                reveal(where.shown().indexFrom(number));
              }
            });
  }

  /** Follows a link to a message of this server. */
  void follow(MessageLink link) {
    Room where = model.room(link.room());
    if (where == null || !link.leadsTo(model.config())) {
      sight.leadsNowhere();
    } else {
      jump(where, link.number());
    }
  }

  /** Shows the first unread message, which is fetched if it is not here. */
  public void jumpToUnread() {
    if (room != null && room.unread() > 0) {
      if (!room.hasFirstUnread()) {
        model.backToNow(room);
      }
      openedAt = -1;
      viewport.stickToEnd();
      model.select(room);
      moved();
    }
  }

  /** Takes all that is here for read. */
  void markRead() {
    if (room != null) {
      model.markRead(room);
    }
  }

  private void reveal(int index) {
    if (index < 0) {
      return;
    }
    cursor = index;
    revealed = true;
    measure.settle();
    viewport.scrollTo(viewport.heights().top(index) - getClientArea().height / 3);
    measure.settle();
    viewport.scrollTo(viewport.heights().top(index) - getClientArea().height / 3);
    moved();
  }

  public void backToNow() {
    if (room != null) {
      model.backToNow(room);
      show(room);
    }
    jumpToNewest();
  }

  Theme look() {
    return theme;
  }

  public Viewport viewport() {
    return viewport;
  }

  Marks marks() {
    return marks;
  }

  /** How many rows were laid out since the start. */
  public long laidOut() {
    return pictures.laidOut();
  }

  public List<Row> rows() {
    return transcript == null ? List.of() : transcript.rows();
  }

  public void jumpToNewest() {
    openedAt = freshAfter; // who wants to be there is not led to the first unread message
    viewport.stickToEnd();
    trim();
    moved();
  }

  void loadOlder() {
    if (room != null) {
      model.loadOlder(room);
    }
  }

  /** Scrolls by so many points; at the upper end older entries are fetched. */
  public void scrollBy(long delta) {
    if (delta < 0) {
      measure.above(-delta);
    }
    viewport.scrollBy(delta);
    if (delta < 0 && viewport.top() < getClientArea().height) {
      loadOlder();
    }
    if (delta > 0 && viewport.sticky()) {
      loadNewer();
      trim();
    }
    moved();
  }

  /** Rows that were kept because somebody read them may not be needed any more. */
  private void trim() {
    if (transcript != null) {
      transcript.trim();
    }
  }

  private void loadNewer() {
    if (room != null && room.past()) {
      viewport.hold();
      model.loadNewer(room);
    }
  }

  /** The text that is marked; of several messages with their times and authors. */
  public String markedText() {
    return words.marked(rows(), marks);
  }

  public void markAll() {
    if (!rows().isEmpty()) {
      int last = rows().size() - 1;
      marks.begin(new Marks.Place(0, 0));
      marks.extend(new Marks.Place(last, words.text(rows().get(last)).length()));
      redraw();
    }
  }

  /** The row at a height of the canvas; -1 if there is none. */
  public int rowAt(int y) {
    measure.settle();
    long at = y - shift() + viewport.top();
    return at < 0 || at >= viewport.heights().total() ? -1 : viewport.heights().at(at);
  }

  /** Where a row begins in the canvas. */
  public int topOf(int row) {
    measure.settle();
    return (int) (viewport.heights().top(row) - viewport.top()) + shift();
  }

  /** The picture of a row. */
  public RowPicture picture(int row) {
    GC gc = new GC(this);
    try {
      return pictures.of(gc, rows(), row, getClientArea().width, freshAfter);
    } finally {
      gc.dispose();
    }
  }

  /** The words of a row, as a screen reader says them. */
  public String words(int index) {
    Row row = rows().get(index);
    String drawn = pictures.drawn(row);
    return words.spoken(row, room) + (drawn.isEmpty() ? "" : ", " + drawn);
  }

  private Rectangle place(int index) {
    int height = viewport.heights().get(index);
    return new Rectangle(0, topOf(index), getClientArea().width, height);
  }

  private RowPicture.@Nullable Marked marked(int index, RowPicture picture) {
    if (marks.isEmpty() || index < marks.start().row() || index > marks.end().row()) {
      return null;
    }
    int from = index == marks.start().row() ? marks.start().offset() : 0;
    int to = index == marks.end().row() ? marks.end().offset() : picture.text().length();
    return from < to ? new RowPicture.Marked(from, to) : null;
  }

  /** Few rows stand at the foot of the canvas, not at its head. */
  private int shift() {
    return (int) Math.max(0, getClientArea().height - FOOT - viewport.heights().total());
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    gc.setBackground(theme.palette().paper());
    gc.fillRectangle(area);
    measure.settle(gc);
    openAtUnread(gc);
    List<Row> rows = rows();
    see(area);
    int index = viewport.first();
    int y = index < 0 ? 0 : topOf(index);
    while (index >= 0 && index < rows.size() && y < area.height) {
      RowPicture picture = pictures.of(gc, rows, index, area.width, freshAfter);
      picture.paint(gc, y, marked(index, picture));
      if (index == cursor && (isFocusControl() || revealed)) {
        Rectangle body = picture.body();
        Rectangle ring = new Rectangle(body.x - 3, y + body.y - 3, body.width + 6, body.height + 6);
        Paint.outline(gc, theme.palette().accent(), ring, 14);
      }
      y += picture.height();
      index++;
    }
    if (rows.isEmpty() && room != null) {
      String empty = theme.text("transcript.empty");
      Paint.centred(gc, empty, theme.fonts().normal(), theme.palette().quiet(), area);
    }
    adjustBar();
    buttons.place(room, area);
    tellEnd();
    getDisplay().asyncExec(this::fill);
  }

  private void tellEnd() {
    if (atEnd != atEnd()) {
      atEnd = atEnd();
      sight.endMoved();
    }
  }

  /** A view that was at the end stays where what is new begins, if not all of that has room. */
  private void openAtUnread(GC gc) {
    int first = room == null || openedAt == freshAfter ? -1 : room.firstUnread();
    if (first < 0) {
      return;
    }
    openedAt = freshAfter;
    for (int pass = 0; pass < 2 && viewport.heights().top(first) < viewport.top(); pass++) {
      viewport.scrollTo(viewport.heights().top(first));
      measure.settle(gc);
    }
  }

  /** Finds out which entries are in view, each to its end. */
  private void see(Rectangle area) {
    long first = 0;
    long last = 0;
    for (int i = viewport.first(); i >= 0 && i < rows().size() && topOf(i) < area.height; i++) {
      long place = rows().get(i).place();
      if (place > 0 && topOf(i) + viewport.heights().get(i) <= area.height) {
        first = first == 0 ? place : first;
        last = place;
      }
    }
    if (first != firstSeen || last != lastSeen) {
      // Several paintings may come before the first is told of: what they share is one view.
      boolean joined = toTell && first <= lastSeen && firstSeen <= last;
      firstSeen = joined ? Math.min(first, firstSeen) : first;
      lastSeen = joined ? Math.max(last, lastSeen) : last;
      tellSeen();
    }
  }

  /** Tells once more what is in view, to somebody who did not listen. */
  public void tellSeen() {
    if (!toTell && lastSeen > 0) {
      toTell = true;
      getDisplay()
          .asyncExec(() -> {
            toTell = false;
            if (!isDisposed() && room != null && lastSeen > 0) {
              sight.inView(room, firstSeen, lastSeen);
            }
          });
    }
  }

  /** Fetches what there is room for, and what is about to be scrolled to. */
  private void fill() {
    if (isDisposed() || transcript == null) {
      return;
    }
    if (viewport.top() < getClientArea().height) {
      loadOlder();
    }
    if (viewport.sticky() && transcript.hasNewer()) {
      loadNewer();
    }
  }

  /** Something is elsewhere now. */
  void moved() {
    measure.stale();
    tellEnd();
    redraw();
  }

  /** Makes the height of a row true that is not in sight yet. */
  void measure(int row) {
    measure.one(row);
  }

  private int height(GC gc, int index) {
    return pictures.of(gc, rows(), index, getClientArea().width, freshAfter).height();
  }

  private ScrollBar bar() {
    return getVerticalBar();
  }

  private void adjustBar() {
    int thumb = Math.max(1, getClientArea().height - FOOT);
    int total = (int) Math.max(thumb, viewport.heights().total());
    int top = (int) viewport.top();
    ScrollBar bar = bar();
    if (bar.getMaximum() != total || bar.getThumb() != thumb || bar.getSelection() != top) {
      bar.setValues(top, 0, total, thumb, STEP, Math.max(STEP, thumb - STEP));
    }
  }

  private void dragged() {
    long delta = bar().getSelection() - viewport.top();
    if (Math.abs(delta) < 2L * getClientArea().height) {
      scrollBy(delta);
    } else {
      viewport.scrollTo(bar().getSelection());
      moved();
    }
  }

  /** Where all fits there is nothing to scroll, but there may be older entries. */
  private void wheel(Event event) {
    if (event.count > 0 && viewport.top() == 0) {
      loadOlder();
    }
  }

  private void dispose0() {
    if (transcript != null) {
      transcript.forget(listener);
    }
    pictures.clear();
    thumbnails.dispose();
  }

  /** Lays out all rows anew; what plug-ins draw is different. */
  public void renderAgain() {
    if (!isDisposed()) {
      pictures.clear();
      moved();
    }
  }

  /** A row has got its picture. */
  private void grown(Row row) {
    pictures.forget(row);
    if (!isDisposed()) {
      moved();
    }
  }

  /** Shows the picture of a file by itself. */
  void enlarge(String name, Path file) {
    PictureDialog.open(getShell(), theme, thumbnails, name, file);
  }

  private final class Listener implements TranscriptListener {

    @Override
    public void reset() {
      pictures.clear();
      viewport.reset();
      marks.clear();
      cursor = -1;
      revealed = false;
      openedAt = -1;
      firstSeen = 0;
      lastSeen = 0;
      viewport.inserted(0, rows().size(), GUESS);
      moved();
    }

    @Override
    public void inserted(int index, int count) {
      if (index <= cursor) {
        cursor += count;
      }
      viewport.inserted(index, count, GUESS);
      marks.inserted(index, count);
      moved();
    }

    @Override
    public void removed(int index, int count) {
      if (index <= cursor) {
        cursor = Math.max(index - 1, cursor - count);
      }
      viewport.removed(index, count);
      marks.removed(index, count);
      moved();
    }

    /** What is in sight, or marked, stays. */
    @Override
    public boolean spares(int count) {
      return (viewport.sticky() || viewport.first() > count)
          && (marks.isEmpty() || marks.start().row() >= count);
    }

    @Override
    public void changed(int index) {
      pictures.forget(rows().get(index));
      moved();
    }
  }
}
