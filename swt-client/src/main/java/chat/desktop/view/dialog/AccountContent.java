// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.text.PersonLook;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.AccountInfo;
import chat.protocol.Availability;
import chat.protocol.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/**
 * How the accounts of a server look to who owns it.
 *
 * @param onChosen opens the menu of one
 * @param menu what can be done to one
 */
record AccountContent(
    Theme theme, Consumer<AccountInfo> onChosen, Function<AccountInfo, List<ItemList.Choice>> menu)
    implements ItemList.Content<AccountInfo> {
  private static final int HEIGHT = 54;
  private static final int AVATAR = 32;
  private static final int LEFT = 20;
  private static final int NAME = 18;
  private static final int DETAILS = 38;

  private String role(AccountInfo account) {
    return switch (account.role()) {
      case MEMBER -> "";
      case MODERATOR -> theme.text("people.isModerator");
      case OWNER -> theme.text("people.isOwner");
    };
  }

  private String details(AccountInfo account) {
    String seen =
        account.online()
            ? theme.text("person.here")
            : account.seen() == 0
                ? ""
                : theme.text("person.seen", theme.formats().when(account.seen()));
    String suspended =
        account.suspended() == 0
            ? ""
            : theme.text("people.isSuspended", theme.formats().when(account.suspended()));
    return Stream.of(
            suspended,
            seen,
            theme.text("people.since", theme.formats().when(account.created())),
            "#" + account.person().account())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  @Override
  public int height(AccountInfo account) {
    return HEIGHT;
  }

  @Override
  public void paint(GC gc, AccountInfo account, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    if (over) {
      Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
      Paint.fill(gc, palette.hover(), place, 8);
    }
    Person person = account.person();
    int top = area.y + (HEIGHT - AVATAR) / 2;
    Paint.avatar(gc, theme, person, LEFT, top, AVATAR);
    Optional<Availability> here =
        account.online() ? Optional.of(Availability.ONLINE) : Optional.empty();
    Paint.presence(gc, theme, here, palette.pane(), LEFT + AVATAR - 3, top + AVATAR - 3);
    var small = theme.fonts().small();
    gc.setFont(small);
    String role = role(account);
    int width = gc.textExtent(role).x;
    int right = area.width - LEFT - width;
    Paint.line(gc, role, small, palette.quiet(), right, area.y + NAME, width + 4);
    int left = LEFT + AVATAR + 12;
    int room = right - left - 10;
    int shown =
        Paint.line(
            gc, person.shown(), theme.fonts().bold(), palette.text(), left, area.y + NAME, room);
    int behind = left + shown + 8;
    Paint.line(
        gc,
        PersonLook.handle(person),
        small,
        palette.quiet(),
        behind,
        area.y + NAME,
        right - behind - 10);
    var color = account.suspended() == 0 ? palette.quiet() : palette.bad();
    Paint.line(
        gc, details(account), small, color, left, area.y + DETAILS, area.width - left - LEFT);
  }

  @Override
  public String words(AccountInfo account) {
    return Stream.of(
            account.person().shown(),
            PersonLook.handle(account.person()),
            role(account),
            details(account))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean canActivate(AccountInfo account) {
    return true;
  }

  @Override
  public void activate(AccountInfo account, int x, int width) {
    onChosen.accept(account);
  }

  @Override
  public List<ItemList.Choice> choices(AccountInfo account) {
    return menu.apply(account);
  }
}
