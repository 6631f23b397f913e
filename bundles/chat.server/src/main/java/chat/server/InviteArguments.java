// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Listener;
import chat.protocol.Invitation;
import chat.server.command.account.Invitations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What an operator says about an invitation.
 *
 * @param host how the server is called from outside; empty for what this machine calls itself
 */
record InviteArguments(int uses, int days, String host) {
  private static final int DAYS = 7;

  /**
   * Reads the words behind {@code invite}.
   *
   * @throws IllegalArgumentException if they are not as they should be
   */
  static InviteArguments of(String... words) {
    int uses = 1;
    int days = DAYS;
    String host = "";
    for (int i = 0; i < words.length; i += 2) {
      if (i + 1 == words.length) {
        throw usage(words[i] + " needs a value");
      }
      String value = words[i + 1];
      switch (words[i]) {
        case "--uses" -> uses = number("--uses", value, Invitations.MOST_USES);
        case "--days" -> days = number("--days", value, Invitations.MOST_DAYS);
        case "--host" -> host = value;
        default -> throw usage("unknown option " + words[i]);
      }
    }
    return new InviteArguments(uses, days, host);
  }

  private static int number(String option, String value, int most) {
    if (value.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw usage(option + " needs a number from 1 to " + most + ", not " + value);
  }

  private static IllegalArgumentException usage(String why) {
    return new IllegalArgumentException(
        why + "\nusage: invite [--uses N] [--days D] [--host HOST]");
  }

  /**
   * The link for a code.
   *
   * @throws IllegalArgumentException if the host can't stand in one
   */
  Invitation link(Listener listener, String code) {
    Invitation link =
        new Invitation(
            host.isEmpty() ? hostOf(listener) : host,
            listener.address().getPort(),
            listener.fingerprint().orElse(""),
            code);
    if (!Invitation.parse(link.toString()).equals(Optional.of(link))) {
      throw usage("--host needs a name or an address, not " + link.host());
    }
    return link;
  }

  private static String hostOf(Listener listener) {
    InetAddress bound = listener.address().getAddress();
    if (!bound.isAnyLocalAddress()) {
      return listener.address().getHostString();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
