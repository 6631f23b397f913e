// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import chat.prove.server.Program;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The assembled client has what it looks for when there is a plug-in to run. */
@Tag("quick")
class ClientFolderTest {

  @Test
  void theFrameworkOfThePluginsIsThere() throws Exception {
    Path client = Program.own().system().resolveSibling("client");
    URL[] jars;
    try (Stream<Path> files = Files.list(client)) {
      jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(ClientFolderTest::url)
              .toArray(URL[]::new);
    }
    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      for (String name :
          List.of(
              "org/apache/felix/framework/FrameworkFactory",
              "org/apache/felix/scr/impl/Activator",
              "org/osgi/service/component/runtime/ServiceComponentRuntime",
              "org/osgi/util/promise/Promise",
              "org/osgi/util/function/Function",
              "chat/desktop/api/Workbench")) {
        assertNotNull(loader.getResource(name + ".class"), name);
      }
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
