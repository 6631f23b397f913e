// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.Map;

/**
 * TCP's own signs of life (RFC 1122, 4.2.3.6), for peers that give no others: one that vanished
 * without a word is found after two minutes instead of two hours, where the system lets us say so.
 */
final class KeepAlive {
  /** By the names that the JDK gives the options: seconds, seconds, and how many. */
  private static final Map<String, Integer> TIMES =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 15, "TCP_KEEPCOUNT", 4);

  private KeepAlive() {}

  static void on(Channel channel) {
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    for (ChannelOption<?> option : channel.config().getOptions().keySet()) {
      Integer value = TIMES.get(option.name());
      if (value != null) {
        set(channel, option, value);
      }
    }
  }

  @SuppressWarnings("unchecked") // the three are options of whole numbers
  private static void set(Channel channel, ChannelOption<?> option, Integer value) {
    channel.config().setOption((ChannelOption<Integer>) option, value);
  }
}
