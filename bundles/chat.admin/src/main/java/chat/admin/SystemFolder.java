// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.release.JarName;
import chat.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder {@code system/} of the program, and of releases. */
final class SystemFolder {
  private static final int FIRST_OWN_LEVEL = 5;
  private static final int KEPT = 3;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);

  private SystemFolder() {}

  static Map<String, Path> jars(Path system) throws OperationException, IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (Path jar : files(system, level -> level >= FIRST_OWN_LEVEL)) {
      jars.put(JarName.of(jar).symbolicName(), jar);
    }
    return jars;
  }

  @FunctionalInterface
  private interface Levels {
    boolean has(int level);
  }

  private static List<Path> files(Path system, Levels levels) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(system)) {
      return found;
    }
    try (Stream<Path> folders = Files.list(system).sorted()) {
      for (Path folder : folders.toList()) {
        String name = folder.getFileName().toString();
        if (name.matches("\\d\\d") && levels.has(Integer.parseInt(name))) {
          try (Stream<Path> files = Files.list(folder).sorted()) {
            files
                .filter(file -> file.getFileName().toString().matches("[^.].*\\.jar"))
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }

  static List<String> otherLibraries(Path release, Path system) throws IOException {
    List<String> here = names(system);
    return names(release).stream().filter(name -> !here.contains(name)).toList();
  }

  private static List<String> names(Path system) throws IOException {
    return files(system, level -> level < FIRST_OWN_LEVEL).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /**
   * The folder as it will be: what runs now, and the new parts.
   *
   * @param parts the new jars, by the place of those before
   */
  static Path compose(Path system, Map<Path, Path> parts) throws IOException {
    Path next = system.resolveSibling("system.next");
    delete(next);
    for (Path file : files(system, level -> true)) {
      Path target = next.resolve(system.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    for (Map.Entry<Path, Path> part : parts.entrySet()) {
      Files.copy(
          part.getValue(),
          next.resolve(system.relativize(part.getKey())),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return next;
  }

  /** Puts the next one in the place of the one that runs; gives the folder where that is now. */
  static Path exchange(Path home, Path system, Path next) throws IOException {
    Path all = Files.createDirectories(home.resolve("previous"));
    Path previous = Files.createDirectory(all.resolve("release-" + STAMP.format(Instant.now())));
    Files.move(system, previous.resolve("system"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(next, system, StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> releases = Files.list(all)) {
      List<Path> kept =
          releases
              .filter(folder -> folder.getFileName().toString().startsWith("release-"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path old : kept.subList(Math.min(KEPT, kept.size()), kept.size())) {
        delete(old);
      }
    }
    return previous;
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
