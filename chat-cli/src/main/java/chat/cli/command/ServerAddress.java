// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.client.ClientConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a server listens. */
record ServerAddress(String host, int port) {
  private static final int LAST_PORT = 65_535;

  /** HOST, HOST:PORT, [IPv6] or [IPv6]:PORT. */
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]\\s]+)(?::(\\d{1,6}))?");

  /** Reads an address. */
  static final class Converter implements ITypeConverter<ServerAddress> {
    @Override
    public ServerAddress convert(String value) {
      Matcher parts = ADDRESS.matcher(value);
      if (!parts.matches()) {
        throw new TypeConversionException("needs HOST:PORT, not " + value);
      }
      int port =
          parts.group(2) == null ? ClientConfig.DEFAULT_PORT : Integer.parseInt(parts.group(2));
      if (port < 1 || port > LAST_PORT) {
        throw new TypeConversionException("needs a port from 1 to 65535, not " + port);
      }
      return new ServerAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port);
    }
  }
}
