// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Layout;

/**
 * Side, middle, files or what was found, the panes of plug-ins, and the strip below. The middle is
 * what matters: where there is no room for all, first the files give way, then the side. Whoever
 * searches wants to see what is found, so then the side gives way first, and the middle last.
 */
final class PanesLayout extends Layout {
  private static final int SIDE = 230;
  private static final int FILES = 290;
  private static final int MIDDLE_LEAST = 360;
  private static final int BELOW = 180;

  private final Control side;
  private final Control middle;
  private final Control files;
  private final Control find;
  private final Control strip;
  private final Composite plugins;
  private final Composite below;
  private boolean filesWanted;
  private boolean findWanted;

  /**
   * @param plugins panes of plug-ins at the right, where they share the place of the files
   * @param below panes of plug-ins below the middle
   */
  PanesLayout(
      Control side,
      Control middle,
      Control files,
      Control find,
      Control strip,
      Composite plugins,
      Composite below) {
    this.side = side;
    this.middle = middle;
    this.files = files;
    this.find = find;
    this.strip = strip;
    this.plugins = plugins;
    this.below = below;
  }

  void filesWanted(boolean wanted) {
    filesWanted = wanted;
  }

  void findWanted(boolean wanted) {
    findWanted = wanted;
  }

  boolean findWanted() {
    return findWanted;
  }

  @Override
  protected Point computeSize(Composite composite, int wHint, int hHint, boolean flushCache) {
    return new Point(SIDE + MIDDLE_LEAST, 300);
  }

  @Override
  protected void layout(Composite composite, boolean flushCache) {
    Rectangle area = composite.getClientArea();
    int foot = strip.computeSize(area.width, SWT.DEFAULT).y;
    int height = Math.max(0, area.height - foot);
    int least = findWanted ? SIDE + MIDDLE_LEAST + FILES : SIDE + MIDDLE_LEAST;
    int left = area.width >= least ? SIDE : 0;
    int right = right(area.width);
    side.setVisible(left > 0);
    find.setVisible(findWanted);
    side.setBounds(0, 0, left, height);
    // One point between the panes is left free: the window's colour shows as a line.
    int gap = left > 0 ? 1 : 0;
    int rightGap = right > 0 ? 1 : 0;
    int width = Math.max(0, area.width - left - gap - right - rightGap);
    int lower = hasPanes(below) && height > 2 * BELOW ? BELOW : 0;
    middle.setBounds(left + gap, 0, width, height - lower);
    below.setVisible(lower > 0);
    below.setBounds(left + gap, height - lower + 1, width, Math.max(0, lower - 1));
    layOutRight(area.width - right, right, height);
    strip.setBounds(0, height, area.width, foot);
    plugins.layout();
    below.layout();
  }

  private void layOutRight(int x, int width, int height) {
    boolean both = filesWanted && hasPanes(plugins);
    int upper = findWanted || !hasPanes(plugins) ? height : both ? height / 2 : 0;
    files.setVisible(width > 0 && filesWanted && !findWanted);
    plugins.setVisible(width > 0 && upper < height);
    (findWanted ? find : files).setBounds(x, 0, width, upper);
    int top = upper == 0 ? 0 : upper + 1;
    plugins.setBounds(x, top, width, Math.max(0, height - top));
  }

  private static boolean hasPanes(Composite stack) {
    return stack.getChildren().length > 0;
  }

  private int right(int width) {
    if (findWanted) {
      return width >= MIDDLE_LEAST + FILES ? FILES : width;
    }
    return (filesWanted || hasPanes(plugins)) && width >= SIDE + MIDDLE_LEAST + FILES ? FILES : 0;
  }
}
