// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Viewport;
import java.util.function.IntSupplier;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;

/** Makes the guessed heights of rows true where they are looked at, or are about to be. */
final class RowMeasure {
  private static final int PASSES = 6;

  /** Lays a row out. */
  interface Ruler {
    int height(GC gc, int index);
  }

  private final Canvas canvas;
  private final Viewport viewport;
  private final IntSupplier count;
  private final Ruler ruler;
  private boolean stale = true;

  RowMeasure(Canvas canvas, Viewport viewport, IntSupplier count, Ruler ruler) {
    this.canvas = canvas;
    this.viewport = viewport;
    this.count = count;
    this.ruler = ruler;
  }

  /** Something is elsewhere now. */
  void stale() {
    stale = true;
  }

  /** Makes the heights of what is in sight true; also before a painting that is still to come. */
  void settle() {
    if (stale) {
      GC gc = new GC(canvas);
      settle(gc);
      gc.dispose();
    }
  }

  void settle(GC gc) {
    stale = false;
    Rectangle area = canvas.getClientArea();
    viewport.height(area.height - TranscriptView.FOOT);
    for (int pass = 0; pass < PASSES && corrected(gc, area); pass++) {
      // Heights that were guesses moved others into sight: look again.
    }
  }

  private boolean corrected(GC gc, Rectangle area) {
    boolean any = false;
    long y = 0;
    int first = viewport.first();
    long hidden = first < 0 ? 0 : viewport.top() - viewport.heights().top(first);
    for (int i = first; i >= 0 && i < count.getAsInt() && y - hidden < area.height; i++) {
      any |= measure(gc, i);
      y += viewport.heights().get(i);
    }
    return any;
  }

  private boolean measure(GC gc, int index) {
    int height = ruler.height(gc, index);
    if (viewport.heights().get(index) == height) {
      return false;
    }
    viewport.heights().set(index, height);
    return true;
  }

  /** Measures rows above those in sight, over a distance. */
  void above(long distance) {
    GC gc = new GC(canvas);
    long left = Math.min(distance, 4L * canvas.getClientArea().height);
    for (int i = viewport.first() - 1; i >= 0 && left > 0; i--) {
      measure(gc, i);
      left -= viewport.heights().get(i);
    }
    gc.dispose();
  }

  /** Measures one row, wherever it is. */
  void one(int index) {
    GC gc = new GC(canvas);
    measure(gc, index);
    gc.dispose();
  }
}
