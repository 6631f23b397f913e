// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.FileActions;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.FileCard;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** The right side: the files of the room, newest first. */
final class FilesPane extends Composite {
  private final ChatModel model;
  private final ItemList<Row.Filed> list;
  private final FlatButton older;
  private final Label empty;

  FilesPane(Composite parent, Theme theme, ChatModel model, FileActions actions, Runnable close) {
    super(parent, SWT.NONE);
    this.model = model;
    setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.verticalSpacing = 0;
    setLayout(layout);
    Label title = new Label(this, SWT.NONE);
    title.setText(theme.text("files.title"));
    title.setFont(theme.fonts().bold());
    title.setForeground(theme.palette().text());
    title.setBackground(theme.palette().pane());
    GridData titleData = new GridData(SWT.FILL, SWT.CENTER, true, false);
    titleData.horizontalIndent = 14;
    titleData.heightHint = 24;
    title.setLayoutData(titleData);
    FlatButton hide = new FlatButton(this, theme, FlatButton.Weight.QUIET, "files.close");
    hide.icon(Icon.CROSS).tip(theme.text("files.close")).does(close);
    GridData hideData = new GridData(SWT.END, SWT.CENTER, false, false);
    hideData.heightHint = 50;
    hideData.widthHint = 40;
    hide.setLayoutData(hideData);
    empty = new Label(this, SWT.CENTER | SWT.WRAP);
    empty.setText(theme.text("files.empty"));
    empty.setForeground(theme.palette().quiet());
    empty.setBackground(theme.palette().pane());
    GridData emptyData = new GridData(SWT.FILL, SWT.BEGINNING, true, false, 2, 1);
    emptyData.verticalIndent = 20;
    empty.setLayoutData(emptyData);
    list =
        new ItemList<>(this, theme, new Files(theme, actions), "files", theme.text("files.title"));
    list.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
    older = new FlatButton(this, theme, FlatButton.Weight.LINK, "files.older");
    older.text(theme.text("files.older")).does(this::loadOlder);
    older.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, false, 2, 1));
  }

  void refresh() {
    Room room = model.current();
    list.items(room == null ? List.of() : room.files());
    show(empty, list.items().isEmpty());
    show(older, room != null && !room.allFiles() && !list.items().isEmpty());
    layout();
  }

  private void loadOlder() {
    Room room = model.current();
    if (room != null) {
      model.traffic().loadOlder(room);
    }
  }

  private static void show(org.eclipse.swt.widgets.Control control, boolean visible) {
    control.setVisible(visible);
    if (control.getLayoutData() instanceof GridData data) {
      data.exclude = !visible;
    }
  }

  private record Files(Theme theme, FileActions actions) implements ItemList.Content<Row.Filed> {

    private FileCard card(Row.Filed filed) {
      String from = " · " + filed.entry().author().name();
      String when = " · " + theme.formats().time(filed.time());
      var file = filed.file();
      return new FileCard(theme, file.name(), file.size(), actions.download(filed), from + when);
    }

    @Override
    public int height(Row.Filed filed) {
      return FileCard.HEIGHT + 6;
    }

    @Override
    public void paint(GC gc, Row.Filed filed, Rectangle area, boolean over) {
      Palette palette = theme.palette();
      Rectangle place = new Rectangle(6, area.y + 2, area.width - 12, FileCard.HEIGHT);
      if (over) {
        Paint.fill(gc, palette.hover(), place, 10);
      }
      FileCard.Ink ink =
          new FileCard.Ink(palette.text(), palette.quiet(), palette.accent(), palette.line());
      card(filed).paint(gc, place, ink, true);
    }

    @Override
    public String words(Row.Filed filed) {
      FileCard card = card(filed);
      return card.name() + ", " + card.state();
    }

    @Override
    public boolean canActivate(Row.Filed filed) {
      return true;
    }

    @Override
    public void activate(Row.Filed filed, int x, int width) {
      if (x > width - 50) {
        actions.button(filed);
      } else {
        actions.activate(filed);
      }
    }
  }
}
