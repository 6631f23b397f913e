// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.SideItem;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.PopupMenu;
import chat.desktop.view.widget.Theme;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

/** The left side: a search field, the way to more, the rooms, and who is here. */
public final class SidePane extends Composite {
  private final ChatModel model;
  private final SideItem.Arrangement arrangement;
  private final Text search;
  private final ItemList<SideItem> list;

  /**
   * @param more what the button beside the field offers
   */
  SidePane(
      Composite parent,
      Theme theme,
      ChatModel model,
      SideContent content,
      List<ItemList.Choice> more) {
    super(parent, SWT.NONE);
    this.model = model;
    this.arrangement = content.arrangement();
    setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.verticalSpacing = 0;
    setLayout(layout);
    Composite holder = new Composite(this, SWT.NONE);
    holder.setBackground(theme.palette().pane());
    GridLayout inner = new GridLayout(2, false);
    inner.marginWidth = 10;
    inner.horizontalSpacing = 4;
    inner.marginHeight = 9;
    holder.setLayout(inner);
    holder.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search = new Text(holder, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    search.setData("id", "search");
    search.setMessage(theme.text("side.search"));
    search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search.addListener(SWT.Modify, _ -> refresh());
    FlatButton plus = new FlatButton(holder, theme, FlatButton.Weight.QUIET, "side.more");
    plus.icon(Icon.PLUS).tip(theme.text("side.more"));
    plus.does(() -> PopupMenu.open(plus, theme, more, plus.toDisplay(0, plus.getSize().y)));
    GridData plusData = new GridData(SWT.END, SWT.CENTER, false, false);
    plusData.widthHint = 34;
    plusData.heightHint = 34;
    plus.setLayoutData(plusData);
    list = new ItemList<>(this, theme, content, "side", theme.text("side.name"));
    list.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
  }

  /** What the user made of the list. */
  SideItem.Arrangement arrangement() {
    return arrangement;
  }

  Text search() {
    return search;
  }

  public ItemList<SideItem> list() {
    return list;
  }

  void refresh() {
    list.items(SideItem.list(model, search.getText(), arrangement));
  }
}
