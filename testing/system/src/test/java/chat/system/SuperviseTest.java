// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.server.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What starts the server of {@code chatroom run} again. */
@Timeout(60)
class SuperviseTest {
  @TempDir Path folder;

  /** Runs it with a program that writes a line for each life; gives the exit code. */
  private int supervise(String body) throws IOException, InterruptedException {
    Path info = folder.resolve("server.info");
    Process process =
        new ProcessBuilder(
                Program.own().home().resolve("bin/supervise").toString(),
                info.toString(),
                "bash",
                "-c",
                "echo life >>lives; " + body)
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertTrue(process.waitFor(50, TimeUnit.SECONDS));
    return process.exitValue();
  }

  private List<String> lives() throws IOException {
    return Files.readAllLines(folder.resolve("lives"));
  }

  @Test
  void aServerThatEndsForWantOfMemoryOrByForceIsStartedAgain() throws Exception {
    String body =
        "case $(wc -l <lives) in 1) touch server.info; exit 3;; 2) rm server.info; kill -9 $$;; esac";
    assertEquals(0, supervise(body));
    assertEquals(3, lives().size());
  }

  @Test
  void aServerThatCantStartIsNot() throws Exception {
    assertEquals(1, supervise("exit 1"));
    assertEquals(1, lives().size());
  }

  @Test
  void aServerThatWasStoppedIsNot() throws Exception {
    assertEquals(0, supervise("touch server.info; exit 0"));
    assertEquals(1, lives().size());
  }
}
