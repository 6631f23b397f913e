// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static chat.cli.Arguments.wrong;

import chat.client.Export.Form;
import chat.protocol.Deed;
import chat.protocol.Overture;
import chat.protocol.RoomKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which words there are, what each takes, and what it becomes. */
enum Syntax {
  SEND("send", "[TEXT]", "--lines --important --verbose", "--room --file --reply", Syntax::send),
  READ(
      "read",
      "",
      "--follow --json",
      "--room -n",
      a -> new CliCommand.Read(room(a), a.number("-n", 0, 10), a.has("--follow"), a.has("--json"))),
  SEARCH(
      "search",
      "WORDS...",
      "--json",
      "-n",
      a ->
          new CliCommand.Search(
              String.join(" ", a.words()), a.number("-n", 1, 20), a.has("--json"))),
  EXPORT("export", "ROOM FOLDER", "--no-files", "--format", Syntax::export),

  ROOM_LIST("room list", "[WORDS]", "--all --json", "", Syntax::rooms),
  ROOM_CREATE(
      "room create",
      "NAME",
      "--private",
      "--topic",
      a ->
          new CliCommand.CreateRoom(
              a.word(0),
              a.has("--private") ? RoomKind.PRIVATE : RoomKind.PUBLIC,
              a.value("--topic", ""))),
  ROOM_JOIN("room join", "ROOM", "", "", a -> new CliCommand.JoinRoom(a.word(0))),
  ROOM_LEAVE("room leave", "ROOM", "", "", a -> new CliCommand.LeaveRoom(a.word(0))),
  ROOM_SET(
      "room set",
      "ROOM",
      "",
      "--rename --topic --read-only --archived",
      a ->
          new CliCommand.SetRoom(
              a.word(0),
              a.value("--rename"),
              a.value("--topic"),
              a.state("--read-only"),
              a.state("--archived"))),
  ROOM_MEMBERS(
      "room members",
      "ROOM",
      "--json",
      "",
      a -> new CliCommand.Members(a.word(0), a.has("--json"))),
  ROOM_INVITE("room invite", "ROOM PERSON", "", "", a -> manage(a, Deed.INVITE)),
  ROOM_KICK("room kick", "ROOM PERSON", "", "", a -> manage(a, Deed.KICK)),
  ROOM_BAN("room ban", "ROOM PERSON", "", "--for", a -> manage(a, Deed.BAN)),
  ROOM_UNBAN("room unban", "ROOM PERSON", "", "", a -> manage(a, Deed.UNBAN)),
  ROOM_MUTE("room mute", "ROOM PERSON", "", "--for", a -> manage(a, Deed.MUTE)),
  ROOM_UNMUTE("room unmute", "ROOM PERSON", "", "", a -> manage(a, Deed.UNMUTE)),
  ROOM_RANK("room rank", "ROOM PERSON RANK", "", "", a -> manage(a, rank(a.word(2)))),
  ROOM_PICTURE(
      "room picture",
      "ROOM FILE",
      "",
      "",
      a -> new CliCommand.SetRoomPicture(a.word(0), picture(a.word(1)))),
  ROOM_SILENCE(
      "room silence",
      "ROOM on|off",
      "",
      "",
      a -> new CliCommand.Silence(a.word(0), Arguments.state("room silence", a.word(1)))),
  ROOM_READ("room read", "ROOM", "", "", a -> new CliCommand.MarkRead(a.word(0))),

  FRIEND_LIST("friend list", "", "--json", "", a -> new CliCommand.Friends(a.has("--json"))),
  FRIEND_ADD("friend add", "PERSON", "", "", a -> approach(a, Overture.REQUEST)),
  FRIEND_ACCEPT("friend accept", "PERSON", "", "", a -> approach(a, Overture.ACCEPT)),
  FRIEND_DECLINE("friend decline", "PERSON", "", "", a -> approach(a, Overture.DECLINE)),
  FRIEND_WITHDRAW("friend withdraw", "PERSON", "", "", a -> approach(a, Overture.WITHDRAW)),
  FRIEND_REMOVE("friend remove", "PERSON", "", "", a -> approach(a, Overture.REMOVE)),
  FRIEND_BLOCK("friend block", "PERSON", "", "", a -> approach(a, Overture.BLOCK)),
  FRIEND_UNBLOCK("friend unblock", "PERSON", "", "", a -> approach(a, Overture.UNBLOCK)),

  PROFILE_SET(
      "profile set",
      "",
      "",
      "--display --status --about --show-seen --show-read",
      a ->
          new CliCommand.SetProfile(
              a.value("--display"),
              a.value("--status"),
              a.value("--about"),
              a.state("--show-seen"),
              a.state("--show-read"))),
  PROFILE_PICTURE(
      "profile picture", "FILE", "", "", a -> new CliCommand.SetPicture(picture(a.word(0)))),
  PROFILE(
      "profile",
      "[PERSON]",
      "--json",
      "",
      a ->
          new CliCommand.ShowProfile(
              a.words().isEmpty() ? "" : person(a.word(0)), a.has("--json"))),

  MESSAGE_EDIT(
      "message edit",
      "NUMBER TEXT",
      "",
      "--room",
      a -> new CliCommand.Edit(room(a), number(a), textOf(a, 1))),
  MESSAGE_DELETE(
      "message delete", "NUMBER", "", "--room", a -> new CliCommand.Delete(room(a), number(a))),
  MESSAGE_REACT("message react", "NUMBER EMOJI", "", "--room", a -> react(a, true)),
  MESSAGE_UNREACT("message unreact", "NUMBER EMOJI", "", "--room", a -> react(a, false)),
  MESSAGE_PIN(
      "message pin", "NUMBER", "", "--room", a -> new CliCommand.Pin(room(a), number(a), true)),
  MESSAGE_UNPIN(
      "message unpin", "NUMBER", "", "--room", a -> new CliCommand.Pin(room(a), number(a), false)),
  MESSAGE_FORWARD(
      "message forward",
      "NUMBER ROOM",
      "",
      "--room",
      a -> new CliCommand.Forward(room(a), number(a), a.word(1))),

  ACCOUNT_EXPORT(
      "account export",
      "FOLDER",
      "--no-files",
      "",
      a -> new CliCommand.ExportAccount(Arguments.path(a.word(0)), !a.has("--no-files"))),
  ACCOUNT_INVITE(
      "account invite",
      "",
      "",
      "--uses --days",
      a -> new CliCommand.Invite(a.number("--uses", 1, 1), a.number("--days", 1, 7))),
  ACCOUNT_DELETE(
      "account delete", "", "--yes", "", a -> new CliCommand.DeleteAccount(a.has("--yes")));

  /** Makes the word of what stands behind it. */
  private interface Making {
    CliCommand of(Arguments arguments) throws CliException;
  }

  private final List<String> name;
  private final List<String> takes;
  private final Set<String> flags;
  private final Set<String> valued;
  private final Making making;

  Syntax(String name, String takes, String flags, String valued, Making making) {
    this.name = split(name);
    this.takes = split(takes);
    this.flags = Set.copyOf(split(flags));
    this.valued = Set.copyOf(split(valued));
    this.making = making;
  }

  private static List<String> split(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }

  /** The one that this command line begins with; the first is the longest. */
  static Optional<Syntax> of(List<String> arguments) {
    return Arrays.stream(values())
        .filter(one ->
            one.name.equals(arguments.subList(0, Math.min(one.name.size(), arguments.size()))))
        .findFirst();
  }

  /** As it is typed. */
  String typed() {
    return String.join(" ", name);
  }

  /** Takes apart what stands behind the word. */
  Arguments arguments(List<String> line, Set<String> usualValued, Set<String> usualFlags)
      throws CliException {
    Arguments arguments =
        Arguments.of(
            line.subList(name.size(), line.size()),
            both(valued, usualValued),
            both(flags, usualFlags));
    int count = arguments.words().size();
    long least = takes.stream().filter(one -> !one.startsWith("[")).count();
    if (count < least && this != SEND) {
      throw wrong(typed() + " needs " + takes.get(count).replace("...", ""));
    }
    if (count > takes.size() && this != SEARCH) {
      throw wrong(
          takes.isEmpty()
              ? typed() + " takes options only"
              : typed()
                  + " takes "
                  + String.join(" ", takes)
                  + "; put what has spaces into quotes");
    }
    return arguments;
  }

  CliCommand word(Arguments arguments) throws CliException {
    return making.of(arguments);
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static String room(Arguments arguments) {
    return arguments.value("--room", "Lobby");
  }

  /** A person may be given as {@code @NAME} everywhere. */
  private static String person(String word) {
    return word.startsWith("@") ? word.substring(1) : word;
  }

  private static @Nullable Path picture(String word) throws CliException {
    return word.equals("none") ? null : Arguments.path(word);
  }

  private static long number(Arguments arguments) throws CliException {
    return Arguments.message("a message", arguments.word(0));
  }

  private static CliCommand.Written textOf(Arguments arguments, int index) {
    String text = arguments.word(index);
    return text.equals("-") && !arguments.literal()
        ? new CliCommand.Input(false)
        : new CliCommand.Text(text);
  }

  private static CliCommand send(Arguments arguments) throws CliException {
    String file = arguments.value("--file");
    boolean hasText = !arguments.words().isEmpty();
    if (file != null && hasText) {
      throw wrong("one text or file at a time; put a text with spaces into quotes");
    }
    CliCommand.What what;
    if (arguments.has("--lines")) {
      if (file != null || (hasText && !(textOf(arguments, 0) instanceof CliCommand.Input))) {
        throw wrong("--lines is for standard input: give - instead of a text or a file");
      }
      what = new CliCommand.Input(true);
    } else if (file != null) {
      what = new CliCommand.Attachment(Arguments.path(file));
    } else if (hasText) {
      what = textOf(arguments, 0);
    } else {
      throw wrong("nothing to send: give a text, - for standard input, or --file PATH");
    }
    String reply = arguments.value("--reply");
    boolean important = arguments.has("--important");
    if (file != null && (reply != null || important)) {
      throw wrong("--reply and --important are for texts");
    }
    return new CliCommand.Send(
        room(arguments),
        what,
        reply == null ? 0 : Arguments.message("--reply", reply),
        important,
        arguments.has("--verbose"));
  }

  private static CliCommand export(Arguments arguments) throws CliException {
    Set<Form> forms =
        switch (arguments.value("--format", "all")) {
          case "all" -> EnumSet.allOf(Form.class);
          case "jsonl" -> EnumSet.of(Form.JSONL);
          case "html" -> EnumSet.of(Form.HTML);
          case "text" -> EnumSet.of(Form.TEXT);
          default -> throw wrong("--format needs jsonl, html or text");
        };
    return new CliCommand.ExportRoom(
        arguments.word(0), Arguments.path(arguments.word(1)), forms, !arguments.has("--no-files"));
  }

  private static CliCommand rooms(Arguments arguments) {
    boolean json = arguments.has("--json");
    String words = arguments.words().isEmpty() ? "" : arguments.word(0);
    return arguments.has("--all") || !words.isEmpty()
        ? new CliCommand.PublicRooms(words, json)
        : new CliCommand.OwnRooms(json);
  }

  private static CliCommand manage(Arguments arguments, Deed deed) throws CliException {
    return new CliCommand.Manage(
        arguments.word(0), person(arguments.word(1)), deed, arguments.time("--for"));
  }

  private static Deed rank(String word) throws CliException {
    return switch (word) {
      case "owner" -> Deed.MAKE_OWNER;
      case "moderator" -> Deed.MAKE_MODERATOR;
      case "member" -> Deed.MAKE_MEMBER;
      default -> throw wrong("a rank is owner, moderator or member, not " + word);
    };
  }

  private static CliCommand approach(Arguments arguments, Overture overture) {
    return new CliCommand.Approach(person(arguments.word(0)), overture);
  }

  private static CliCommand react(Arguments arguments, boolean on) throws CliException {
    return new CliCommand.React(room(arguments), number(arguments), arguments.word(1), on);
  }
}
