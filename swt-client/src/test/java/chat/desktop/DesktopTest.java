// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopTest {

  @Test
  void leadsFromTheWelcomeWindowIntoTheChatAndBack(@TempDir Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Dstdout.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            "chat.desktop.DesktopScript",
            folder.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        """
        dark controls: true
        saw welcome
        saw main
        title: Chatroom – # Lobby
        saw chinese
        saw out
        closed on log-out: true
        saw in again
        saw ended
        said: 您的账号已注销，感谢您曾在这里。
        saw in once more
        closed: true
        """,
        said);
    assertEquals(0, process.waitFor());
  }
}
