// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built. */
final class ProductVersion implements IVersionProvider {
  /** What every command line begins with. */
  static final String PROGRAM = "chatroom";

  @Override
  public String[] getVersion() {
    return new String[] {PROGRAM + " " + number()};
  }

  static String number() {
    Properties properties = new Properties();
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
