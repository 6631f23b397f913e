// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

/** The line under something that was refused: why, and the two words that do something about it. */
final class RefusedLine {
  static final int HEIGHT = 24;
  private static final int GAP = 14;

  private final Theme theme;
  private final int right;
  private final int discardWidth;
  private final int retryWidth;

  RefusedLine(Theme theme, GC gc, int width) {
    this.theme = theme;
    gc.setFont(theme.fonts().smallBold());
    this.right = width - RowFrame.EDGE;
    this.discardWidth = gc.textExtent(theme.text("message.discard")).x;
    this.retryWidth = gc.textExtent(theme.text("message.retry")).x;
  }

  void paint(GC gc, String reason, int y) {
    Palette palette = theme.palette();
    gc.setFont(theme.fonts().smallBold());
    gc.setForeground(palette.link());
    int discard = right - discardWidth;
    int retry = discard - GAP - retryWidth;
    gc.drawText(theme.text("message.discard"), discard, y + 5, SWT.DRAW_TRANSPARENT);
    gc.drawText(theme.text("message.retry"), retry, y + 5, SWT.DRAW_TRANSPARENT);
    gc.setFont(theme.fonts().small());
    int room = retry - GAP - RowFrame.EDGE;
    int width = Math.min(room, gc.textExtent(reason).x);
    Paint.text(gc, reason, theme.fonts().small(), palette.bad(), retry - GAP - width, y + 5, room);
  }

  RowPicture.Spot at(int x) {
    int discard = right - discardWidth;
    if (x >= discard - GAP / 2 && x <= right + GAP) {
      return new RowPicture.Spot.Discard();
    }
    return x >= discard - GAP - retryWidth - 4 && x < discard - GAP / 2
        ? new RowPicture.Spot.Retry()
        : new RowPicture.Spot.Empty();
  }
}
