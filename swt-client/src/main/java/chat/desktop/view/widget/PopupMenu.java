// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

/** A menu that is made when it is asked for. */
public final class PopupMenu {

  private PopupMenu() {}

  /** Opens it with its corner at a place of the screen. */
  public static void open(Control owner, Theme theme, List<ItemList.Choice> choices, Point corner) {
    Menu menu = new Menu(owner);
    for (ItemList.Choice choice : choices) {
      MenuItem item = new MenuItem(menu, choice.chosen() ? SWT.CHECK : SWT.PUSH);
      item.setSelection(choice.chosen());
      item.setText(choice.text(theme));
      item.setData("id", choice.key());
      item.addListener(SWT.Selection, _ -> choice.action().run());
    }
    menu.addListener(SWT.Hide, _ -> owner.getDisplay().asyncExec(menu::dispose));
    menu.setLocation(corner);
    menu.setVisible(true);
  }
}
