// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.MentionHint;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.view.dialog.QuickSwitcherContent;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

/**
 * Offers names while somebody is being named. It never has the keys: the compose box keeps them and
 * hands over those that choose.
 */
public final class MentionPopup {
  private static final int WIDTH = 280;
  private static final int ITEM = 44;
  private static final int GAP = 12;

  private final Shell shell;
  private final ItemList<SwitchTarget> list;
  private int start;

  /**
   * @param onPick the place of the at sign, and who was chosen
   */
  MentionPopup(Shell parent, Theme theme, ChatModel model, ObjIntConsumer<Person> onPick) {
    shell = new Shell(parent, SWT.NO_TRIM | SWT.ON_TOP | SWT.NO_FOCUS);
    shell.setData("id", "mention");
    shell.setBackground(theme.palette().line());
    FillLayout layout = new FillLayout();
    layout.marginWidth = 1;
    layout.marginHeight = 1;
    shell.setLayout(layout);
    Consumer<SwitchTarget> chosen =
        target -> {
          hide();
          if (target instanceof SwitchTarget.ToPerson(Person person)) {
            onPick.accept(person, start);
          }
        };
    QuickSwitcherContent content = new QuickSwitcherContent(theme, model, chosen);
    list = new ItemList<>(shell, theme, content, "mention.list", theme.text("mention.name"));
    list.led();
  }

  public boolean shown() {
    return shell.isVisible();
  }

  /** Who is offered, in words. */
  public List<String> words() {
    return shown() ? list.words() : List.of();
  }

  /** Offers what fits, with the lower left corner at a place of the screen; or nothing. */
  void show(@Nullable MentionHint hint, Point corner) {
    if (hint == null) {
      hide();
      return;
    }
    start = hint.start();
    list.items(hint.people().stream().<SwitchTarget>map(SwitchTarget.ToPerson::new).toList());
    list.first();
    int height = hint.people().size() * ITEM + 2;
    shell.setBounds(corner.x, corner.y - height - GAP, WIDTH, height);
    shell.setVisible(true);
  }

  void hide() {
    shell.setVisible(false);
  }

  void step(int direction) {
    list.step(direction);
  }

  void choose() {
    list.choose();
  }
}
