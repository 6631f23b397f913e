// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.SearchResults;
import chat.desktop.model.text.Excerpt;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/**
 * The right side while somebody searches: a field, what was found, and how to ask more exactly. The
 * keys work from the field: Enter searches, and then goes to the hit that the arrows chose.
 */
public final class FindPane extends Composite {
  private final Theme theme;
  private final SearchResults results;
  private final Text field;
  private final Label state;
  private final ItemList<SearchResults.Hit> list;
  private final FlatButton more;

  FindPane(
      Composite parent,
      Theme theme,
      ChatModel model,
      Consumer<SearchResults.Hit> onHit,
      Runnable close) {
    super(parent, SWT.NONE);
    this.theme = theme;
    this.results = new SearchResults(model, this::refresh);
    setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.verticalSpacing = 0;
    setLayout(layout);
    field = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    field.setData("id", "find.field");
    field.setMessage(theme.text("find.field"));
    GridData fieldData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    fieldData.horizontalIndent = 12;
    field.setLayoutData(fieldData);
    FlatButton hide = new FlatButton(this, theme, FlatButton.Weight.QUIET, "find.close");
    hide.icon(Icon.CROSS).tip(theme.text("find.close")).does(close);
    GridData hideData = new GridData(SWT.END, SWT.CENTER, false, false);
    hideData.heightHint = 50;
    hideData.widthHint = 40;
    hide.setLayoutData(hideData);
    label(theme.text("find.help"), "find.help");
    state = label("", "find.state");
    Hits content = new Hits(theme, onHit);
    list = new ItemList<>(this, theme, content, "find.list", theme.text("find.name"));
    GridData listData = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
    listData.verticalIndent = 8;
    list.setLayoutData(listData);
    list.led();
    more = new FlatButton(this, theme, FlatButton.Weight.LINK, "find.more");
    more.text(theme.text("find.more")).does(results::more);
    more.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, false, 2, 1));
    field.addListener(SWT.DefaultSelection, _ -> enter());
    field.addListener(SWT.KeyDown, this::key);
    field.addListener(
        SWT.Traverse,
        event -> {
          if (event.detail == SWT.TRAVERSE_ESCAPE) {
            event.doit = false;
            close.run();
          }
        });
    refresh();
  }

  /** Puts the caret into the field. */
  void begin() {
    field.setFocus();
    field.selectAll();
  }

  public ItemList<SearchResults.Hit> list() {
    return list;
  }

  private Label label(String text, String id) {
    Label label = new Label(this, SWT.WRAP);
    label.setText(text.replace("&", "&&"));
    label.setData("id", id);
    label.setFont(theme.fonts().small());
    label.setForeground(theme.palette().quiet());
    label.setBackground(theme.palette().pane());
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    data.horizontalIndent = 14;
    data.verticalIndent = 2;
    data.widthHint = 240;
    label.setLayoutData(data);
    return label;
  }

  private void enter() {
    if (results.query().equals(field.getText().strip()) && !results.hits().isEmpty()) {
      list.choose();
    } else {
      results.search(field.getText());
      refresh();
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

  private void refresh() {
    if (isDisposed()) {
      return;
    }
    boolean fresh = list.items().isEmpty();
    list.items(results.hits());
    if (fresh) {
      list.first();
    }
    String words = state();
    state.setText(words.replace("&", "&&"));
    state.setForeground(
        results.failure() == null ? theme.palette().quiet() : theme.palette().bad());
    show(state, !words.isEmpty());
    show(more, results.hasMore() && !results.asking());
    layout();
  }

  private String state() {
    Throwable failure = results.failure();
    if (failure != null) {
      return FormDialog.words(theme, failure);
    }
    if (results.asking()) {
      return theme.text("goal.asking");
    }
    return results.query().isEmpty() || !results.hits().isEmpty() ? "" : theme.text("side.nothing");
  }

  private static void show(Control control, boolean visible) {
    control.setVisible(visible);
    if (control.getLayoutData() instanceof GridData data) {
      data.exclude = !visible;
    }
  }

  private record Hits(Theme theme, Consumer<SearchResults.Hit> onHit)
      implements ItemList.Content<SearchResults.Hit> {
    private static final int LEFT = 14;
    private static final int HEIGHT = 70;

    @Override
    public int height(SearchResults.Hit hit) {
      return HEIGHT;
    }

    @Override
    public void paint(GC gc, SearchResults.Hit hit, Rectangle area, boolean over) {
      Palette palette = theme.palette();
      if (over) {
        Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
        Paint.fill(gc, palette.hover(), place, 8);
      }
      int room = area.width - 2 * LEFT;
      String when = theme.formats().when(hit.entry().time());
      gc.setFont(theme.fonts().small());
      int width = gc.textExtent(when).x;
      int top = area.y + 16;
      int right = LEFT + room - width;
      Paint.line(gc, when, theme.fonts().small(), palette.quiet(), right, top, width + 4);
      Person author = hit.entry().author();
      Paint.line(
          gc,
          author.shown(),
          theme.fonts().bold(),
          palette.name(author),
          LEFT,
          top,
          room - width - 10);
      excerpt(gc, hit.excerpt(), area.y + 36, room);
      String title = theme.title(hit.room());
      Paint.line(gc, title, theme.fonts().small(), palette.quiet(), LEFT, area.y + 55, room);
    }

    private void excerpt(GC gc, Excerpt excerpt, int middle, int room) {
      Palette palette = theme.palette();
      var normal = theme.fonts().normal();
      int x = LEFT;
      x += Paint.line(gc, excerpt.before(), normal, palette.text(), x, middle, room);
      if (excerpt.match().isEmpty()) {
        return;
      }
      gc.setFont(theme.fonts().bold());
      int width = Math.min(gc.textExtent(excerpt.match()).x, LEFT + room - x);
      Paint.fill(gc, palette.mark(), new Rectangle(x, middle - 10, width, 20), 3);
      x += Paint.line(gc, excerpt.match(), theme.fonts().bold(), palette.text(), x, middle, width);
      int left = LEFT + room - x;
      if (left > 12) {
        Paint.line(gc, excerpt.after(), normal, palette.text(), x, middle, left);
      }
    }

    @Override
    public String words(SearchResults.Hit hit) {
      Excerpt excerpt = hit.excerpt();
      String text = excerpt.before() + excerpt.match() + excerpt.after();
      String when = theme.formats().when(hit.entry().time());
      return hit.entry().author().shown() + ", " + hit.room().name() + ", " + when + ": " + text;
    }

    @Override
    public boolean canActivate(SearchResults.Hit hit) {
      return true;
    }

    @Override
    public void activate(SearchResults.Hit hit, int x, int width) {
      onHit.accept(hit);
    }
  }
}
