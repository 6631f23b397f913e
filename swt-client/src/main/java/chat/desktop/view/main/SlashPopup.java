// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.plugin.SlashCommands;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Shell;

/**
 * Offers commands while a slash stands first; as with {@link MentionPopup} the keys stay outside.
 */
final class SlashPopup {
  private static final int WIDTH = 360;
  private static final int ITEM = 32;
  private static final int GAP = 12;

  private final Shell shell;
  private final ItemList<SlashCommands.Offer> list;

  /**
   * @param onPick gets what is to stand in the compose box
   */
  SlashPopup(Shell parent, Theme theme, Consumer<String> onPick) {
    shell = new Shell(parent, SWT.NO_TRIM | SWT.ON_TOP | SWT.NO_FOCUS);
    shell.setData("id", "slash");
    shell.setBackground(theme.palette().line());
    FillLayout layout = new FillLayout();
    layout.marginWidth = 1;
    layout.marginHeight = 1;
    shell.setLayout(layout);
    Content content =
        new Content(
            theme,
            text -> {
              hide();
              onPick.accept(text);
            });
    list = new ItemList<>(shell, theme, content, "slash.list", theme.text("slash.name"));
    list.led();
  }

  boolean shown() {
    return shell.isVisible();
  }

  List<String> words() {
    return shown() ? list.words() : List.of();
  }

  /** Offers this, with the lower left corner at a place of the screen; or nothing. */
  void show(List<SlashCommands.Offer> offers, Point corner) {
    if (offers.isEmpty()) {
      hide();
      return;
    }
    list.items(offers);
    list.first();
    int height = offers.size() * ITEM + 2;
    shell.setBounds(corner.x, corner.y - height - GAP, WIDTH, height);
    shell.setVisible(true);
  }

  void hide() {
    if (shell.isVisible()) {
      shell.setVisible(false);
    }
  }

  void step(int direction) {
    list.step(direction);
  }

  void choose() {
    list.choose();
  }

  private record Content(Theme theme, Consumer<String> onPick)
      implements ItemList.Content<SlashCommands.Offer> {

    @Override
    public int height(SlashCommands.Offer offer) {
      return ITEM;
    }

    @Override
    public void paint(GC gc, SlashCommands.Offer offer, Rectangle area, boolean over) {
      Palette palette = theme.palette();
      if (over) {
        Paint.fill(gc, palette.hover(), area, 6);
      }
      int middle = area.y + area.height / 2;
      int width = area.width - 24;
      int used =
          Paint.line(
              gc,
              offer.text().strip(),
              theme.fonts().bold(),
              palette.text(),
              area.x + 12,
              middle,
              width);
      if (!offer.help().isEmpty() && width - used > 40) {
        Paint.line(
            gc,
            offer.help(),
            theme.fonts().normal(),
            palette.quiet(),
            area.x + 24 + used,
            middle,
            width - used - 12);
      }
    }

    @Override
    public String words(SlashCommands.Offer offer) {
      return (offer.text().strip() + " " + offer.help()).strip();
    }

    @Override
    public boolean canActivate(SlashCommands.Offer offer) {
      return true;
    }

    @Override
    public void activate(SlashCommands.Offer offer, int x, int width) {
      onPick.accept(offer.text());
    }
  }
}
