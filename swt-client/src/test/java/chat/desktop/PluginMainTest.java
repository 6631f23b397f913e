// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.plugin.PluginJar;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginMainTest {
  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private Optional<String> answer = Optional.empty();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of("plugin"));
    line.addAll(List.of(words));
    out.reset();
    err.reset();
    return PluginMain.run(
        line,
        folder.resolve("plugins"),
        question -> {
          asked.add(question);
          return answer;
        },
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private Path jar(String version, String rights) throws Exception {
    return new PluginJar("org.example.todo")
        .header("Bundle-Name", "To do")
        .header("Bundle-Version", version)
        .header("Chat-Rights", rights)
        .in(folder);
  }

  @Test
  void aPluginIsInstalledOnceItsRightsAreAgreedTo() throws Exception {
    String jar = jar("1.0.0", "network, files").toString();
    assertEquals(2, run("install", jar));
    answer = Optional.of("n");
    assertEquals(1, run("install", jar));
    assertTrue(asked.getLast().startsWith("To do 1.0.0 (org.example.todo), files, network."));
    assertEquals(0, run("list"));
    assertEquals("", said());
    answer = Optional.of("y");
    assertEquals(0, run("install", jar));
    assertEquals(0, run("list"));
    assertEquals("org.example.todo 1.0.0  on  To do  (files, network)", said());
    assertEquals(0, run("list", "--json"));
    assertEquals(
        "{\"id\":\"org.example.todo\",\"name\":\"To do\",\"version\":\"1.0.0\",\"state\":\"on\","
            + "\"rights\":[\"files\",\"network\"]}",
        said());
    assertEquals(0, run("remove", "org.example.todo"));
    assertEquals(1, run("remove", "org.example.todo"));
    assertEquals(0, run("list"));
    assertEquals("", said());
  }

  @Test
  void anUpdateAsksForNewRightsOnly() throws Exception {
    assertEquals(0, run("install", "--yes", jar("1.0.0", "network").toString()));
    assertEquals(0, run("install", jar("1.1.0", "network").toString()));
    assertEquals(List.of(), asked);
    answer = Optional.of("no");
    assertEquals(1, run("install", jar("2.0.0", "network, files").toString()));
    assertEquals(1, asked.size());
    assertEquals(0, run("list"));
    assertTrue(said().contains(" 1.1.0 "), said());
  }

  @Test
  void whatIsNoPluginIsToldSo() throws Exception {
    Path text = Files.writeString(folder.resolve("a.jar"), "text");
    assertEquals(1, run("install", "--yes", text.toString()));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("not a plug-in of this client"));
    assertEquals(1, run("install", "--yes", "http://example.org/a.jar"));
    assertEquals(2, run("install"));
    assertEquals(0, run("install", "--help"));
  }

  @Test
  void aPluginIsFetched() throws Exception {
    byte[] jar = Files.readAllBytes(jar("1.0.0", ""));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/a.jar",
        call -> {
          call.sendResponseHeaders(200, jar.length);
          call.getResponseBody().write(jar);
          call.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      assertEquals(0, run("install", "--yes", base + "/a.jar"));
      assertEquals(0, run("list", "--json"));
      assertTrue(said().contains("\"source\":\"" + base + "/a.jar\""), said());
      assertEquals(1, run("install", "--yes", base + "/none.jar"));
    } finally {
      server.stop(0);
    }
  }
}
