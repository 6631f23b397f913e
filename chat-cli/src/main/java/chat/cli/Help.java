package chat.cli;

/** What {@code --help} says. */
final class Help {
  static final String BOTH =
      """
      Usage: chatroom send [options] (TEXT | - | --file PATH)
             chatroom read [options]

      chatroom send --help and chatroom read --help tell more.
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
        --room NAME            which room; Lobby if not given
        --profile DIR          where token and outbox are kept;
                               ~/.local/share/chatroom/cli/NAME@HOST_PORT if not given
        --timeout SECONDS      how long to try to reach the server; 20 if not given

      Exit codes: 0 done, 1 refused or failed (standard error says why), 2 wrong usage,
      3 the server can't be reached, 4 the server's key is not trusted.
      """;

  static final String SEND =
      """
      Usage: chatroom send [options] (TEXT | - | --file PATH)

      Sends TEXT, standard input (-) as one message, or a file, and ends when the server has it
      on disk.

        --file PATH            send this file itself
        --lines                send each line of standard input as a message
        --verbose              print the number of the message in its room
      """
          + CONNECTION;

  static final String READ =
      """
      Usage: chatroom read [options]

      Prints the newest messages and files of a room, the oldest first:
        2026-11-23 04:05:06 alice: text
      Further lines of a text are indented; what could harm a terminal is shown as its code.

        -n N                   how many; 10 if not given
        --follow               go on with what is being said, until interrupted
        --json                 print one JSON object a line instead, with these fields:
                                 room       number of the room
                                 number     of the entry in its room, without gaps
                                 id         of the entry, a UUID
                                 time       in UTC, ISO 8601
                                 author     name of who wrote it
                                 account    number of the author's account
                                 kind       text, file, joined, left, erased or damaged
                                 text       of a text
                                 name, mediaType, size, sha256   of a file
      """
          + CONNECTION;

  private Help() {}
}
