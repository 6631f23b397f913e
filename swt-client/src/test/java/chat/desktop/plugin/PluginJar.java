// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes plug-ins from sources, for tests: one component each, in the package {@code plug}. */
public final class PluginJar {
  private final String id;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private String source = "";
  private List<String> services = List.of();
  private boolean uses;

  public PluginJar(String id) {
    this.id = id;
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", id);
    headers.put("Bundle-Name", id.toUpperCase(java.util.Locale.ROOT));
    headers.put("Bundle-Version", "1.0.0");
    headers.put(
        "Import-Package",
        "chat.desktop.api;version=\"[1.0,2)\",org.eclipse.swt,org.eclipse.swt.widgets,"
            + "org.eclipse.swt.graphics,org.eclipse.swt.layout");
  }

  public PluginJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public PluginJar file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /**
   * Its component.
   *
   * @param body of the class {@code plug.Part}, behind its brace
   */
  public PluginJar part(String body, String... types) {
    services = List.of(types);
    source =
        "package plug;\nimport chat.desktop.api.*;\nimport java.util.*;\n"
            + "import org.eclipse.swt.*;\nimport org.eclipse.swt.widgets.*;\n"
            + "import org.eclipse.swt.graphics.GC;\nimport org.eclipse.swt.graphics.Point;\n"
            + "public class Part"
            + Stream.of(types)
                .map(type -> "chat.desktop.api." + type)
                .collect(Collectors.joining(", ", " implements ", ""))
            + " {\n"
            + body
            + "\n}\n";
    return this;
  }

  /** The component has {@code bind(Workbench)}. */
  public PluginJar usesWorkbench() {
    uses = true;
    return this;
  }

  /** Writes it. */
  public Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path jar = folder.resolve(id + "-" + headers.get("Bundle-Version") + ".jar");
    if (!source.isEmpty()) {
      compile(Files.createTempDirectory(folder, "src"));
      header("Service-Component", "OSGI-INF/part.xml");
      file("OSGI-INF/part.xml", component().getBytes(StandardCharsets.UTF_8));
    }
    String lines =
        headers.entrySet().stream()
            .map(header -> fold(header.getKey() + ": " + header.getValue()))
            .collect(Collectors.joining("\n", "", "\n"));
    Manifest manifest =
        new Manifest(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new JarEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return jar;
  }

  private static String fold(String line) {
    return line.length() < 70 ? line : line.substring(0, 70) + "\n " + fold(line.substring(70));
  }

  private String component() {
    String provided =
        services.stream()
            .map(type -> "<provide interface='chat.desktop.api." + type + "'/>")
            .collect(Collectors.joining());
    String reference =
        uses
            ? "<reference name='workbench' interface='chat.desktop.api.Workbench' bind='bind'/>"
            : "";
    return "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' name='plug.Part'"
        + (source.contains("void start()") ? " activate='start'" : "")
        + "><implementation class='plug.Part'/><service>"
        + provided
        + "</service>"
        + reference
        + "</scr:component>";
  }

  private void compile(Path work) throws IOException {
    Path file = Files.createDirectories(work.resolve("plug")).resolve("Part.java");
    Files.writeString(file, source);
    StringWriter said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      boolean good =
          compiler
              .getTask(
                  new PrintWriter(said),
                  manager,
                  null,
                  List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjects(file))
              .call();
      if (!good) {
        throw new AssertionError(said + source);
      }
    }
    try (Stream<Path> classes = Files.list(file.getParent())) {
      for (Path each : classes.filter(f -> f.toString().endsWith(".class")).toList()) {
        file("plug/" + each.getFileName(), Files.readAllBytes(each));
      }
    }
  }
}
