// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A row laid out for a width: how high it is, how it is drawn and what lies where in it. */
public interface RowPicture {

  /** Something in a row that can be pointed at. */
  sealed interface Spot {

    /** Nothing. */
    record Empty() implements Spot {}

    /** A place in the text. */
    record Letter(int offset) implements Spot {}

    /** A link. */
    record Link(String address, int offset) implements Spot {}

    /** A file's card. */
    record Card() implements Spot {}

    /** The small picture over a file's card. */
    record Thumbnail() implements Spot {}

    /** The button in a file's card. */
    record CardButton() implements Spot {}

    /** A reaction, and the names of those who put it there. */
    record Reaction(String emoji, String who) implements Spot {}

    /** The words of a message that is answered. */
    record Quoted(long number) implements Spot {}

    /** Something that a plug-in has drawn; what a click does. */
    record Drawn(Runnable click) implements Spot {}

    /** The signs that say who has read an own message. */
    record Ticks(String who) implements Spot {}

    /** The words under something refused that send it again. */
    record Retry() implements Spot {}

    /** The words under something refused that take it away. */
    record Discard() implements Spot {}
  }

  /** A part of a text, as far as this row is concerned. */
  record Marked(int start, int end) {}

  int height();

  /** Draws the row with its upper edge at {@code y}. */
  void paint(GC gc, int y, @Nullable Marked marked);

  /** What lies at a point, counted from the row's corner. */
  Spot at(int x, int y);

  /** The text that can be marked. */
  String text();

  /** Where the text or the card is, counted from the row's corner. */
  Rectangle body();

  /** The letter nearest to a point. */
  int offset(Point point);

  /** Whether it was made for this. */
  boolean fits(Row row, Grouping grouping, int width);

  void dispose();
}
