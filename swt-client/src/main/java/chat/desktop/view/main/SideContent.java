// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.app.SideItem;
import chat.desktop.model.notify.NotificationLevel;
import chat.desktop.model.notify.NotificationRules;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.PersonLook;
import chat.desktop.view.dialog.RoomDialogs;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomInvitation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/**
 * How requests, rooms, private chats and people look in the list at the left, and what can be done
 * with them.
 *
 * @param onMention names somebody in the compose box
 * @param plugins what they offer for rooms and people
 * @param rules how loud each room is
 */
record SideContent(
    Theme theme,
    ChatModel model,
    RoomActions actions,
    RoomDialogs dialogs,
    Consumer<Person> onMention,
    PluginCommands plugins,
    NotificationRules rules)
    implements ItemList.Content<SideItem> {
  private static final int AVATAR = 24;
  private static final int LEFT = 14;
  private static final int NAME = LEFT + AVATAR + 10;
  private static final int BUTTON = 28;

  @Override
  public int height(SideItem item) {
    return switch (item) {
      case SideItem.Heading _ -> 36;
      case SideItem.RequestItem _, SideItem.InvitationItem _ -> 50;
      case SideItem.RoomItem _, SideItem.PersonItem _ -> 34;
      case SideItem.Nothing _ -> 60;
    };
  }

  @Override
  public void paint(GC gc, SideItem item, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    int middle = area.y + area.height / 2;
    switch (item) {
      case SideItem.Heading heading -> {
        if (canActivate(heading)) {
          triangle(gc, 5, area.y + 20, arrangement().folded(heading.key()));
        }
        int width = area.width - LEFT;
        Paint.line(
            gc,
            words(heading),
            theme.fonts().smallBold(),
            palette.quiet(),
            LEFT,
            area.y + 20,
            width);
      }
      case SideItem.RequestItem(Contact contact) -> {
        request(gc, contact.person().shown(), wants(contact.person()), area, over);
        int y = area.y + (area.height - AVATAR) / 2;
        Paint.avatar(gc, theme, contact.person(), LEFT, y, AVATAR);
      }
      case SideItem.InvitationItem(RoomInvitation invitation) -> {
        request(gc, invitation.info().name(), invitedBy(invitation), area, over);
        Paint.sign(
            gc, theme, invitation.info().kind(), new Rectangle(LEFT, area.y, AVATAR, area.height));
      }
      case SideItem.RoomItem(Room room, boolean current) -> room(gc, room, area, current, over);
      case SideItem.PersonItem(Person person, boolean self) -> {
        person(gc, person, area, background(gc, area, false, over));
        String name = self ? theme.text("side.you", person.shown()) : person.shown();
        int width = area.width - NAME - 8;
        Paint.line(gc, name, theme.fonts().normal(), palette.text(), NAME, middle, width);
      }
      case SideItem.Nothing nothing ->
          Paint.centred(gc, words(nothing), theme.fonts().small(), palette.quiet(), area);
    }
  }

  /** What the user made of the list. */
  SideItem.Arrangement arrangement() {
    return new SideItem.Arrangement(model, rules.settings());
  }

  /** Points at the words of a folded section, and down at what stands in another. */
  private void triangle(GC gc, int x, int middle, boolean folded) {
    gc.setBackground(theme.palette().quiet());
    gc.fillPolygon(
        folded
            ? new int[] {x, middle - 4, x + 5, middle, x, middle + 4}
            : new int[] {x - 1, middle - 2, x + 7, middle - 2, x + 3, middle + 3});
  }

  private String invitedBy(RoomInvitation invitation) {
    return theme.text("side.invitedBy", invitation.by().shown());
  }

  /** What is asked, by whom, and the buttons for the two answers. */
  private void request(GC gc, String what, String words, Rectangle area, boolean over) {
    Palette palette = theme.palette();
    background(gc, area, false, over);
    int width = area.width - NAME - 2 * BUTTON - 16;
    int middle = area.y + area.height / 2;
    Paint.line(gc, what, theme.fonts().bold(), palette.text(), NAME, middle - 9, width);
    Paint.line(gc, words, theme.fonts().small(), palette.quiet(), NAME, middle + 9, width);
    int right = area.width - 12;
    Rectangle accept =
        new Rectangle(right - 2 * BUTTON - 2, middle - BUTTON / 2, BUTTON - 2, BUTTON - 2);
    Paint.fill(gc, palette.accent(), accept, BUTTON / 2 - 1);
    gc.setForeground(palette.onAccent());
    Icon.CHECK.draw(gc, accept.x + accept.width / 2, accept.y + accept.height / 2, 13);
    gc.setForeground(palette.quiet());
    Icon.CROSS.draw(gc, right - BUTTON / 2, accept.y + accept.height / 2, 13);
  }

  /** Who asks, by the name of the account too: one may not know them yet. */
  private String wants(Person person) {
    String handle = PersonLook.handle(person);
    return (handle.isEmpty() ? "" : handle + " · ") + theme.text("side.wants");
  }

  private void room(GC gc, Room room, Rectangle area, boolean current, boolean over) {
    Palette palette = theme.palette();
    Color behind = background(gc, area, current, over);
    int badge = badge(gc, room, area);
    int middle = area.y + area.height / 2;
    if (room.direct()) {
      person(gc, room.info().peer(), area, behind);
    } else if (!Paint.roomPicture(
        gc, theme, room.info(), LEFT, area.y + (area.height - AVATAR) / 2, AVATAR)) {
      Paint.sign(gc, theme, room.kind(), new Rectangle(LEFT, area.y, AVATAR, area.height));
    }
    boolean loud = room.unread() > 0 && !room.silent();
    var font = loud || current ? theme.fonts().bold() : theme.fonts().normal();
    Color color = room.silent() && !current ? palette.quiet() : palette.text();
    Paint.line(gc, theme.name(room), font, color, NAME, middle, area.width - NAME - 12 - badge);
  }

  private void person(GC gc, Person person, Rectangle area, Color behind) {
    int y = area.y + (area.height - AVATAR) / 2;
    Paint.avatar(gc, theme, person, LEFT, y, AVATAR);
    Paint.presence(
        gc,
        theme,
        model.people().availability(person.account()),
        behind,
        LEFT + AVATAR - 3,
        y + AVATAR - 3);
  }

  private Color background(GC gc, Rectangle area, boolean current, boolean over) {
    Palette palette = theme.palette();
    if (!current && !over) {
      return palette.pane();
    }
    Color color = current ? palette.selected() : palette.hover();
    Paint.fill(gc, color, new Rectangle(6, area.y + 1, area.width - 12, area.height - 2), 8);
    return color;
  }

  /** Being named stands out, a silent room does not. */
  private int badge(GC gc, Room room, Rectangle area) {
    if (room.unread() == 0) {
      return 0;
    }
    Palette palette = theme.palette();
    boolean named = room.mentions() > 0;
    String count = room.unread() > 999 ? "999+" : String.valueOf(room.unread());
    String text = named ? "@ " + count : count;
    Color fill = named ? palette.bad() : room.silent() ? palette.line() : palette.accent();
    Color ink = named ? palette.onBad() : room.silent() ? palette.text() : palette.onAccent();
    gc.setFont(theme.fonts().smallBold());
    Point size = gc.textExtent(text);
    int width = Math.max(20, size.x + 12);
    Rectangle place =
        new Rectangle(area.width - width - 14, area.y + area.height / 2 - 10, width, 20);
    Paint.fill(gc, fill, place, 10);
    Paint.centred(gc, text, theme.fonts().smallBold(), ink, place);
    return width + 8;
  }

  @Override
  public String words(SideItem item) {
    return switch (item) {
      case SideItem.Heading(String key, int count) ->
          count < 0 ? theme.text(key) : theme.text(key, count);
      case SideItem.RequestItem(Contact contact) ->
          contact.person().shown() + ", " + wants(contact.person());
      case SideItem.InvitationItem(RoomInvitation invitation) ->
          invitation.info().name() + ", " + invitedBy(invitation);
      case SideItem.RoomItem(Room room, boolean _) when room.mentions() > 0 ->
          theme.text("side.mentioned", theme.name(room), room.unread(), room.mentions());
      case SideItem.RoomItem(Room room, boolean _) ->
          room.unread() == 0
              ? theme.name(room)
              : theme.text("side.unread", theme.name(room), room.unread());
      case SideItem.PersonItem(Person person, boolean self) ->
          self ? theme.text("side.you", person.shown()) : person.shown();
      case SideItem.Nothing _ -> theme.text("side.nothing");
    };
  }

  @Override
  public boolean canActivate(SideItem item) {
    return switch (item) {
      case SideItem.Nothing _ -> false;
      case SideItem.Heading(String key, int _) ->
          !key.equals("side.requests") && !key.equals("side.invitations");
      case SideItem.RequestItem _,
          SideItem.InvitationItem _,
          SideItem.RoomItem _,
          SideItem.PersonItem _ ->
          true;
    };
  }

  @Override
  public void activate(SideItem item, int x, int width) {
    switch (item) {
      case SideItem.Heading(String key, int _) -> arrangement().fold(key);
      case SideItem.Nothing _ -> {}
      case SideItem.RequestItem(Contact contact) ->
          answer(
              x,
              width,
              () -> actions.approach(contact.person(), ContactAction.ACCEPT),
              () -> actions.approach(contact.person(), ContactAction.DECLINE));
      case SideItem.InvitationItem(RoomInvitation invitation) -> {
        long room = invitation.info().room();
        answer(x, width, () -> actions.join(room), () -> actions.decline(room));
      }
      case SideItem.RoomItem(Room room, boolean _) -> model.select(room);
      case SideItem.PersonItem(Person person, boolean self) -> {
        if (self) {
          dialogs.self();
        } else {
          actions.talk(person);
        }
      }
    }
  }

  /** A click counts only on the buttons; the key accepts. */
  private static void answer(int x, int width, Runnable accept, Runnable decline) {
    int right = width - 12;
    if (x < 0 || x >= right - 2 * BUTTON - 4 && x < right - BUTTON - 2) {
      accept.run();
    } else if (x >= right - BUTTON - 2) {
      decline.run();
    }
  }

  @Override
  public List<ItemList.Choice> choices(SideItem item) {
    return switch (item) {
      case SideItem.Heading _, SideItem.Nothing _ -> List.of();
      case SideItem.RequestItem(Contact contact) -> request(contact.person());
      case SideItem.InvitationItem(RoomInvitation invitation) -> invitation(invitation);
      case SideItem.RoomItem(Room room, boolean _) -> room(room);
      case SideItem.PersonItem(Person person, boolean self) -> self ? List.of() : person(person);
    };
  }

  private ItemList.Choice details(Person person) {
    return new ItemList.Choice("person.details", () -> dialogs.person(person));
  }

  private List<ItemList.Choice> request(Person person) {
    return List.of(
        details(person),
        approach("person.accept", person, ContactAction.ACCEPT),
        approach("person.decline", person, ContactAction.DECLINE),
        approach("person.block", person, ContactAction.BLOCK));
  }

  private List<ItemList.Choice> invitation(RoomInvitation invitation) {
    long room = invitation.info().room();
    return List.of(
        new ItemList.Choice("invitation.accept", () -> actions.join(room)),
        new ItemList.Choice("invitation.decline", () -> actions.decline(room)),
        details(invitation.by()),
        approach("person.block", invitation.by(), ContactAction.BLOCK));
  }

  private List<ItemList.Choice> room(Room room) {
    List<ItemList.Choice> choices = new ArrayList<>();
    if (room.unread() > 0) {
      choices.add(new ItemList.Choice("view.markRead", () -> model.markRead(room)));
    }
    choices.add(
        new ItemList.Choice(
            "room.favourite", () -> arrangement().favour(room), arrangement().favourite(room)));
    choices.add(
        new ItemList.Choice(
            room.silent() ? "room.loud" : "room.silent", () -> actions.silence(room)));
    choices.addAll(levels(room));
    choices.add(new ItemList.Choice("chat.exportRoom", () -> dialogs.export(room)));
    if (room.direct()) {
      choices.add(details(room.info().peer()));
      choices.addAll(relation(room.info().peer()));
    } else {
      choices.add(new ItemList.Choice("room.details", () -> dialogs.room(room)));
      if (room.mayLeave()) {
        choices.add(new ItemList.Choice("room.leave", () -> dialogs.leave(room)));
      }
    }
    choices.addAll(plugins.room(room));
    return choices;
  }

  private List<ItemList.Choice> levels(Room room) {
    return List.of(
        level("notify.all", room, NotificationLevel.ALL),
        level("notify.mentions", room, NotificationLevel.MENTIONS),
        level("notify.nothing", room, NotificationLevel.NOTHING));
  }

  private ItemList.Choice level(String key, Room room, NotificationLevel level) {
    return new ItemList.Choice(key, () -> rules.level(room, level), rules.level(room) == level);
  }

  private List<ItemList.Choice> person(Person person) {
    List<ItemList.Choice> choices = new ArrayList<>();
    choices.add(new ItemList.Choice("person.talk", () -> actions.talk(person)));
    choices.add(details(person));
    choices.add(new ItemList.Choice("person.mention", () -> onMention.accept(person)));
    choices.addAll(relation(person));
    choices.addAll(plugins.person(person.name()));
    return choices;
  }

  private List<ItemList.Choice> relation(Person person) {
    boolean blocked = model.people().blocked(person.account());
    Relation relation = model.people().relation(person.account());
    ItemList.Choice friend =
        switch (relation) {
          case NONE -> approach("person.befriend", person, ContactAction.REQUEST);
          case OUTGOING -> approach("person.withdraw", person, ContactAction.WITHDRAW);
          case INCOMING -> approach("person.accept", person, ContactAction.ACCEPT);
          case FRIEND -> approach("person.remove", person, ContactAction.REMOVE);
        };
    return blocked
        ? List.of(approach("person.unblock", person, ContactAction.UNBLOCK))
        : List.of(friend, approach("person.block", person, ContactAction.BLOCK));
  }

  private ItemList.Choice approach(String key, Person person, ContactAction action) {
    return new ItemList.Choice(key, () -> actions.approach(person, action));
  }
}
