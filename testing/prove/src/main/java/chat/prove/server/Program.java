// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
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
      if (!relative.startsWith("client") && !isArchive(relative)) {
        Path copy = target.resolve(relative);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new Program(target);
  }

  /** In one order: an archive of the JVM fits no other. */
  String classPath() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** What the JVM is given to start this, or a copy of it, faster; none if none was made. */
  List<String> archiveFlags() {
    Path archive = home.resolve("lib/chat.launcher.Main.jsa");
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off")
        : List.of();
  }

  private static boolean isArchive(Path file) {
    return file.toString().endsWith(".jsa");
  }

  /** Every file in a folder and below. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
