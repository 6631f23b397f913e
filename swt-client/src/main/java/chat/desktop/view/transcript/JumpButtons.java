// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Room;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** The buttons over the messages that lead to the first unread one and to the newest. */
final class JumpButtons {
  private static final int GAP = 12;

  private final TranscriptView view;
  private final Theme theme;
  private final FlatButton newest;
  private final FlatButton unread;

  JumpButtons(TranscriptView view, Theme theme) {
    this.view = view;
    this.theme = theme;
    newest = new FlatButton(view, theme, FlatButton.Weight.ACCENT, "newest").icon(Icon.DOWN);
    newest.does(view::backToNow);
    newest.setVisible(false);
    unread = new FlatButton(view, theme, FlatButton.Weight.ACCENT, "firstUnread").icon(Icon.UP);
    unread.tip(theme.text("transcript.unreadTip")).does(view::jumpToUnread);
    unread.setVisible(false);
  }

  /** Shows the buttons that lead somewhere else than what is in view. */
  void place(@Nullable Room room, Rectangle area) {
    int count = room == null ? 0 : room.unread();
    int first = room == null ? -1 : room.firstUnread();
    boolean past = room != null && room.past();
    boolean above = count > 0 && (first < 0 || view.topOf(first) < 0);
    show(unread, above, theme.text("transcript.unread", count), GAP, area);
    String words =
        count > 0 && !above
            ? theme.text("transcript.new", count)
            : theme.text(past ? "transcript.now" : "transcript.newest");
    boolean away = past || !view.viewport().sticky();
    show(newest, away, words, -GAP, area);
  }

  /** Places a button so far from the upper edge, or from the lower one. */
  private static void show(
      FlatButton button, boolean shown, String words, int from, Rectangle area) {
    if (shown) {
      button.text(words);
      Point size = button.computeSize(SWT.DEFAULT, SWT.DEFAULT);
      int y = from > 0 ? from : area.height + from - size.y;
      button.setBounds((area.width - size.x) / 2, y, size.x, size.y);
    }
    if (button.isVisible() != shown) {
      button.setVisible(shown);
    }
  }
}
