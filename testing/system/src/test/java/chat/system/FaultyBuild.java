// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.server.Builds;
import chat.system.FaultySource.Edit;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds of a part in which somebody has planted a fault: the real sources, changed at fault
 * points.
 */
final class FaultyBuild {
  private static final Path BUNDLES = Path.of("..", "..", "bundles");

  private FaultyBuild() {}

  /** A jar of the part with these edits. */
  static Path of(String part, Path folder, Edit... edits) throws IOException {
    Path sources = folder.resolve("faulty-sources");
    Path classes = Files.createDirectories(folder.resolve("faulty-classes"));
    FaultySource source = new FaultySource(BUNDLES.resolve(part).resolve("src/main/java"));
    for (Edit edit : edits) {
      source.apply(edit);
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<Path, String> each : source.changed().entrySet()) {
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
