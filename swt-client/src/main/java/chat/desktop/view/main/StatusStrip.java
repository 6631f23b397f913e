// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.client.Link;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.LinkStatus;
import chat.desktop.view.welcome.KeyDialog;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** The foot of the window: how the connection truly is, and what has not gone out yet. */
public final class StatusStrip extends Canvas {
  private static final int HEIGHT = 34;
  private static final int TICK = 500;

  private final Theme theme;
  private final ChatModel model;
  private final FlatButton retry;
  private String working = "";

  StatusStrip(Composite parent, Theme theme, ChatModel model) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    this.model = model;
    setData("id", "status");
    setBackground(theme.palette().window());
    retry = new FlatButton(this, theme, FlatButton.Weight.LINK, "retry");
    retry.does(this::act);
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.Resize, _ -> refresh());
    tick();
  }

  @Override
  public Point computeSize(int wHint, int hHint, boolean changed) {
    return new Point(wHint == SWT.DEFAULT ? 300 : wHint, HEIGHT);
  }

  /** The connection is another one, or the window wants the truth anew. */
  void refresh() {
    LinkStatus status = status();
    boolean changed = model.link() instanceof Link.KeyChanged;
    retry.text(theme.text(changed ? "link.details" : "link.retry"));
    retry.setVisible(status.canRetry());
    Point size = retry.computeSize(SWT.DEFAULT, SWT.DEFAULT);
    retry.setBounds(textRight(status), 1, size.x, HEIGHT - 1);
    redraw();
  }

  /** Tries again; where the server shows another key, what that means comes first. */
  private void act() {
    if (model.link() instanceof Link.KeyChanged about) {
      KeyDialog.open(getShell(), theme, model, about);
    } else {
      model.retryNow();
    }
  }

  /** What a plug-in does in the background stands there while nothing waits to be sent. */
  void working(String words) {
    if (!isDisposed()) {
      working = words;
      redraw();
    }
  }

  /** Everything that stands there, in words. */
  public String words() {
    return status().text() + (rightText().isEmpty() ? "" : " · " + rightText());
  }

  private LinkStatus status() {
    return LinkStatus.of(
        model.link(), model.config().host(), model.clock().instant(), theme.texts());
  }

  private int textRight(LinkStatus status) {
    GC gc = new GC(this);
    gc.setFont(theme.fonts().normal());
    int width = gc.textExtent(status.text()).x;
    int button = retry.computeSize(SWT.DEFAULT, SWT.DEFAULT).x;
    int room = rightEdge(gc) - button;
    gc.dispose();
    return Math.max(60, Math.min(32 + width, room));
  }

  /** What stands at the right: what waits to be sent, else what is being done. */
  private String rightText() {
    int unsent = model.unsent();
    return unsent == 0 ? working : theme.text("status.unsent", unsent);
  }

  private int rightEdge(GC gc) {
    int width = getClientArea().width;
    String text = rightText();
    return text.isEmpty() ? width - 12 : width - 24 - Math.min(gc.textExtent(text).x, width / 2);
  }

  private void tick() {
    getDisplay()
        .timerExec(
            TICK,
            () -> {
              if (!isDisposed()) {
                if (status().canRetry()) {
                  refresh();
                }
                tick();
              }
            });
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    Palette palette = theme.palette();
    gc.setForeground(palette.line());
    gc.drawLine(0, 0, area.width, 0);
    LinkStatus status = status();
    Color tone =
        switch (status.tone()) {
          case GOOD -> palette.good();
          case WAITING -> palette.waiting();
          case BAD -> palette.bad();
        };
    Paint.dot(gc, tone, palette.window(), 18, HEIGHT / 2 + 1, 9);
    gc.setFont(theme.fonts().normal());
    int right = rightEdge(gc);
    int room = (status.canRetry() ? textRight(status) : right) - 32;
    Color color = status.tone() == LinkStatus.Tone.GOOD ? palette.text() : tone;
    int middle = HEIGHT / 2 + 1;
    Paint.line(gc, status.text(), theme.fonts().normal(), color, 30, middle, room);
    int width = area.width - 24 - right;
    Paint.line(
        gc, rightText(), theme.fonts().normal(), palette.waiting(), right + 10, middle, width);
  }
}
