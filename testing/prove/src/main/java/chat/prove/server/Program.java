// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program folder of a server: what is in it runs. */
public record Program(Path home) {
  private static final String BUILT = "../../runtime/target/chatroom";

  /** The distribution that this program belongs to; in a build, the one just put together. */
  public static Program own() {
    return new Program(Path.of(System.getProperty("chat.home", BUILT)).toAbsolutePath());
  }

  public Path system() {
    return home.resolve("system");
  }

  /** Where the jar of a part stands. */
  public Path jar(String symbolicName) throws IOException {
    return files(system()).stream()
        .filter(file -> file.getFileName().toString().equals(symbolicName + ".jar"))
        .findFirst()
        .orElseThrow(() -> new IOException("there is no " + symbolicName + " in " + system()));
  }

  /** A copy that a swap may change. */
  Program copyTo(Path target) throws IOException {
    for (Path file : files(home)) {
      Path relative = home.relativize(file);
      if (!relative.startsWith("client")) {
        Path copy = target.resolve(relative);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new Program(target);
  }

  /** Every file in a folder and below. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
