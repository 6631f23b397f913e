package chat.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Newer builds of the bundles in the distribution, made by giving them another version. */
final class Builds {
  private static final AtomicInteger BUILD = new AtomicInteger();

  private Builds() {}

  /** A jar with the same classes and a higher version. */
  static Path newer(String symbolicName, Path folder) throws IOException {
    return rebuilt(symbolicName, folder, "0.1." + BUILD.incrementAndGet(), name -> true);
  }

  /** A jar that looks like a newer build and lacks every class. */
  static Path broken(String symbolicName, Path folder) throws IOException {
    return rebuilt(
        symbolicName, folder, "0.2." + BUILD.incrementAndGet(), name -> !name.endsWith(".class"));
  }

  private static Path rebuilt(
      String symbolicName, Path folder, String version, Predicate<String> kept) throws IOException {
    Path target = folder.resolve(symbolicName + "-" + version + ".jar");
    try (JarFile jar = new JarFile(shipped(symbolicName).toFile())) {
      Manifest manifest = jar.getManifest();
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (var entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)
              && !entry.isDirectory()
              && kept.test(entry.getName())) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
          }
        }
      }
    }
    return target;
  }

  private static Path shipped(String symbolicName) throws IOException {
    try (Stream<Path> files = Files.walk(ServerProcess.HOME.resolve("system"))) {
      return files
          .filter(file -> file.getFileName().toString().equals(symbolicName + ".jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
