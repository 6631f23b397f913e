// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.CommandId;
import chat.client.text.Json;
import chat.client.text.RoomSetting;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code room}: which there are, who is in them, and what is done to them. */
record Rooms(CliSession session, CliCommand.OfRooms order, PrintStream out) {
  private static final int PAGE = 100;

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    switch (order) {
      case CliCommand.OwnRooms(boolean json) -> {
        entered
            .rooms()
            .forEach(room ->
                out.println(
                    json
                        ? Json.room(room.info(), room.state())
                        : line(room.info()) + place(room.state())));
        entered
            .invitations()
            .forEach(invitation ->
                out.println(
                    json
                        ? Json.invitation(invitation)
                        : line(invitation.info())
                            + " [invited by "
                            + TerminalSanitizer.line(invitation.by().name())
                            + "]"));
      }
      case CliCommand.PublicRooms(String words, boolean json) ->
          published(words, room -> out.println(json ? Json.room(room) : line(room)));
      case CliCommand.CreateRoom(var name, var kind, String topic) ->
          out.println("#" + change(new Command.Create(CommandId.next(), kind, name, topic)).room());
      case CliCommand.JoinRoom(String name) ->
          change(new Command.Join(CommandId.next(), toJoin(entered, name)));
      case CliCommand.DeclineInvitation(String name) ->
          set(new Command.DeclineInvitation(toDecline(entered, name)));
      case CliCommand.LeaveRoom(String room) ->
          change(new Command.Leave(CommandId.next(), session.room(entered, room).room()));
      case CliCommand.SetRoom set -> set(set, session.room(entered, set.room()).info());
      case CliCommand.Members(String room, boolean json) ->
          members(session.room(entered, room), json);
      case CliCommand.SetRoomPicture(String room, Path file) ->
          Profiles.setPicture(client(), session.room(entered, room).room(), file);
      case CliCommand.MuteNotifications(String room, boolean silent) ->
          set(new Command.MuteNotifications(session.room(entered, room).room(), silent));
      case CliCommand.MarkRead(String room) -> {
        RoomView view = session.room(entered, room);
        set(new Command.MarkRead(view.room(), view.head(), view.head()));
      }
      case CliCommand.Moderate manage ->
          manage(manage, session.room(entered, manage.room()).room());
    }
  }

  private ChatClient client() {
    return session.client();
  }

  private Reply.Posted change(Command.Append command) throws CliException, InterruptedException {
    return CliSession.get(client().change(command));
  }

  private void set(Command.Update command) throws CliException, InterruptedException {
    var unused = CliSession.get(client().set(command));
  }

  private void published(String words, Consumer<RoomInfo> each)
      throws CliException, InterruptedException {
    String after = "";
    while (true) {
      Reply.RoomsPage page = CliSession.get(client().rooms(words, after, PAGE));
      page.rooms().forEach(each);
      if (!page.more() || page.rooms().isEmpty()) {
        return;
      }
      after = page.rooms().getLast().name();
    }
  }

  private static List<Long> invited(ClientEvent.Entered entered, String name) {
    RoomTarget target = RoomTarget.of(name);
    return entered.invitations().stream()
        .map(RoomInvitation::info)
        .filter(target::is)
        .map(RoomInfo::room)
        .toList();
  }

  /** A stranger may call a room like one that is meant: what is not clear is not guessed. */
  private long toJoin(ClientEvent.Entered entered, String name)
      throws CliException, InterruptedException {
    List<Long> invited = invited(entered, name);
    if (invited.isEmpty()) {
      return published(name);
    }
    boolean[] another = {invited.size() > 1};
    if (RoomTarget.of(name) instanceof RoomTarget.Named) {
      published(
          name,
          room ->
              another[0] |=
                  room.name().equalsIgnoreCase(name) && room.room() != invited.getFirst());
    }
    if (another[0]) {
      throw new CliException(
          Exit.REFUSED,
          "there is more than one room " + name + ": give the number that room list shows");
    }
    return invited.getFirst();
  }

  private static long toDecline(ClientEvent.Entered entered, String name) throws CliException {
    List<Long> invited = invited(entered, name);
    if (invited.size() != 1) {
      throw new CliException(
          Exit.REFUSED,
          invited.isEmpty()
              ? "there is no invitation to a room " + name
              : "there is more than one room " + name + ": give the number that room list shows");
    }
    return invited.getFirst();
  }

  private long published(String name) throws CliException, InterruptedException {
    RoomTarget target = RoomTarget.of(name);
    switch (target) {
      case RoomTarget.Numbered(long room) -> {
        return room;
      }
      case RoomTarget.WithPerson person ->
          throw CliException.usage(
              name + " is a person: send --room " + name + " writes to them, without joining");
      case RoomTarget.Named named -> {}
    }
    long[] found = new long[1];
    published(
        name,
        room -> {
          if (target.is(room)) {
            found[0] = room.room();
          }
        });
    if (found[0] == 0) {
      throw new CliException(Exit.REFUSED, "there is no public room " + name);
    }
    return found[0];
  }

  private void set(CliCommand.SetRoom set, RoomInfo now) throws CliException, InterruptedException {
    change(
        new Command.SetRoom(
            CommandId.next(),
            now.room(),
            RoomSettings.Change.to(set.change().appliedTo(now.settings()))));
  }

  private void members(RoomView room, boolean json) throws CliException, InterruptedException {
    String after = "";
    while (true) {
      Reply.PeoplePage page = CliSession.get(client().people(room.room(), after, PAGE));
      for (Member member : page.people()) {
        out.println(json ? Json.member(member) : line(member));
      }
      if (!page.more() || page.people().isEmpty()) {
        return;
      }
      after = page.people().getLast().person().name();
    }
  }

  private void manage(CliCommand.Moderate manage, long room)
      throws CliException, InterruptedException {
    long account = CliSession.get(client().who(manage.person())).person().account();
    boolean ends =
        manage.action() == ModerationAction.BAN || manage.action() == ModerationAction.MUTE;
    long until =
        manage.time() == null
            ? Long.MAX_VALUE
            : System.currentTimeMillis() + manage.time().toMillis();
    change(
        new Command.Moderate(CommandId.next(), room, account, manage.action(), ends ? until : 0));
  }

  private static String line(RoomInfo room) {
    return "#"
        + room.room()
        + " "
        + TerminalSanitizer.line(CliSession.name(room))
        + " ("
        + room.members()
        + (room.members() == 1 ? " member" : " members")
        + RoomSetting.labels(room.settings())
            .map(label -> ", " + label)
            .collect(Collectors.joining())
        + ")"
        + (room.settings().topic().isEmpty()
            ? ""
            : " " + TerminalSanitizer.line(room.settings().topic()));
  }

  private static String place(RoomState place) {
    return (place.rank() == Rank.MEMBER ? "" : " [" + lower(place.rank()) + "]")
        + (place.unread() == 0 ? "" : " [" + place.unread() + " unread]")
        + (place.mentions() == 0 ? "" : " [" + place.mentions() + " for you]");
  }

  private static String line(Member member) {
    return Friends.line(member.person())
        + (member.rank() == Rank.MEMBER ? "" : " [" + lower(member.rank()) + "]")
        + (member.mutedUntil() == 0 ? "" : " [muted]");
  }

  private static String lower(Rank rank) {
    return rank.name().toLowerCase(Locale.ROOT);
  }
}
