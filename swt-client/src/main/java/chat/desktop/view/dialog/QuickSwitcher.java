// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.app.SwitchTargets;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/**
 * Type, and choose a room or somebody. The keys work from the search field; Escape closes, and so
 * does a click elsewhere.
 */
public final class QuickSwitcher {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 420;

  private final Theme theme;
  private final Shell shell;
  private final Text search;
  private final ItemList<SwitchTarget> list;
  private final Canvas foot;
  private final SwitchTargets targets;

  /**
   * @param hint the key of what stands in the empty field
   */
  public QuickSwitcher(
      Shell parent,
      Theme theme,
      ChatModel model,
      String hint,
      Set<SwitchTargets.Kind> kinds,
      Consumer<SwitchTarget> onGoal) {
    this.theme = theme;
    shell = new Shell(parent, SWT.NO_TRIM | SWT.TOOL);
    shell.setData("id", "goals");
    shell.setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 1;
    layout.marginHeight = 1;
    layout.verticalSpacing = 0;
    shell.setLayout(layout);
    Composite holder = new Composite(shell, SWT.NONE);
    holder.setBackground(theme.palette().pane());
    GridLayout inner = new GridLayout();
    inner.marginWidth = 12;
    inner.marginHeight = 12;
    holder.setLayout(inner);
    holder.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search = new Text(holder, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    search.setData("id", "goals.search");
    search.setMessage(theme.text(hint));
    search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    QuickSwitcherContent content =
        new QuickSwitcherContent(
            theme,
            model,
            target -> {
              close();
              onGoal.accept(target);
            });
    list = new ItemList<>(shell, theme, content, "goals.list", theme.text(hint));
    list.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    list.led();
    foot = new Canvas(shell, SWT.DOUBLE_BUFFERED);
    GridData footData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    footData.heightHint = 32;
    foot.setLayoutData(footData);
    foot.addListener(SWT.Paint, event -> foot(event.gc));
    targets = new SwitchTargets(model, kinds, this::refresh);
    search.addListener(SWT.Modify, _ -> typed());
    search.addListener(SWT.KeyDown, this::key);
    search.addListener(SWT.Traverse, this::traverse);
    shell.addListener(SWT.Deactivate, _ -> shell.getDisplay().asyncExec(this::closeIfLeft));
    shell.addListener(SWT.Paint, event -> border(event.gc));
  }

  public void open() {
    Rectangle over = shell.getParent().getBounds();
    Point size = new Point(Math.min(WIDTH, over.width - 20), Math.min(HEIGHT, over.height - 60));
    int y = over.y + Math.max(40, (over.height - size.y) / 4);
    shell.setBounds(over.x + (over.width - size.x) / 2, y, size.x, size.y);
    typed();
    shell.open();
    search.setFocus();
  }

  private void close() {
    if (!shell.isDisposed()) {
      shell.dispose();
    }
  }

  /** The window that was closed before this one opened may still send its last words. */
  private void closeIfLeft() {
    if (!shell.isDisposed() && shell.getDisplay().getActiveShell() != shell) {
      close();
    }
  }

  private void typed() {
    targets.type(search.getText());
    refresh();
  }

  private void refresh() {
    if (!shell.isDisposed()) {
      list.items(targets.list());
      list.first();
      foot.redraw();
    }
  }

  private void key(Event event) {
    switch (event.keyCode) {
      case SWT.ARROW_UP -> step(event, -1);
      case SWT.ARROW_DOWN -> step(event, 1);
      default -> {}
    }
  }

  private void step(Event event, int direction) {
    event.doit = false;
    list.step(direction);
  }

  private void traverse(Event event) {
    switch (event.detail) {
      case SWT.TRAVERSE_ESCAPE -> {
        event.doit = false;
        close();
      }
      case SWT.TRAVERSE_RETURN -> {
        event.doit = false;
        list.choose();
      }
      default -> {}
    }
  }

  private void foot(GC gc) {
    Rectangle area = foot.getClientArea();
    Palette palette = theme.palette();
    gc.setBackground(palette.pane());
    gc.fillRectangle(area);
    gc.setForeground(palette.line());
    gc.drawLine(0, 0, area.width, 0);
    String words =
        list.items().isEmpty()
            ? theme.text(targets.asking() ? "goal.asking" : "side.nothing")
            : theme.text("goal.keys");
    Paint.line(
        gc, words, theme.fonts().small(), palette.quiet(), 16, area.height / 2, area.width - 32);
  }

  private void border(GC gc) {
    Rectangle area = shell.getClientArea();
    gc.setForeground(theme.palette().line());
    gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
  }
}
