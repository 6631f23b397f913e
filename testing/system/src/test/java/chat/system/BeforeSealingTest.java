// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.CopyReport;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.RoomInfo;
import chat.protocol.RoomView;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a build left that did not seal accounts and memberships: the folder {@code before-sealing}
 * was written by version 0.2.0 before ADR 13. Anna owns the server; she and boris are in the
 * private room 2, where two texts and a file are; chen wrote her directly.
 */
@Timeout(120)
class BeforeSealingTest {
  private static final long SECRET = 2;

  @TempDir Path folder;

  private Path data;
  private Path before;

  @BeforeEach
  void findWhatWasLeft() throws Exception {
    data = folder.resolve("data");
    before = Path.of(BeforeSealingTest.class.getResource("/before-sealing").toURI());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        boolean isFolder = Files.isDirectory(each);
        if (isFolder) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(
            target, PosixFilePermissions.fromString(isFolder ? "rwx------" : "rw-------"));
      }
    }
  }

  @Test
  void opensIsBroughtOverAndNothingIsLost() throws Exception {
    copy(before, data);
    try (ServerProcess server = ServerProcess.on(data, ServerProcess.Store.SQLITE).start()) {
      assertEverythingIsThere(server, "first");
      while (Files.notExists(data.resolve("sealed"))) {
        Thread.sleep(50);
      }
      assertEverythingIsThere(server, "then");
      assertEquals(List.of(), server.admin().status().json().texts("problems"));
      server.stop();
    }
    assertFalse(database().contains("argon2"), "a password hash");
    try (ServerProcess server = ServerProcess.on(data, ServerProcess.Store.SQLITE).start()) {
      assertEverythingIsThere(server, "later");
      assertEquals(List.of(), server.admin().status().json().texts("problems"));
    }
  }

  private String database() throws IOException {
    return Files.readString(data.resolve("store/chat.db"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aBackupOfThatBuildIsRestored() throws Exception {
    Files.createDirectories(data);
    copy(before.resolve("master.key"), data.resolve("master.key"));
    try (ServerProcess server = ServerProcess.on(data, ServerProcess.Store.SQLITE).start()) {
      AdminAnswer answer = server.ask("restore", before.resolve("backup").toString());
      assertTrue(answer.isDone(), answer.raw());
      CopyReport copy = CopyReport.of(server.ask("copying").result());
      while (copy.state() == CopyReport.State.RUNNING) {
        Thread.sleep(20);
        copy = CopyReport.of(server.ask("copying").result());
      }
      assertEquals(CopyReport.State.DONE, copy.state(), copy.text());
      assertEverythingIsThere(server, "restored");
    }
  }

  private void assertEverythingIsThere(ServerProcess server, String device) throws Exception {
    try (TestUser anna = TestUser.named("anna", server, folder, device).logsIn();
        TestUser boris = TestUser.named("boris", server, folder, device).logsIn()) {
      assertEquals(Rank.OWNER, anna.lobby().state().rank());
      assertEquals(Rank.OWNER, anna.isIn(SECRET).state().rank());
      RoomView secret = boris.isIn(SECRET);
      RoomInfo info = secret.info();
      assertEquals("Secret", info.settings().name());
      assertEquals(
          List.of("the treasure is under the old oak", "天气 很好"),
          boris.book(SECRET).texts().stream().limit(2).toList());
      Event.Entry file =
          secret.entries().stream()
              .filter(entry -> entry.content() instanceof Content.File)
              .findFirst()
              .orElseThrow();
      Path fetched = folder.resolve(device + ".txt");
      boris.fetches(file, fetched);
      assertEquals("a small file\n", Files.readString(fetched));
      assertEquals(List.of("the treasure is under the old oak"), boris.finds("treasure"));
      assertEquals(List.of("天气 很好", "今天天气很好"), boris.finds("天"));
      assertEquals(List.of("天气 很好", "今天天气很好"), boris.finds("天气"));
      assertEquals(List.of("just between us"), anna.finds("between"));
    }
  }
}
