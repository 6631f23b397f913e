// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.Builds;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds of a part in which somebody has planted a fault: the real sources, changed in a line. */
final class FaultyBuild {
  private static final Path BUNDLES = Path.of("..", "..", "bundles");

  /** A piece of a source file that occurs once, and what stands in its place. */
  record Edit(String file, String piece, String replacement) {}

  private FaultyBuild() {}

  /** A jar of the part with these edits. */
  static Path of(String part, Path folder, Edit... edits) throws IOException {
    Path sources = folder.resolve("faulty-sources");
    Path classes = Files.createDirectories(folder.resolve("faulty-classes"));
    String packageFolder = part.replace('.', '/');
    Map<Path, String> changed = new HashMap<>();
    for (Edit edit : edits) {
      Path name = Path.of(packageFolder, edit.file());
      String source =
          changed.containsKey(name)
              ? changed.get(name)
              : Files.readString(BUNDLES.resolve(part).resolve("src/main/java").resolve(name));
      assertEquals(
          1,
          source.split(Pattern.quote(edit.piece()), -1).length - 1,
          () -> edit.file() + " does not hold just once: " + edit.piece());
      changed.put(name, source.replace(edit.piece(), edit.replacement()));
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<Path, String> each : changed.entrySet()) {
      Path file = sources.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, each.getValue()));
    }
    compile(files, classes);
    return Builds.changed(part, folder, contents(classes));
  }

  private static void compile(List<Path> files, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertTrue(compiled, said::toString);
    }
  }

  private static Map<String, byte[]> contents(Path classes) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
