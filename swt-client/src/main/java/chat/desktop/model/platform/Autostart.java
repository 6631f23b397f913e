// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the client when the user logs in to the computer: a file where the desktop looks for such
 * programs. It is read there, not in the profile, because people switch it off there too.
 *
 * @param file that says so
 * @param content what has to stand in it
 */
public record Autostart(Path file, String content) {

  /**
   * That of this system; empty where nobody knows how to start the client again.
   *
   * @param system its name, as {@code os.name} has it
   * @param program the folder of the program; empty if it is not known
   */
  public static Optional<Autostart> of(
      String system, Path home, Map<String, String> environment, String program) {
    Path script = Path.of(program, "bin", "chatroom");
    if (program.isEmpty() || !Files.isExecutable(script)) {
      return Optional.empty();
    }
    if (system.startsWith("Mac")) {
      Path agents = home.resolve("Library").resolve("LaunchAgents");
      return Optional.of(new Autostart(agents.resolve("chatroom.client.plist"), agent(script)));
    }
    if (!system.startsWith("Linux")) {
      return Optional.empty();
    }
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
    return Optional.of(
        new Autostart(config.resolve("autostart").resolve("chatroom.desktop"), entry(script)));
  }

  public boolean enabled() {
    return Files.exists(file);
  }

  public void enabled(boolean on) throws IOException {
    if (on) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } else {
      Files.deleteIfExists(file);
    }
  }

  /** Quoted as the Desktop Entry Specification asks for it: once for the value, once for Exec. */
  private static String entry(Path script) {
    String quoted = script.toString().replaceAll("([\"`$\\\\])", "\\\\$1").replace("%", "%%");
    return """
    [Desktop Entry]
    Type=Application
    Name=Chatroom
    Exec="%s" client
    """
        .formatted(quoted.replace("\\", "\\\\"));
  }

  private static String agent(Path script) {
    String escaped = script.toString().replace("&", "&amp;").replace("<", "&lt;");
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <plist version="1.0"><dict>
      <key>Label</key><string>chatroom.client</string>
      <key>ProgramArguments</key><array><string>%s</string><string>client</string></array>
      <key>RunAtLoad</key><true/>
    </dict></plist>
    """
        .formatted(escaped);
  }
}
