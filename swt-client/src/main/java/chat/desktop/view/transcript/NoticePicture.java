// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Paint;
import chat.protocol.Content;
import chat.protocol.Deed;
import chat.protocol.Person;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A line in the middle that nobody said. */
record NoticePicture(RowFrame frame, String text) implements RowPicture {
  private static final int LINE = 22;

  static NoticePicture of(RowFrame frame, Row.Notice notice) {
    return new NoticePicture(frame, words(frame.look(), notice));
  }

  static String words(Look look, Row.Notice notice) {
    String name = look.name(notice.about());
    return switch (notice.kind()) {
      case CAME -> look.text("notice.came", name);
      case WENT -> look.text("notice.went", name);
      case JOINED -> look.text("notice.joined", name);
      case LEFT -> look.text("notice.left", name);
      case GONE -> look.text("notice.gone", name);
      case DAMAGED -> look.text("notice.damaged");
    };
  }

  static NoticePicture of(RowFrame frame, Row.Managed managed) {
    return new NoticePicture(frame, words(frame.look(), managed));
  }

  static String words(Look look, Row.Managed managed) {
    String who = look.name(managed.entry().author());
    return switch (managed.entry().content()) {
      case Content.RoomSet set when set.archived() -> look.text("notice.archived", who);
      case Content.RoomSet set when set.topic().isEmpty() ->
          look.text("notice.set", who, set.name());
      case Content.RoomSet set -> look.text("notice.topic", who, set.name(), set.topic());
      case Content.Done(Person whom, Deed deed, long until) ->
          done(look, deed, who, look.name(whom), until);
      case Content.Text _,
          Content.File _,
          Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.Gone _ ->
          "";
    };
  }

  private static String done(Look look, Deed deed, String who, String whom, long until) {
    return switch (deed) {
      case INVITE -> look.text("notice.invited", who, whom);
      case KICK -> look.text("notice.kicked", who, whom);
      case BAN ->
          until == Long.MAX_VALUE
              ? look.text("notice.banned", who, whom)
              : look.text("notice.bannedUntil", who, whom, look.formats().full(until));
      case UNBAN -> look.text("notice.unbanned", who, whom);
      case MUTE ->
          until == Long.MAX_VALUE
              ? look.text("notice.muted", who, whom)
              : look.text("notice.mutedUntil", who, whom, look.formats().full(until));
      case UNMUTE -> look.text("notice.unmuted", who, whom);
      case MAKE_OWNER -> look.text("notice.owner", who, whom);
      case MAKE_MODERATOR -> look.text("notice.moderator", who, whom);
      case MAKE_MEMBER -> look.text("notice.member", who, whom);
    };
  }

  @Override
  public int height() {
    return frame.bodyTop() + LINE;
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Look look = frame.look();
    String line = text + " · " + look.formats().time(frame.row().time());
    Rectangle area = new Rectangle(0, y + frame.bodyTop(), frame.width(), LINE);
    Paint.centred(gc, line, look.fonts().small(), look.palette().notice(), area);
  }

  @Override
  public Spot at(int x, int y) {
    return new Spot.Empty();
  }

  @Override
  public Rectangle body() {
    return new Rectangle(0, frame.bodyTop(), frame.width(), LINE);
  }

  @Override
  public int offset(Point point) {
    return point.y < frame.bodyTop() + LINE / 2 ? 0 : text.length();
  }

  @Override
  public boolean fits(Row row, Grouping grouping, int width) {
    return frame.row() == row && frame.grouping().equals(grouping) && frame.width() == width;
  }

  @Override
  public void dispose() {}
}
