// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.platform.Settings;
import chat.desktop.model.text.Emoji;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.EmojiLines;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

/**
 * All emoji in a popup: search by words in both languages, groups, those used last. The keys work
 * from the search field, so that nobody has to leave the keyboard; Escape closes.
 */
public final class EmojiPicker {
  private static final Map<Integer, String> TABS =
      Map.of(0, "😀", 1, "👋", 3, "🐻", 4, "🍔", 5, "✈️", 6, "⚽", 7, "💡", 8, "🔣", 9, "🏁");
  private static final int HEIGHT = 420;

  private final Theme theme;
  private final EmojiCatalog catalog;
  private final Settings settings;
  private final Consumer<String> onPick;
  private final Shell shell;
  private final Text search;
  private final EmojiGrid grid;
  private final Canvas foot;
  private @Nullable Emoji chosen;

  public EmojiPicker(
      Shell parent, Theme theme, EmojiCatalog catalog, Settings settings, Consumer<String> onPick) {
    this.theme = theme;
    this.catalog = catalog;
    this.settings = settings;
    this.onPick = onPick;
    shell = new Shell(parent, SWT.NO_TRIM | SWT.TOOL);
    shell.setData("id", "emoji.picker");
    shell.setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 1;
    layout.marginHeight = 1;
    layout.verticalSpacing = 0;
    shell.setLayout(layout);
    Composite holder = new Composite(shell, SWT.NONE);
    holder.setBackground(theme.palette().pane());
    GridLayout inner = new GridLayout();
    inner.marginWidth = 9;
    inner.marginHeight = 9;
    holder.setLayout(inner);
    holder.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search = new Text(holder, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    search.setData("id", "emoji.search");
    search.setMessage(theme.text("emoji.search"));
    search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    tabs();
    grid = new EmojiGrid(shell, theme, this::picked, this::chosen);
    grid.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    foot = new Canvas(shell, SWT.DOUBLE_BUFFERED);
    GridData footData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    footData.heightHint = 34;
    foot.setLayoutData(footData);
    foot.addListener(SWT.Paint, event -> foot(event.gc));
    search.addListener(SWT.Modify, _ -> refresh());
    search.addListener(SWT.KeyDown, this::key);
    search.addListener(SWT.Traverse, this::traverse);
    shell.addListener(SWT.Deactivate, _ -> close());
    shell.addListener(SWT.Paint, event -> border(event.gc));
  }

  /** Opens it with its lower right corner at a place of the screen. */
  public void open(Point corner) {
    refresh();
    int width = EmojiGrid.COLUMNS * EmojiGrid.CELL + 16 + 20;
    Rectangle screen = shell.getDisplay().getClientArea();
    int x = Math.clamp(corner.x - width, screen.x, Math.max(screen.x, screen.width - width));
    int y = Math.max(screen.y, corner.y - HEIGHT);
    shell.setBounds(x, y, width, HEIGHT);
    shell.open();
    search.setFocus();
  }

  void close() {
    if (!shell.isDisposed()) {
      shell.dispose();
    }
  }

  private void tabs() {
    Composite bar = new Composite(shell, SWT.NONE);
    bar.setBackground(theme.palette().pane());
    RowLayout layout = new RowLayout();
    layout.marginLeft = 8;
    layout.spacing = 2;
    bar.setLayout(layout);
    for (int group : EmojiCatalog.GROUPS) {
      String key = "emoji.group." + group;
      new FlatButton(bar, theme, FlatButton.Weight.QUIET, key)
          .text(TABS.getOrDefault(group, "?"))
          .tip(theme.text(key))
          .does(() -> jump(key));
    }
    for (Control tab : bar.getChildren()) {
      tab.setLayoutData(new org.eclipse.swt.layout.RowData(40, 34));
    }
  }

  private void jump(String heading) {
    search.setText("");
    grid.reveal(heading);
    search.setFocus();
  }

  private void refresh() {
    String query = search.getText();
    List<EmojiLines.Line> lines =
        query.isBlank()
            ? EmojiLines.all(catalog, settings.recentEmoji(), EmojiGrid.COLUMNS)
            : EmojiLines.found(catalog.search(query), EmojiGrid.COLUMNS);
    grid.show(lines);
  }

  private void picked(Emoji emoji) {
    settings.usedEmoji(emoji.text());
    close();
    onPick.accept(emoji.text());
  }

  private void chosen(Emoji emoji) {
    chosen = emoji;
    foot.redraw();
  }

  private void key(Event event) {
    if (grid.key(event.keyCode)) {
      event.doit = false;
    }
  }

  private void traverse(Event event) {
    switch (event.detail) {
      case SWT.TRAVERSE_ESCAPE -> {
        event.doit = false;
        close();
      }
      case SWT.TRAVERSE_RETURN -> {
        event.doit = false;
        grid.pick();
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
    Emoji emoji = chosen;
    if (emoji != null) {
      String words = emoji.text() + "  " + emoji.name(theme.texts().language());
      Paint.text(gc, words, theme.fonts().normal(), palette.text(), 14, 8, area.width - 28);
    }
  }

  private void border(GC gc) {
    Rectangle area = shell.getClientArea();
    gc.setForeground(theme.palette().line());
    gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
  }
}
