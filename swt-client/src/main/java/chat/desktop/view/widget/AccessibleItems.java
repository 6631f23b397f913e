// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;

/** Tells screen readers about a canvas that draws a list: one item each, with words and a place. */
public final class AccessibleItems {
  private final Canvas canvas;
  private final IntSupplier count;
  private final IntFunction<String> words;
  private final IntFunction<Rectangle> place;

  private AccessibleItems(
      Canvas canvas, IntSupplier count, IntFunction<String> words, IntFunction<Rectangle> place) {
    this.canvas = canvas;
    this.count = count;
    this.words = words;
    this.place = place;
  }

  /**
   * @param place of an item in the canvas
   */
  public static void describe(
      Canvas canvas,
      String name,
      IntSupplier count,
      IntFunction<String> words,
      IntFunction<Rectangle> place) {
    AccessibleItems items = new AccessibleItems(canvas, count, words, place);
    canvas.getAccessible().addAccessibleListener(items.names(name));
    canvas.getAccessible().addAccessibleControlListener(items.controls());
  }

  private boolean isItem(int child) {
    return child >= 0 && child < count.getAsInt();
  }

  private AccessibleAdapter names(String name) {
    return new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        event.result = isItem(event.childID) ? words.apply(event.childID) : name;
      }
    };
  }

  private AccessibleControlAdapter controls() {
    return new AccessibleControlAdapter() {
      @Override
      public void getChildCount(AccessibleControlEvent event) {
        event.detail = count.getAsInt();
      }

      @Override
      public void getRole(AccessibleControlEvent event) {
        event.detail = isItem(event.childID) ? ACC.ROLE_LISTITEM : ACC.ROLE_LIST;
      }

      @Override
      public void getLocation(AccessibleControlEvent event) {
        Rectangle area =
            isItem(event.childID) ? place.apply(event.childID) : canvas.getClientArea();
        Point corner = canvas.toDisplay(area.x, area.y);
        event.x = corner.x;
        event.y = corner.y;
        event.width = area.width;
        event.height = area.height;
      }

      @Override
      public void getState(AccessibleControlEvent event) {
        event.detail = ACC.STATE_READONLY;
      }
    };
  }
}
