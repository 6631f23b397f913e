// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server, and people at windows beside each other. When it closes, nothing may have been slow.
 */
final class DesktopFixture implements AutoCloseable {
  private final Path folder;
  private final ServerProcess server;
  private final List<DesktopUser> desks = new ArrayList<>();

  /**
   * @param folder for the data of the server and the profiles
   */
  DesktopFixture(Path folder) throws IOException {
    this(folder, ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start());
  }

  /** With a server that runs already. */
  DesktopFixture(Path folder, ServerProcess server) {
    this.folder = folder;
    this.server = server;
  }

  ServerProcess server() {
    return server;
  }

  /** A folder for somebody's profile. */
  Path profile(String name) {
    return folder.resolve(name);
  }

  /** Everybody who has come so far. */
  List<DesktopUser> desks() {
    return desks;
  }

  /** Somebody registers in a window at a place of the screen. */
  DesktopUser enter(DesktopUser desk, int x, int width, int height) {
    desks.add(desk);
    return desk.registers().at(x, 0, width, height);
  }

  @Override
  public void close() throws InterruptedException {
    for (DesktopUser desk : desks) {
      desk.close();
    }
    server.close();
    for (DesktopUser desk : desks) {
      assertEquals(List.of(), desk.slow(), "in the thread of the windows");
    }
  }
}
