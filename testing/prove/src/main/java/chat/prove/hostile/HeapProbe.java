// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a server's heap a collection can't give back; asks the JDK's jcmd, of any build. */
final class HeapProbe {
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private HeapProbe() {}

  /** Has it collect, and gives the bytes that are left; 0 if the server is not there. */
  static long collected(ServerProcess server) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "-J-XX:TieredStopAtLevel=1",
                String.valueOf(server.pid()),
                "-f",
                "/dev/stdin")
            .redirectErrorStream(true)
            .start();
    try (Writer commands = process.outputWriter(StandardCharsets.UTF_8)) {
      commands.write("GC.run\nGC.heap_info\n");
    } catch (IOException e) {
      // It found no server and has ended.
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher used = USED.matcher(said);
    long kilobytes = 0;
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1));
    }
    return kilobytes << 10;
  }
}
