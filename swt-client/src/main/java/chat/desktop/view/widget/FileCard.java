// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.text.Formats;
import chat.desktop.model.text.Refusals;
import chat.protocol.Problem;
import java.util.Locale;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a file, in the transcript and in the list of files.
 *
 * @param transfer of it, if there is or was one
 * @param note where and when it is from
 */
public record FileCard(
    Theme theme, String name, long size, @Nullable Transfer transfer, String note) {
  public static final int HEIGHT = 62;
  private static final int ICON = 38;
  private static final int PAD = 12;
  private static final int BUTTON = 30;

  /** The colours it is drawn in. */
  public record Ink(Color text, Color quiet, Color bar, Color track) {}

  boolean running() {
    return transfer != null && transfer.state() instanceof Transfer.Running;
  }

  /** What stands below the name. */
  public String state() {
    Transfer moving = transfer;
    if (moving == null) {
      return Formats.size(size) + note;
    }
    return switch (moving.state()) {
      case Transfer.Running _ ->
          theme.text("file.running", Formats.size(moving.done()), Formats.size(size), percent());
      case Transfer.Finished _ ->
          switch (moving.way()) {
            case UP -> Formats.size(size) + note;
            case DOWN -> theme.text("file.saved", Formats.size(size), folder(moving));
          };
      case Transfer.Cancelled _ -> theme.text("file.cancelled", percent());
      case Transfer.Failed(Problem problem, String detail) ->
          theme.text("file.failed", Refusals.text(theme.texts(), problem, detail));
    };
  }

  private static String folder(Transfer moving) {
    var parent = moving.file().getParent();
    return parent == null ? "" : String.valueOf(parent.getFileName());
  }

  private long percent() {
    Transfer moving = transfer;
    return moving == null || moving.size() == 0 ? 0 : moving.done() * 100 / moving.size();
  }

  /** What the button does, in a picture. */
  Icon button() {
    Transfer moving = transfer;
    if (moving == null) {
      return Icon.SAVE;
    }
    return switch (moving.state()) {
      case Transfer.Running _ -> Icon.CROSS;
      case Transfer.Finished _ -> Icon.FOLDER;
      case Transfer.Cancelled _, Transfer.Failed _ -> Icon.AGAIN;
    };
  }

  public static Rectangle buttonArea(Rectangle area) {
    return new Rectangle(
        area.x + area.width - BUTTON - PAD / 2, area.y + (HEIGHT - BUTTON) / 2, BUTTON, BUTTON);
  }

  public void paint(GC gc, Rectangle area, Ink ink, boolean withButton) {
    int top = area.y + (HEIGHT - ICON) / 2;
    Paint.fill(gc, ink.track(), new Rectangle(area.x + PAD, top, ICON, ICON), 8);
    gc.setForeground(ink.text());
    Icon.SHEET.draw(gc, area.x + PAD + ICON / 2, top + 14, 18);
    Rectangle label = new Rectangle(area.x + PAD, top + ICON - 15, ICON, 13);
    Paint.centred(gc, ending(), theme.fonts().smallBold(), ink.text(), label);
    int left = area.x + PAD + ICON + 10;
    int room = area.x + area.width - left - (withButton ? BUTTON + PAD : PAD);
    Paint.text(gc, name, theme.fonts().bold(), ink.text(), left, area.y + 11, room);
    Color stateColor = failed() ? theme.palette().bad() : ink.quiet();
    Paint.text(gc, state(), theme.fonts().small(), stateColor, left, area.y + 32, room);
    if (running()) {
      Rectangle track = new Rectangle(left, area.y + HEIGHT - 11, room, 4);
      Paint.fill(gc, ink.track(), track, 2);
      int done = (int) (room * percent() / 100);
      if (done > 4) {
        Paint.fill(gc, ink.bar(), new Rectangle(track.x, track.y, done, track.height), 2);
      }
    }
    if (withButton) {
      Rectangle place = buttonArea(area);
      gc.setForeground(ink.text());
      button().draw(gc, place.x + BUTTON / 2, place.y + BUTTON / 2, 17);
    }
  }

  private boolean failed() {
    return transfer != null && transfer.state() instanceof Transfer.Failed;
  }

  private String ending() {
    int dot = name.lastIndexOf('.');
    String end = dot < 0 ? "" : name.substring(dot + 1).toUpperCase(Locale.ROOT);
    return end.length() > 4 ? end.substring(0, 4) : end;
  }
}
