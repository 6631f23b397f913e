// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import java.io.BufferedReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it commits has lost nothing that it acknowledged. */
@Tag("slow")
final class KillTest {
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void nothingAcknowledgedIsLost() throws Exception {
    Random random = new Random(11);
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged = Math.max(acknowledged, runAndKill(20 + random.nextInt(40)));
      check(acknowledged);
    }
  }

  private long runAndKill(int batches) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CommitLoop.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader lines = process.inputReader()) {
      for (int i = 0; i < batches; i++) {
        last = Long.parseLong(lines.readLine());
      }
      process.toHandle().destroyForcibly();
      // What was still printed before the kill was acknowledged too; a cut last line was not.
      StringWriter rest = new StringWriter();
      lines.transferTo(rest);
      List<String> whole = List.of(rest.toString().split("\n", -1));
      for (String line : whole.subList(0, whole.size() - 1)) {
        last = Long.parseLong(line);
      }
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    return last;
  }

  private void check(long acknowledged) throws Exception {
    try (ChatStore store = SqliteChatStore.open(folder, InstantSource.system())) {
      long head = store.stream(1).head();
      assertTrue(head >= acknowledged, head + " are there, acknowledged were " + acknowledged);
      assertEquals(0, head % CommitLoop.BATCH, "half a batch is there");
      long number = 0;
      List<Row> rows = store.after(1, 0, ChatStore.MAX_ROWS);
      while (!rows.isEmpty()) {
        for (Row row : rows) {
          number++;
          Row.Entry entry = assertInstanceOf(Row.Entry.class, row);
          NewEntry written = CommitLoop.entry(number);
          assertEquals(number, entry.number());
          assertEquals(written.id(), entry.envelope().id());
          assertArrayEquals(written.body(), entry.body());
          if (number % CommitLoop.BATCH == 1) {
            byte[] blob = store.blob(CommitLoop.id(number), 0, ChatStore.MAX_PIECE);
            assertEquals(CommitLoop.BLOB, blob.length);
          }
        }
        rows = store.after(1, number, ChatStore.MAX_ROWS);
      }
      assertEquals(head, number);
    }
  }
}
