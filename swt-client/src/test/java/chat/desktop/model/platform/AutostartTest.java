// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutostartTest {
  @TempDir Path folder;

  private String program(String name) throws IOException {
    Path home = folder.resolve(name);
    Path script = home.resolve("bin").resolve("chatroom");
    Files.createDirectories(script.getParent());
    Files.createFile(script);
    assertTrue(script.toFile().setExecutable(true));
    return home.toString();
  }

  @Test
  void aLinuxDesktopFindsItWhereTheUserKeepsSuchFiles() throws IOException {
    Path config = folder.resolve("config");
    Autostart autostart =
        Autostart.of(
                "Linux", folder, Map.of("XDG_CONFIG_HOME", config.toString()), program("my $100%"))
            .orElseThrow();
    assertFalse(autostart.enabled());
    autostart.enabled(true);
    Path file = config.resolve("autostart/chatroom.desktop");
    assertTrue(
        Files.readString(file)
            .contains("Exec=\"" + folder + "/my \\\\$100%%/bin/chatroom\" client"),
        Files.readString(file));
    assertTrue(autostart.enabled());
    autostart.enabled(false);
    assertFalse(Files.exists(file));
  }

  @Test
  void withoutAConfiguredFolderItIsTheUsualOne() throws IOException {
    Autostart autostart =
        Autostart.of("Linux", folder, Map.of(), program("chatroom")).orElseThrow();
    assertEquals(folder.resolve(".config/autostart/chatroom.desktop"), autostart.file());
  }

  @Test
  void macOsHasItsOwnPlace() throws IOException {
    Autostart autostart =
        Autostart.of("Mac OS X", folder, Map.of(), program("a & b")).orElseThrow();
    assertEquals(folder.resolve("Library/LaunchAgents/chatroom.client.plist"), autostart.file());
    assertTrue(autostart.content().contains("a &amp; b/bin/chatroom</string>"));
  }

  @Test
  void whatCantBeStartedAgainIsNotOffered() throws IOException {
    assertEquals(Optional.empty(), Autostart.of("Linux", folder, Map.of(), ""));
    assertEquals(Optional.empty(), Autostart.of("Linux", folder, Map.of(), folder.toString()));
    assertEquals(Optional.empty(), Autostart.of("Windows 11", folder, Map.of(), program("x")));
  }
}
