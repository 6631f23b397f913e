// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * One of the example plug-ins or extensions, as it was built, and a second version of it.
 *
 * @param kind its folder below the examples
 */
public record ExampleBundle(String kind, String name) {
  private static final Path EXAMPLES = Path.of("..", "..", "examples");

  public String id() {
    return "chat.example." + name;
  }

  /** The jar of this build. */
  public Path jar() throws IOException {
    try (Stream<Path> jars = Files.list(EXAMPLES.resolve(kind).resolve(name).resolve("target"))) {
      return jars.filter(file -> file.getFileName().toString().startsWith(id() + "-"))
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The same with one word of its sources replaced, as version 2. */
  public Path secondVersion(Path folder, String word, String other) throws IOException {
    Path sources = EXAMPLES.resolve(kind).resolve(name).resolve("src/main/java");
    Path changed = Files.createDirectories(folder.resolve("src-" + name));
    Path classes = Files.createDirectories(folder.resolve("classes-" + name));
    boolean found = false;
    try (Stream<Path> all = Files.walk(sources)) {
      for (Path source : all.filter(file -> file.toString().endsWith(".java")).toList()) {
        String text = Files.readString(source);
        found |= text.contains(word);
        Path target = changed.resolve(sources.relativize(source));
        Files.createDirectories(target.getParent());
        Files.writeString(target, text.replace(word, other));
      }
    }
    assertTrue(found, word + " is nowhere in " + name);
    compile(changed, classes);
    Path jar = folder.resolve(name + "-2.jar");
    Files.copy(jar(), jar);
    try (FileSystem zip = FileSystems.newFileSystem(jar);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path inside = zip.getPath(classes.relativize(file).toString().replace('\\', '/'));
        Files.deleteIfExists(inside);
        Files.copy(file, inside);
      }
      Path inside = zip.getPath("META-INF/MANIFEST.MF");
      Manifest manifest;
      try (var in = Files.newInputStream(inside)) {
        manifest = new Manifest(in);
      }
      manifest.getMainAttributes().putValue("Bundle-Version", "2.0.0");
      try (var out = Files.newOutputStream(inside)) {
        manifest.write(out);
      }
    }
    return jar;
  }

  private void compile(Path sources, Path classes) throws IOException {
    StringWriter said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".java")).toList();
      String path = System.getProperty("java.class.path") + File.pathSeparator + jar();
      boolean good =
          compiler
              .getTask(
                  new PrintWriter(said),
                  manager,
                  null,
                  List.of("-proc:none", "-cp", path, "-d", classes.toString()),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertTrue(good, said::toString);
    }
  }
}
