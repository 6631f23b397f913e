// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter of the documentation, in the hands of fail2ban itself, where that is installed. */
final class Fail2ban {
  private static final Path FILTER = Path.of("../../docs/fail2ban/filter.d/chatroom.conf");
  private static final Pattern LINES = Pattern.compile("Lines: .* (\\d+) matched");

  private Fail2ban() {}

  /** Whether this line of the audit log counts against its address. */
  static boolean counts(String line) {
    return line.contains("\"event\":\"log-in-failed\"")
        || line.contains("\"event\":\"locked-out\"");
  }

  /** Asserts that it finds so many lines in the log. */
  static void finds(Path log, long expected) throws IOException, InterruptedException {
    assertTrue(Files.isReadable(FILTER), FILTER + " is not there");
    Path program = Path.of("/usr/bin/fail2ban-regex");
    if (!Files.isExecutable(program)) {
      return;
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    log.toString(),
                    FILTER.toAbsolutePath().normalize().toString()))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), out);
    Matcher lines = LINES.matcher(out);
    assertTrue(lines.find(), out);
    assertEquals(expected, Long.parseLong(lines.group(1)), out);
  }
}
