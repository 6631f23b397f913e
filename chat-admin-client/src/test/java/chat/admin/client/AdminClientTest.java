// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AdminClientTest {
  @TempDir Path data;

  @Test
  void wordsGoAsTheyAreAndTheResultComesBack() throws IOException {
    try (FakeServer server =
        new FakeServer(data, "{\"command\":\"users\",\"exit\":0,\"result\":{\"users\":[\"爱\"]}}")) {
      AdminAnswer answer = AdminClient.on(data).ask("users", "", "\"a b\"");
      assertTrue(answer.isDone());
      assertEquals(List.of("爱"), answer.result().texts("users"));
      assertEquals(List.of("users||\"a b\"|"), server.requests());
    }
  }

  @Test
  void aRefusalHasItsCode() throws IOException {
    try (FakeServer server =
        new FakeServer(
            data,
            "{\"command\":\"swap\",\"exit\":2,"
                + "\"error\":{\"code\":\"usage\",\"message\":\"JAR is missing\"}}")) {
      AdminAnswer answer = AdminClient.on(data).ask("swap");
      assertFalse(answer.isDone());
      assertEquals(2, answer.exit());
      assertEquals("JAR is missing", AnswerText.of(answer));
      assertEquals("usage", assertThrows(RefusedException.class, answer::result).code());
      assertEquals(1, server.requests().size());
    }
  }

  /** So that a server that was started before its program was replaced can still be stopped. */
  @Test
  void aServerOfBeforeIsUnderstoodAsFarAsPeopleWould() throws IOException {
    try (FakeServer server = new FakeServer(data, "ok\nstopping", "error\nthere is no word x\n")) {
      AdminAnswer stopping = AdminClient.on(data).ask("stop");
      assertTrue(stopping.isDone());
      assertEquals("stopping", AnswerText.of(stopping));
      assertEquals(
          "earlier-version", assertThrows(RefusedException.class, stopping::result).code());
      AdminAnswer refused = AdminClient.on(data).ask("x");
      assertEquals(1, refused.exit());
      assertEquals("there is no word x", AnswerText.of(refused));
      assertEquals(List.of("stop|", "x|"), server.requests());
    }
  }

  @Test
  void whatIsNoAnswerIsSaid() throws IOException {
    List<String> wrong =
        List.of("", "{", "[]", "{}", "{} {}", "nonsense", "{\"result\":{\"users\":[\"a\"");
    try (FakeServer server = new FakeServer(data, wrong.toArray(String[]::new))) {
      for (String answer : wrong) {
        assertThrows(IOException.class, () -> AdminClient.on(data).ask("users"), answer);
      }
      assertEquals(wrong.size(), server.requests().size());
    }
  }

  @Test
  void withoutAServerItIsSaidWhereOneWasLookedFor() {
    IOException nobody =
        assertThrows(NoServerException.class, () -> AdminClient.on(data).ask("status"));
    assertTrue(nobody.getMessage().contains(data.resolve("run/admin.sock").toString()));
    assertThrows(IOException.class, () -> AdminClient.on(data).ask("a\0b"));
  }

  @Test
  void reportsAreTyped() throws IOException {
    String status =
        """
        {"command": "status", "exit": 0, "result": {
          "version": "0.2.0",
          "server": {"entries": 52, "journal": {"stalledMillis": 7}},
          "parts": [{"name": "chat.server", "version": "0.2.7", "state": "active"}],
          "listeners": [{"name": "classic", "address": "0:0:0:0:0:0:0:1:6500", "warning": "no TLS"}]
        }}
        """;
    String stores =
        """
        {"command": "stores", "exit": 0, "result": {"stores": [
          {"name": "sqlite", "engine": "sqlite", "mode": "retired", "successor": "1-2-3"},
          {"name": "second", "engine": "sqlite", "mode": "active"}]}}
        """;
    String copying =
        """
        {"command": "copying", "exit": 0, "result": {"copy": {
          "state": "failed", "of": {"kind": "backup", "file": "/b"}, "why": "no space"}}}
        """;
    try (FakeServer server = new FakeServer(data, status, stores, copying)) {
      AdminClient client = AdminClient.on(data);
      ServerReport report = client.status();
      assertEquals("0.2.7", report.version("chat.server"));
      assertEquals(52, report.entries());
      assertEquals(7, report.stalledMillis());
      assertEquals(6500, report.listener("classic").orElseThrow().port());
      assertEquals(Optional.of("second"), StoreReport.active(client));
      CopyReport copy = client.copy();
      assertEquals(CopyReport.State.FAILED, copy.state());
      assertEquals("backup", copy.kind());
      assertEquals("failed: backup in /b: no space", copy.text());
      assertInstanceOf(List.class, server.requests());
    }
  }
}
