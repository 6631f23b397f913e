// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.room.Rights;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.PersonLook;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** How the members of a room look, and what this account may do to them. */
public record MemberContent(
    Theme theme, ChatModel model, Room room, RoomActions actions, Consumer<Person> onPerson)
    implements ItemList.Content<Member> {
  private static final int HEIGHT = 44;
  private static final int AVATAR = 28;
  private static final int LEFT = 18;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** Something that can be done to a member, for how long, and the key of its text. */
  private record Step(String key, ModerationAction action, long millis) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("member.moderator", ModerationAction.MAKE_MODERATOR, 0),
          new Step("member.owner", ModerationAction.MAKE_OWNER, 0),
          new Step("member.member", ModerationAction.MAKE_MEMBER, 0),
          new Step("member.muteHour", ModerationAction.MUTE, HOUR),
          new Step("member.muteDay", ModerationAction.MUTE, DAY),
          new Step("member.unmute", ModerationAction.UNMUTE, 0),
          new Step("member.kick", ModerationAction.KICK, 0),
          new Step("member.banDay", ModerationAction.BAN, DAY),
          new Step("member.ban", ModerationAction.BAN, Long.MAX_VALUE));

  @Override
  public int height(Member member) {
    return HEIGHT;
  }

  @Override
  public void paint(GC gc, Member member, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    if (over) {
      Rectangle place = new Rectangle(6, area.y + 1, area.width - 12, area.height - 2);
      Paint.fill(gc, palette.hover(), place, 8);
    }
    Person person = member.person();
    int y = area.y + (HEIGHT - AVATAR) / 2;
    Paint.avatar(gc, theme, person, LEFT, y, AVATAR);
    var here = model.people().availability(person.account());
    Paint.presence(gc, theme, here, palette.pane(), LEFT + AVATAR - 3, y + AVATAR - 3);
    String rank = rank(member);
    gc.setFont(theme.fonts().small());
    int width = gc.textExtent(rank).x;
    int middle = area.y + HEIGHT / 2;
    int right = area.width - 18 - width;
    Paint.line(gc, rank, theme.fonts().small(), palette.quiet(), right, middle, width + 4);
    int left = LEFT + AVATAR + 12;
    int room = right - left - 10;
    int shown =
        Paint.line(gc, person.shown(), theme.fonts().normal(), palette.text(), left, middle, room);
    int behind = left + shown + 8;
    Paint.line(
        gc,
        PersonLook.handle(person),
        theme.fonts().small(),
        palette.quiet(),
        behind,
        middle,
        right - behind - 10);
  }

  private String rank(Member member) {
    if (member.mutedUntil() > model.clock().millis()) {
      return theme.text("member.isMuted");
    }
    return switch (member.rank()) {
      case MEMBER -> "";
      case MODERATOR -> theme.text("member.isModerator");
      case OWNER -> theme.text("member.isOwner");
    };
  }

  @Override
  public String words(Member member) {
    String rank = rank(member);
    String handle = PersonLook.handle(member.person());
    return member.person().shown()
        + (handle.isEmpty() ? "" : ", " + handle)
        + (rank.isEmpty() ? "" : ", " + rank);
  }

  @Override
  public boolean canActivate(Member member) {
    return true;
  }

  @Override
  public void activate(Member member, int x, int width) {
    onPerson.accept(member.person());
  }

  @Override
  public List<ItemList.Choice> choices(Member member) {
    List<ItemList.Choice> choices = new ArrayList<>();
    Person person = member.person();
    choices.add(new ItemList.Choice("person.details", () -> onPerson.accept(person)));
    if (person.account() == model.account()) {
      return choices;
    }
    choices.add(new ItemList.Choice("person.talk", () -> actions.talk(person)));
    Rights rights = new Rights(room, model.clock().millis());
    STEPS.stream()
        .filter(step -> rights.manage(member, step.action()))
        .map(step ->
            new ItemList.Choice(
                step.key(),
                () -> actions.manage(room, person, step.action(), until(step.millis()))))
        .forEach(choices::add);
    return choices;
  }

  private long until(long millis) {
    return millis == 0 || millis == Long.MAX_VALUE ? millis : model.clock().millis() + millis;
  }
}
