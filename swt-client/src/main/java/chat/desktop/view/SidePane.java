package chat.desktop.view;

import chat.desktop.model.ChatModel;
import chat.desktop.model.SideItem;
import chat.protocol.Person;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

/** The left side: a search field, the rooms, and who is here. */
final class SidePane extends Composite {
  private final ChatModel model;
  private final Text search;
  private final ItemList<SideItem> list;

  SidePane(Composite parent, Look look, ChatModel model, Consumer<Person> onPerson) {
    super(parent, SWT.NONE);
    this.model = model;
    setBackground(look.palette().pane());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.verticalSpacing = 0;
    setLayout(layout);
    Composite holder = new Composite(this, SWT.NONE);
    holder.setBackground(look.palette().pane());
    GridLayout inner = new GridLayout();
    inner.marginWidth = 10;
    inner.marginHeight = 9;
    holder.setLayout(inner);
    holder.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search = new Text(holder, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
    search.setData("id", "search");
    search.setMessage(look.text("side.search"));
    search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    search.addListener(SWT.Modify, _ -> refresh());
    SideContent content = new SideContent(look, model::select, onPerson);
    list = new ItemList<>(this, look, content, "side", look.text("side.name"));
    list.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
  }

  Text search() {
    return search;
  }

  void refresh() {
    list.items(SideItem.list(model, search.getText()));
  }
}
