// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Newer builds of the bundles in the distribution, made by giving them another version. */
public final class Builds {
  private static final Attributes.Name VERSION = new Attributes.Name("Bundle-Version");
  private static final AtomicInteger BUILD = new AtomicInteger();

  private Builds() {}

  /** A jar with the same classes and a higher version. */
  public static Path newer(String symbolicName, Path folder) throws IOException {
    return rebuilt(symbolicName, folder, name -> true, Map.of());
  }

  /** A jar that looks like a newer build and lacks every class. */
  public static Path broken(String symbolicName, Path folder) throws IOException {
    return rebuilt(symbolicName, folder, name -> !name.endsWith(".class"), Map.of());
  }

  /**
   * A newer build in which some files have another content.
   *
   * @param changed the content, by the name in the jar
   */
  public static Path changed(String symbolicName, Path folder, Map<String, byte[]> changed)
      throws IOException {
    return rebuilt(symbolicName, folder, name -> true, changed);
  }

  /**
   * A whole release: the program's {@code system/} with a higher version of every part of ours, and
   * contracts in which something is different. The versions of the packages that they export stay
   * as they are.
   */
  public static Path release(Path folder) throws IOException {
    return release(folder, true);
  }

  /** A whole release, in which nothing of the contracts is different but their version. */
  public static Path releaseOfTheSameContracts(Path folder) throws IOException {
    return release(folder, false);
  }

  private static Path release(Path folder, boolean otherContracts) throws IOException {
    int build = BUILD.incrementAndGet();
    Path system = Program.own().system();
    Path release = folder.resolve("release-" + build);
    for (Path file : Program.files(system)) {
      Path target = release.resolve(system.relativize(file));
      Files.createDirectories(target.getParent());
      if (file.getFileName().toString().startsWith("chat.")) {
        Map<String, byte[]> changed =
            otherContracts && isContract(file) ? Map.of("build-" + build, new byte[0]) : Map.of();
        rebuild(file, target, build, name -> true, changed);
      } else {
        Files.copy(file, target);
      }
    }
    return release;
  }

  private static boolean isContract(Path bundle) throws IOException {
    try (JarFile jar = new JarFile(bundle.toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Export-Package") != null;
    }
  }

  private static Path rebuilt(
      String symbolicName, Path folder, Predicate<String> kept, Map<String, byte[]> changed)
      throws IOException {
    int build = BUILD.incrementAndGet();
    Path target = folder.resolve(symbolicName + "-" + build + ".jar");
    rebuild(Program.own().jar(symbolicName), target, build, kept, changed);
    return target;
  }

  private static void rebuild(
      Path shipped, Path target, int build, Predicate<String> kept, Map<String, byte[]> changed)
      throws IOException {
    try (JarFile jar = new JarFile(shipped.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest.getMainAttributes();
      main.put(VERSION, higher(main.getValue(VERSION), build));
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (JarEntry entry : jar.stream().toList()) {
          String name = entry.getName();
          boolean copied =
              !name.equals(JarFile.MANIFEST_NAME)
                  && !entry.isDirectory()
                  && !changed.containsKey(name);
          if (copied && kept.test(name)) {
            out.putNextEntry(new ZipEntry(name));
            jar.getInputStream(entry).transferTo(out);
          }
        }
        for (Map.Entry<String, byte[]> file : changed.entrySet()) {
          out.putNextEntry(new ZipEntry(file.getKey()));
          out.write(file.getValue());
        }
      }
    }
  }

  /** 0.2.0 and 7 make 0.2.7. */
  private static String higher(String version, int build) {
    String[] parts = version.split("\\.", -1);
    return parts[0] + "." + parts[1] + "." + (Integer.parseInt(parts[2]) + build);
  }
}
