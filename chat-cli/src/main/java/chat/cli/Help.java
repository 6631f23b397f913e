// SPDX-License-Identifier: Apache-2.0
package chat.cli;

/** What {@code --help} says. */
final class Help {
  private static final String ALL =
      """
      Usage: chatroom send [options] (TEXT | - | --file PATH)
             chatroom read [options]
             chatroom search [options] WORDS
             chatroom room list | create | join | leave | set | members | invite | kick | ban ...
             chatroom friend list | add | accept | decline | withdraw | remove | block | unblock
             chatroom message edit | delete | react | unreact | pin | unpin | forward
             chatroom profile [PERSON] | set | picture
             chatroom export ROOM FOLDER
             chatroom account export FOLDER | invite | delete

      Each of them tells more with --help.
      """;

  private static final String CONNECTION =
      """
        --server HOST:PORT     where the server is; localhost:7667 if not given
        --name NAME            who it is; or set CHATROOM_NAME
        --password-file FILE   its first line is the password; or set CHATROOM_PASSWORD.
                               Needed once: then the profile keeps a token
        --register             make the account if nobody is logged in yet
        --invitation LINK      register with this invitation, on the server it names
        --fingerprint HEX      SHA-256 of the server's public key, as its operator tells it
        --trust                accept the key that the server shows at first contact
        --profile DIR          where token and outbox are kept;
                               ~/.local/share/chatroom/cli/NAME@HOST_PORT if not given
        --timeout SECONDS      how long to try to reach the server; 20 if not given

      Exit codes: 0 done, 1 refused or failed (standard error says why), 2 wrong usage,
      3 the server can't be reached, 4 the server's key is not trusted.
      """;

  private static final String ROOMS =
      """

      A ROOM is the name of one that this account is in, its number (#12), or a person (@bob):
      the room of two, which is made if it is not there. Put what has spaces into quotes.
      """;

  private static final String ROOM_OPTION =
      """
        --room ROOM            which room; Lobby if not given
      """;

  private static final String SEND =
      """
      Usage: chatroom send [options] (TEXT | - | --file PATH)

      Sends TEXT, standard input (-) as one message, or a file, and ends when the server has it
      on disk.

        --file PATH            send this file itself
        --lines                send each line of standard input as a message
        --reply NUMBER         as an answer to this message
        --important            so that nobody overlooks it
        --verbose              print the number of the message in its room
      """
          + ROOM_OPTION
          + CONNECTION
          + ROOMS;

  private static final String READ =
      """
      Usage: chatroom read [options]

      Prints the newest messages and files of a room as they read now, the oldest first:
        2026-11-23 04:05:06 alice: text [edited] [pinned] [👍 bob, carol]
      Further lines of a text are indented; what could harm a terminal is shown as its code.

        -n N                   how many; 10 if not given
        --follow               go on with what is being said, until interrupted; what is done to
                               a message then has a line of its own
        --json                 print one JSON object a line instead, with these fields; what is
                               false, 0 or empty because that is usual is left out:
                                 room       number of the room
                                 number     of the entry in its room, without gaps
                                 id         of the entry, a UUID
                                 time       in UTC, ISO 8601
                                 author     name of who wrote it
                                 display    what is shown instead of the name
                                 account    number of the author's account
                                 kind       text, file, joined, left, erased, damaged, room, done
                                            or gone; with --follow also edited, deleted, reacted
                                            and pinned, with about, the number of the message
                                 text       of a text
                                 reply      number of the message that is answered
                                 important, forwarded   true; by whom it was said first
                                 name, mediaType, size, sha256   of a file
                                 edited     time of the last change
                                 pinned     true
                                 reactions  who put what: {"👍":["bob"]}
      """
          + ROOM_OPTION
          + CONNECTION
          + ROOMS;

  private static final String SEARCH =
      """
      Usage: chatroom search [options] WORDS

      Prints what holds all these words, the newest first, as it reads now: room, number, time,
      author, text. Also possible: "a phrase", from:NAME, in:ROOM, before:2026-11-23, after:DATE,
      has:file, has:link.

        -n N                   how many; 20 if not given
        --json                 print one JSON object a line, as chatroom read does
      """
          + CONNECTION;

  private static final String ROOM =
      """
      Usage: chatroom room list [WORDS]             rooms of this account, with what is unread;
                                                    with WORDS public rooms
             chatroom room create NAME              make one, and print its number
             chatroom room join NAME                become a member of a public room
             chatroom room leave ROOM
             chatroom room set ROOM                 change it
             chatroom room members ROOM
             chatroom room invite ROOM PERSON       make somebody a member
             chatroom room kick ROOM PERSON         put somebody out
             chatroom room ban ROOM PERSON          and keep out, for a time
             chatroom room unban ROOM PERSON
             chatroom room mute ROOM PERSON         take somebody's word, for a time
             chatroom room unmute ROOM PERSON
             chatroom room rank ROOM PERSON (owner | moderator | member)
             chatroom room picture ROOM (FILE | none)
             chatroom room silence ROOM (on | off)  no notices of it, except for mentions
             chatroom room read ROOM                everything in it was read

        --all                  list: all public rooms
        --json                 list, members: print one JSON object a line
        --private              create: known to its members alone
        --topic TEXT           create, set: what it is about
        --rename NAME          set: another name
        --read-only on|off     set: only moderators and owners write
        --archived on|off      set: nobody writes
        --for TIME             ban, mute: 30m, 2h, 3d, 1w or ever; ever if not given
      """
          + CONNECTION
          + ROOMS;

  private static final String FRIEND =
      """
      Usage: chatroom friend list                   everybody with whom there is something
             chatroom friend add PERSON             ask; or say yes to who has asked
             chatroom friend accept PERSON
             chatroom friend decline PERSON
             chatroom friend withdraw PERSON        take the own request back
             chatroom friend remove PERSON
             chatroom friend block PERSON           no word from this person any more
             chatroom friend unblock PERSON

        --json                 list: print one JSON object a line
      """
          + CONNECTION;

  private static final String PROFILE =
      """
      Usage: chatroom profile [PERSON]              what somebody says of themselves
             chatroom profile set                   change the own one
             chatroom profile picture (FILE | none) PNG, JPEG or WebP, at most 256 KiB

        --json                 print a JSON object
        --display TEXT         set: what others see instead of the name
        --status TEXT          set: a few words on what is just now
        --about TEXT           set: more
        --show-seen on|off     set: others see when this account was here last
        --show-read on|off     set: others see what this account has read
      A person named set or picture is shown by @set or @picture.
      """
          + CONNECTION;

  private static final String MESSAGE =
      """
      Usage: chatroom message edit NUMBER (TEXT | -)
             chatroom message delete NUMBER         for everybody
             chatroom message react NUMBER EMOJI
             chatroom message unreact NUMBER EMOJI
             chatroom message pin NUMBER
             chatroom message unpin NUMBER
             chatroom message forward NUMBER ROOM   say it again there

      chatroom send --verbose, chatroom read --json and chatroom search tell the numbers.

      """
          + ROOM_OPTION
          + CONNECTION
          + ROOMS;

  private static final String EXPORT =
      """
      Usage: chatroom export [options] ROOM FOLDER

      Writes a room as it reads now into FOLDER, which is new or empty: messages.jsonl (what
      chatroom read --json prints), messages.html (for a browser or a printer), messages.txt, and
      the files in files/, each checked by its hash.

        --format FORMAT        only jsonl, html or text
        --no-files             without the files
      """
          + CONNECTION
          + ROOMS;

  private static final String ACCOUNT =
      """
      Usage: chatroom account export FOLDER         what the server keeps of this account: profile,
                                                    contacts, rooms, own messages and files
             chatroom account invite                make a link by which somebody can register, if
                                                    the server lets its people invite
             chatroom account delete                end it for good: everything that it wrote or
                                                    sent is erased for everybody

        --no-files             export: without the files
        --uses N               invite: how many accounts can be made by it; 1 if not given
        --days D               invite: how long it is good; 7 if not given
        --yes                  delete: don't ask for the name to be typed. The password is needed
                               in any case
      """
          + CONNECTION;

  private Help() {}

  /** About a word; about all of them if there is no such word. */
  static String of(String word) {
    return switch (word) {
      case "send" -> SEND;
      case "read" -> READ;
      case "search" -> SEARCH;
      case "room" -> ROOM;
      case "friend" -> FRIEND;
      case "profile" -> PROFILE;
      case "message" -> MESSAGE;
      case "export" -> EXPORT;
      case "account" -> ACCOUNT;
      default -> ALL;
    };
  }
}
