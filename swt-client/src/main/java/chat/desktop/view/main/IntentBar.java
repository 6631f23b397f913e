// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.room.Intent;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Markup;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Says above the compose box what is being answered or changed; left by its cross or Escape. */
public final class IntentBar extends Canvas {
  private static final int HEIGHT = 46;

  private final Theme theme;
  private final GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
  private Intent intent = new Intent.Say();

  IntentBar(Composite parent, Theme theme, Runnable leave) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    setData("id", "intent");
    setBackground(theme.palette().paper());
    data.heightHint = HEIGHT;
    data.exclude = true;
    setLayoutData(data);
    setVisible(false);
    FlatButton close = new FlatButton(this, theme, FlatButton.Weight.QUIET, "intent.leave");
    close.icon(Icon.CROSS).tip(theme.text("button.cancel")).does(leave);
    addListener(SWT.Resize, _ -> close.setBounds(getClientArea().width - 46, 6, 34, 34));
    addListener(SWT.Paint, event -> paint(event.gc));
  }

  void show(Intent newIntent) {
    intent = newIntent;
    boolean shown = !(intent instanceof Intent.Say);
    if (data.exclude == shown) {
      data.exclude = !shown;
      setVisible(shown);
      getParent().layout();
    }
    redraw();
  }

  /** What it says; empty while it is not there. */
  public String words() {
    return switch (intent) {
      case Intent.Say _ -> "";
      case Intent.Insist _ -> theme.text("compose.important");
      case Intent.Answer(Row.MessageRow to) ->
          theme.text("compose.reply", to.entry().author().shown());
      case Intent.Change _ -> theme.text("compose.change");
    };
  }

  private String about() {
    String text =
        switch (intent) {
          case Intent.Say _ -> "";
          case Intent.Insist _ -> theme.text("compose.importantHint");
          case Intent.Answer(Row.MessageRow to) -> to.text();
          case Intent.Change(Row.Said of) -> of.text();
        };
    return Markup.of(text).text().replaceAll("\\s+", " ");
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    Palette palette = theme.palette();
    gc.setForeground(palette.line());
    gc.drawLine(0, 0, area.width, 0);
    gc.setForeground(palette.accent());
    Icon icon =
        switch (intent) {
          case Intent.Say _, Intent.Answer _ -> Icon.REPLY;
          case Intent.Insist _ -> Icon.ALERT;
          case Intent.Change _ -> Icon.PEN;
        };
    icon.draw(gc, 30, HEIGHT / 2 + 1, 17);
    Paint.fill(gc, palette.accent(), new Rectangle(52, 8, 3, HEIGHT - 14), 1);
    int room = area.width - 64 - 54;
    Paint.line(gc, words(), theme.fonts().smallBold(), palette.link(), 64, 15, room);
    Paint.line(gc, about(), theme.fonts().small(), palette.quiet(), 64, 33, room);
  }
}
