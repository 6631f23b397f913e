// SPDX-License-Identifier: Apache-2.0
package chat.admin.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final Instant THEN = Instant.parse("2026-01-31T12:00:00.123456Z");

  @TempDir Path folder;

  private AuditFile file(long most) {
    return new AuditFile(folder.resolve("log/audit.log"), most);
  }

  @Test
  void anEventIsAnObjectOnALineThatItsOwnerAloneReads() throws IOException {
    AuditFile file = file(1_000);
    file.append(THEN, "log-in", Map.of("name", "a\"b\nc"), false);
    file.append(THEN, "part-done", Map.of("count", 12L), true);
    Path path = folder.resolve("log/audit.log");
    assertEquals(
        List.of(
            "{\"time\":\"2026-01-31T12:00:00.123Z\",\"event\":\"log-in\",\"name\":\"a\\\"b\\nc\"}",
            "{\"time\":\"2026-01-31T12:00:00.123Z\",\"event\":\"part-done\",\"count\":12}"),
        Files.readAllLines(path));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertEquals("a\"b\nc", file.since(Instant.EPOCH, 10).getFirst().get("name"));
    assertEquals(12L, file.since(Instant.EPOCH, 10).getLast().get("count"));
  }

  @Test
  void fullFilesAreKeptNineTimesAndReadInTheirOrder() throws IOException {
    AuditFile file = file(200);
    for (int i = 0; i < 100; i++) {
      file.append(THEN.plusSeconds(i), "log-in", Map.of("count", (long) i), false);
    }
    try (Stream<Path> parts = Files.list(folder.resolve("log"))) {
      assertEquals(10, parts.count());
    }
    assertTrue(Files.size(folder.resolve("log/audit.log")) <= 200);
    List<Object> kept =
        file.since(Instant.EPOCH, 1_000).stream().map(event -> event.get("count")).toList();
    long first = (long) kept.getFirst();
    assertTrue(first > 0, "nothing was given up");
    assertEquals(IntStream.range((int) first, 100).mapToObj(i -> (Object) (long) i).toList(), kept);
    assertEquals(2, file.since(THEN.plusSeconds(98), 1_000).size());
    assertEquals(99L, file.since(Instant.EPOCH, 1).getFirst().get("count"));
  }

  @Test
  void linesOfAnEarlierBuildAreReadToo() throws IOException {
    Files.createDirectories(folder.resolve("log"));
    Files.writeString(
        folder.resolve("log/audit.log"), "2026-01-30T10:00:00Z invite 3 uses, 7 days\n");
    AuditFile file = file(1_000);
    file.append(THEN, "log-in", Map.of(), false);
    Map<String, Object> earlier = file.since(Instant.EPOCH, 10).getFirst();
    assertEquals("earlier", earlier.get("event"));
    assertEquals("invite 3 uses, 7 days", earlier.get("details"));
    assertEquals(1, file.since(THEN.minusSeconds(1), 10).size());
  }
}
