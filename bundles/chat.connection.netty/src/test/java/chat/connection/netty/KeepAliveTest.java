// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KeepAliveTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoVanishedIsFoundInTwoMinutes() {
    Channel channel = new NioSocketChannel();
    try {
      KeepAlive.on(channel);
      Map<String, Object> set =
          channel.config().getOptions().entrySet().stream()
              .filter(option -> option.getKey().name().startsWith("TCP_KEEP"))
              .collect(Collectors.toMap(option -> option.getKey().name(), Map.Entry::getValue));
      assertEquals(true, channel.config().getOption(ChannelOption.SO_KEEPALIVE));
      assertEquals(60, set.get("TCP_KEEPIDLE"));
      assertEquals(15, set.get("TCP_KEEPINTERVAL"));
      assertEquals(4, set.get("TCP_KEEPCOUNT"));
    } finally {
      channel.unsafe().closeForcibly();
    }
  }
}
