// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;

/** A message bus of its own, as each session of a Linux desktop has one. */
public final class Bus implements AutoCloseable {
  private final Process daemon;
  private final String address;

  public Bus() throws IOException {
    daemon =
        new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--print-address=1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8);
    address = out.readLine();
  }

  public DBusConnectionBuilder builder() {
    return DBusConnectionBuilder.forAddress(address).withShared(false);
  }

  @Override
  public void close() {
    daemon.destroy();
  }
}
