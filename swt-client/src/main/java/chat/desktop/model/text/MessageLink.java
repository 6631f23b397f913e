// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.client.ClientConfig;
import chat.protocol.Event;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a message as people pass it on: {@code
 * chatroom://HOST:PORT/room/ROOM/message/NUMBER}. It leads members of the room there, and nobody
 * else anywhere.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record MessageLink(String host, int port, long room, long number) {
  private static final Pattern LINK =
      Pattern.compile(
          "chatroom://(\\[[0-9a-f:.]+]|[^/:\\[\\]\\s?#@]+):(\\d{1,5})"
              + "/room/(\\d{1,18})/message/(\\d{1,18})",
          Pattern.CASE_INSENSITIVE);

  /** The link to an entry of a server. */
  public static MessageLink to(ClientConfig server, Event.Entry entry) {
    return new MessageLink(server.host(), server.port(), entry.room(), entry.number());
  }

  /** Reads a link; empty if it is none. */
  public static Optional<MessageLink> parse(String text) {
    Matcher link = LINK.matcher(text.strip());
    if (!link.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new MessageLink(
            link.group(1).replaceAll("[\\[\\]]", ""),
            Integer.parseInt(link.group(2)),
            Long.parseLong(link.group(3)),
            Long.parseLong(link.group(4))));
  }

  /** Whether it is a message of this server. */
  public boolean leadsTo(ClientConfig server) {
    return port == server.port() && host.equalsIgnoreCase(server.host());
  }

  /** The link. */
  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "chatroom://" + shown + ":" + port + "/room/" + room + "/message/" + number;
  }
}
