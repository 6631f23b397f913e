// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.PersonLook;
import chat.desktop.view.transcript.QuoteHead;
import chat.desktop.view.transcript.RowFrame;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.util.OptionalInt;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

/** What room this is, what it is about, how many are here, and what is pinned. */
final class HeaderBar extends Canvas {

  /** Where the bar leads. */
  interface Actions {
    void details();

    void find();

    void toggleFiles();

    void jump(long number);
  }

  private static final int HEIGHT = 50;
  private static final int MIDDLE = 25;
  private static final int AVATAR = 28;
  private static final int BUTTON = 40;
  private static final int LONG = 60;

  private final Theme theme;
  private final ChatModel model;
  private final FlatButton pins;
  private final FlatButton find;
  private final FlatButton files;

  HeaderBar(Composite parent, Theme theme, ChatModel model, Actions actions) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    this.model = model;
    setData("id", "header");
    setBackground(theme.palette().paper());
    pins = new FlatButton(this, theme, FlatButton.Weight.QUIET, "pins");
    pins.icon(Icon.PIN).tip(theme.text("header.pins"));
    pins.does(() -> pinned(actions));
    find = new FlatButton(this, theme, FlatButton.Weight.QUIET, "find.open");
    find.icon(Icon.LOOK).tip(theme.text("find.field")).does(actions::find);
    files = new FlatButton(this, theme, FlatButton.Weight.QUIET, "files.toggle");
    files.icon(Icon.FILES).tip(theme.title("view.files")).does(actions::toggleFiles);
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.MouseUp, _ -> actions.details());
    setToolTipText(theme.title("view.room"));
    addListener(SWT.Resize, _ -> refresh());
  }

  @Override
  public Point computeSize(int wHint, int hHint, boolean changed) {
    return new Point(wHint == SWT.DEFAULT ? 300 : wHint, HEIGHT);
  }

  void filesShown(boolean shown) {
    files.on(shown);
  }

  /** Something of the room is different. */
  void refresh() {
    int right = getClientArea().width - 44;
    files.setBounds(right, 8, 36, 34);
    find.setBounds(right - BUTTON, 8, 36, 34);
    Room room = model.current();
    pins.setVisible(room != null && !room.pinned().isEmpty());
    pins.setBounds(right - 2 * BUTTON, 8, 36, 34);
    if (room != null && !room.direct()) {
      model.loadMembers(room);
    }
    redraw();
  }

  private void pinned(Actions actions) {
    Room room = model.current();
    if (room == null) {
      return;
    }
    Menu menu = new Menu(pins);
    for (Row.Quote quote : room.pinned()) {
      MenuItem item = new MenuItem(menu, SWT.PUSH);
      String author = quote.author() == null ? "" : quote.author().shown() + ": ";
      String words = QuoteHead.words(theme, quote);
      String text = words.length() > LONG ? words.substring(0, LONG) + "…" : words;
      item.setText((author + text).replace("&", "&&"));
      item.addListener(SWT.Selection, _ -> actions.jump(quote.number()));
    }
    menu.addListener(SWT.Hide, _ -> getDisplay().asyncExec(menu::dispose));
    menu.setLocation(pins.toDisplay(0, pins.getSize().y));
    menu.setVisible(true);
  }

  /** Paints the picture of the room or of the other person; returns the width that it takes. */
  private int paintPicture(GC gc, Room room, int left) {
    if (room.direct()) {
      Person peer = room.info().peer();
      Paint.avatar(gc, theme, peer, left, MIDDLE - AVATAR / 2, AVATAR);
      Paint.presence(
          gc,
          theme,
          model.people().availability(peer.account()),
          theme.palette().paper(),
          left + AVATAR - 3,
          MIDDLE + AVATAR / 2 - 3);
      return AVATAR + 10;
    }
    boolean painted = Paint.roomPicture(gc, theme, room.info(), left, MIDDLE - AVATAR / 2, AVATAR);
    return painted ? AVATAR + 10 : 0;
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    Palette palette = theme.palette();
    gc.setForeground(palette.line());
    gc.drawLine(0, area.height - 1, area.width, area.height - 1);
    Room room = model.current();
    if (room == null) {
      return;
    }
    int right = area.width - 54 - (pins.getVisible() ? 2 : 1) * BUTTON;
    boolean roomy = area.width > 440 && !room.direct();
    if (roomy) {
      right -= paintHere(gc, room, right);
    }
    int left = RowFrame.EDGE + paintPicture(gc, room, RowFrame.EDGE);
    left +=
        Paint.line(
            gc,
            theme.title(room),
            theme.fonts().bold(),
            palette.text(),
            left,
            MIDDLE,
            right - left);
    if (right - left > 60) {
      int from = left + 12;
      Paint.line(
          gc, topic(room), theme.fonts().normal(), palette.quiet(), from, MIDDLE, right - from);
    }
  }

  /** Paints how many members are here, or how many there are; returns the width that it takes. */
  private int paintHere(GC gc, Room room, int right) {
    Palette palette = theme.palette();
    OptionalInt online = model.online(room);
    String here =
        online.isPresent()
            ? theme.text("header.online", online.getAsInt())
            : theme.text("header.members", room.info().members());
    Color color = online.isPresent() ? palette.good() : palette.quiet();
    gc.setFont(theme.fonts().normal());
    int width = gc.textExtent(here).x;
    int left = right - width;
    Paint.line(gc, here, theme.fonts().normal(), color, left, MIDDLE, width + 4);
    if (online.isPresent()) {
      Paint.dot(gc, color, palette.paper(), left - 12, MIDDLE, 9);
    }
    return width + 28;
  }

  private String topic(Room room) {
    if (room.direct()) {
      return PersonLook.handle(room.info().peer());
    }
    return room.info().settings().archived() ? theme.text("header.archived") : room.topic();
  }
}
