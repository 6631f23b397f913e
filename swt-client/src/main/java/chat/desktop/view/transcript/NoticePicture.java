// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.ShownSettings;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import chat.protocol.Content;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.RoomSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A line in the middle that nobody said. */
record NoticePicture(RowFrame frame, String text, List<String> more) implements RowPicture {
  private static final int LINE = 22;

  /** Names in a line, and the most that are named. */
  private static final int NAMES = 6;

  private static final int MOST = 60;

  NoticePicture(RowFrame frame, String text) {
    this(frame, text, List.of());
  }

  static NoticePicture of(RowFrame frame, Row.Notice notice) {
    String words = words(frame.theme(), notice);
    return new NoticePicture(
        frame, words, notice.open() ? names(frame.theme(), notice) : List.of());
  }

  /** Everybody of whom a line tells, in lines. */
  static List<String> names(Theme theme, Row.Notice notice) {
    List<String> names = notice.people().stream().limit(MOST).map(theme::name).toList();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i += NAMES) {
      lines.add(String.join(", ", names.subList(i, Math.min(names.size(), i + NAMES))));
    }
    return notice.people().size() > MOST
        ? Stream.concat(lines.stream(), Stream.of("…")).toList()
        : lines;
  }

  static String words(Theme theme, Row.Notice notice) {
    String name = theme.name(notice.about());
    int people = notice.people().size();
    return switch (notice.kind()) {
      case JOINED ->
          people == 1 ? theme.text("notice.joined", name) : theme.text("notice.joinedMany", people);
      case LEFT ->
          people == 1 ? theme.text("notice.left", name) : theme.text("notice.leftMany", people);
      case GONE -> theme.text("notice.gone", name);
      case DAMAGED -> theme.text("notice.damaged");
    };
  }

  static NoticePicture of(RowFrame frame, Row.Managed managed) {
    return new NoticePicture(frame, words(frame.theme(), managed));
  }

  private static String settings(Theme theme, String who, RoomSettings settings) {
    if (settings.archived()) {
      return theme.text("notice.archived", who);
    }
    String details = ShownSettings.details(theme.texts(), settings);
    return theme.text(
        "notice.set", who, details.isEmpty() ? settings.name() : settings.name() + " – " + details);
  }

  static String words(Theme theme, Row.Managed managed) {
    String who = theme.name(managed.entry().author());
    return switch (managed.entry().content()) {
      case Content.RoomSet(RoomSettings settings) -> settings(theme, who, settings);
      case Content.Done(Person whom, ModerationAction action, long until) ->
          done(theme, action, who, theme.name(whom), until);
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

  private static String done(
      Theme theme, ModerationAction action, String who, String whom, long until) {
    return switch (action) {
      case INVITE -> theme.text("notice.invited", who, whom);
      case KICK -> theme.text("notice.kicked", who, whom);
      case BAN ->
          until == Long.MAX_VALUE
              ? theme.text("notice.banned", who, whom)
              : theme.text("notice.bannedUntil", who, whom, theme.formats().full(until));
      case UNBAN -> theme.text("notice.unbanned", who, whom);
      case MUTE ->
          until == Long.MAX_VALUE
              ? theme.text("notice.muted", who, whom)
              : theme.text("notice.mutedUntil", who, whom, theme.formats().full(until));
      case UNMUTE -> theme.text("notice.unmuted", who, whom);
      case MAKE_OWNER -> theme.text("notice.owner", who, whom);
      case MAKE_MODERATOR -> theme.text("notice.moderator", who, whom);
      case MAKE_MEMBER -> theme.text("notice.member", who, whom);
    };
  }

  @Override
  public int height() {
    return frame.bodyTop() + LINE * (1 + more.size());
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Theme theme = frame.theme();
    String line = text + " · " + theme.formats().time(frame.row().time());
    String sign = isRun() ? (more.isEmpty() ? "  ▸" : "  ▾") : "";
    Rectangle area = new Rectangle(0, y + frame.bodyTop(), frame.width(), LINE);
    Paint.centred(gc, line + sign, theme.fonts().small(), theme.palette().notice(), area);
    for (String names : more) {
      area.y += LINE;
      Paint.centred(gc, names, theme.fonts().small(), theme.palette().quiet(), area);
    }
  }

  private boolean isRun() {
    return frame.row() instanceof Row.Notice notice && notice.people().size() > 1;
  }

  @Override
  public Spot at(int x, int y) {
    boolean inside = y >= frame.bodyTop() && y < frame.bodyTop() + LINE;
    if (inside && frame.row() instanceof Row.Notice notice && isRun()) {
      return new Spot.Drawn(() -> turn(notice));
    }
    return new Spot.Empty();
  }

  private void turn(Row.Notice notice) {
    Room room = frame.model().current();
    if (room != null) {
      room.shown().turn(notice);
    }
  }

  @Override
  public Rectangle body() {
    return new Rectangle(0, frame.bodyTop(), frame.width(), LINE * (1 + more.size()));
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
