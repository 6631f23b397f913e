// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.protocol.ModerationAction;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code room}. */
@Command(name = "room", description = "Rooms and their members.", footer = Help.ROOM)
final class RoomCommands {
  /** What a member can be. */
  enum RankName {
    OWNER(ModerationAction.MAKE_OWNER),
    MODERATOR(ModerationAction.MAKE_MODERATOR),
    MEMBER(ModerationAction.MAKE_MEMBER);

    private final ModerationAction action;

    RankName(ModerationAction action) {
      this.action = action;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The room that is meant. */
  @Command(footer = Help.ROOM)
  static final class Target {
    @Parameters(index = "0", paramLabel = "ROOM", description = "The room.")
    private String room = "";
  }

  /** The room and the person that are meant. */
  @Command(footer = Help.ROOM)
  static final class Someone {
    @Parameters(index = "0", paramLabel = "ROOM", description = "The room.")
    private String room = "";

    @Parameters(
        index = "1",
        paramLabel = "PERSON",
        converter = PersonName.class,
        description = "The name of the person.")
    private String person = "";

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();

    private CliCall to(ModerationAction action, @Nullable TimeSpan time) {
      return new CliCall(
          connection,
          new CliCommand.Moderate(room, person, action, time == null ? null : time.duration()));
    }
  }

  /** Until when it holds. */
  static final class For {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        converter = TimeSpan.Converter.class,
        description = "For how long: 30m, 2h, 3d, 1w or ever. Default: ever.")
    private @Nullable TimeSpan time;
  }

  @Command(
      description =
          "List the rooms of this account with what is unread, and invitations; or public rooms.")
  CliCall list(
      @Parameters(
              arity = "0..1",
              paramLabel = "WORDS",
              description = "List public rooms that contain these words.")
          @Nullable String words,
      @Option(names = "--all", description = "List all public rooms.") boolean all,
      @Option(names = "--json", description = Help.JSON) boolean json,
      @Mixin ConnectionOptions connection) {
    String wanted = words == null ? "" : words;
    return new CliCall(
        connection,
        all || !wanted.isEmpty()
            ? new CliCommand.PublicRooms(wanted, json)
            : new CliCommand.OwnRooms(json));
  }

  @Command(description = "Create a room, and print its number.")
  CliCall create(
      @Parameters(paramLabel = "NAME", description = "Its name.") String name,
      @Option(names = "--private", description = "Only its members know of it.") boolean hidden,
      @Option(
              names = "--topic",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What it is about.")
          String topic,
      @Mixin ConnectionOptions connection) {
    return new CliCall(
        connection,
        new CliCommand.CreateRoom(name, hidden ? RoomKind.PRIVATE : RoomKind.PUBLIC, topic));
  }

  @Command(description = "Join a public room, or one to which somebody invited you.")
  CliCall join(
      @Parameters(paramLabel = "ROOM", description = "Its name or number (#12).") String room,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.JoinRoom(room));
  }

  @Command(description = "Decline the invitation to a room; nobody there hears of it.")
  CliCall decline(
      @Parameters(paramLabel = "ROOM", description = "Its name or number (#12).") String room,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.DeclineInvitation(room));
  }

  @Command(description = "Leave a room.")
  CliCall leave(@Mixin Target target, @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.LeaveRoom(target.room));
  }

  @Command(description = "Change a room. What is not given stays as it is.")
  CliCall set(
      @Mixin Target target,
      @Option(names = "--rename", paramLabel = "NAME", description = "Another name.")
          @Nullable String name,
      @Option(names = "--topic", paramLabel = "TEXT", description = "What it is about.")
          @Nullable String topic,
      @Option(
              names = "--read-only",
              paramLabel = "on|off",
              description = "Only moderators and owners can write.")
          @Nullable OnOff readOnly,
      @Option(names = "--archived", paramLabel = "on|off", description = "Nobody can write.")
          @Nullable OnOff archived,
      @Mixin ConnectionOptions connection) {
    return new CliCall(
        connection,
        new CliCommand.SetRoom(
            target.room,
            new RoomSettings.Change(
                Optional.ofNullable(name),
                Optional.ofNullable(topic),
                OnOff.of(readOnly),
                OnOff.of(archived))));
  }

  @Command(description = "List the members of a room.")
  CliCall members(
      @Mixin Target target,
      @Option(names = "--json", description = Help.JSON) boolean json,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.Members(target.room, json));
  }

  @Command(description = "Invite somebody, who joins or declines.")
  CliCall invite(@Mixin Someone someone) {
    return someone.to(ModerationAction.INVITE, null);
  }

  @Command(description = "Remove a member, or take an invitation back.")
  CliCall kick(@Mixin Someone someone) {
    return someone.to(ModerationAction.KICK, null);
  }

  @Command(description = "Remove a member and keep them out.")
  CliCall ban(@Mixin Someone someone, @Mixin For time) {
    return someone.to(ModerationAction.BAN, time.time);
  }

  @Command(description = "Lift a ban.")
  CliCall unban(@Mixin Someone someone) {
    return someone.to(ModerationAction.UNBAN, null);
  }

  @Command(description = "Keep a member from writing.")
  CliCall mute(@Mixin Someone someone, @Mixin For time) {
    return someone.to(ModerationAction.MUTE, time.time);
  }

  @Command(description = "Let a muted member write again.")
  CliCall unmute(@Mixin Someone someone) {
    return someone.to(ModerationAction.UNMUTE, null);
  }

  @Command(description = "Change the rank of a member.")
  CliCall rank(
      @Mixin Someone someone,
      @Parameters(index = "2", paramLabel = "RANK", description = "owner, moderator or member.")
          RankName rank) {
    return someone.to(rank.action, null);
  }

  @Command(description = "Set the picture of a room: PNG, JPEG or WebP, at most 256 KiB.")
  CliCall picture(
      @Mixin Target target,
      @Parameters(
              index = "1",
              paramLabel = "FILE",
              converter = PictureFile.Converter.class,
              description = "The picture, or none to remove it.")
          PictureFile picture,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.SetRoomPicture(target.room, picture.file()));
  }

  @Command(description = "Turn the notifications of a room off or on again, except for mentions.")
  CliCall silence(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "on|off", description = "on: no notifications.")
          OnOff silent,
      @Mixin ConnectionOptions connection) {
    return new CliCall(
        connection, new CliCommand.MuteNotifications(target.room, silent == OnOff.ON));
  }

  @Command(description = "Mark everything in a room as read.")
  CliCall read(@Mixin Target target, @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.MarkRead(target.room));
  }
}
