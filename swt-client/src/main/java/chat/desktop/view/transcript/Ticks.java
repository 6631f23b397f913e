// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Delivery;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.jspecify.annotations.Nullable;

/**
 * The small sign behind an own message: one tick for what was sent, two for what was delivered, a
 * tick in a disc for what was read. It is asked for with each painting, because it changes without
 * the row.
 */
record Ticks(Theme theme, Room room, long number) {
  static final int WIDTH = 20;
  private static final int DISC = 14;

  /** The sign of a row; null if it has none. */
  static @Nullable Ticks of(RowFrame frame) {
    return frame.row() instanceof Row.MessageRow told
        ? of(frame.theme(), frame.model().room(told.entry().room()), told)
        : null;
  }

  static @Nullable Ticks of(Theme theme, @Nullable Room room, Row.MessageRow told) {
    return told.own() && room != null && room.delivery(told.number()).isPresent()
        ? new Ticks(theme, room, told.number())
        : null;
  }

  /** What it means. */
  String words() {
    if (!room.direct()) {
      return theme.text("message.readers", room.readers(number), room.marks().size());
    }
    return switch (delivery()) {
      case SENT -> theme.text("message.sent");
      case DELIVERED -> theme.text("message.delivered", room.name());
      case READ -> theme.text("message.read", room.name());
    };
  }

  private Delivery delivery() {
    return room.delivery(number).orElse(Delivery.SENT);
  }

  void draw(GC gc, Color ink, Color behind, int middleX, int middleY) {
    gc.setForeground(ink);
    switch (delivery()) {
      case SENT -> Icon.CHECK.draw(gc, middleX, middleY, 12);
      case DELIVERED -> Icon.TWICE.draw(gc, middleX, middleY, 14);
      case READ -> {
        gc.setBackground(ink);
        gc.fillOval(middleX - DISC / 2, middleY - DISC / 2, DISC, DISC);
        gc.setForeground(behind);
        Icon.CHECK.draw(gc, middleX, middleY, 9);
      }
    }
  }
}
