// SPDX-License-Identifier: Apache-2.0
package chat.admin.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.osgi.framework.Constants;

/**
 * What is in a bundle, but for its version and who built it when.
 *
 * @param wiring by what it is wired to others
 * @param checksums of its files, by name
 */
public record JarContents(List<String> wiring, Map<String, Long> checksums) {

  public static JarContents of(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes main = file.getManifest().getMainAttributes();
      Map<String, Long> checksums = new TreeMap<>();
      file.stream()
          .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
          .filter(entry -> !entry.getName().startsWith("META-INF/maven/"))
          .forEach(entry -> checksums.put(entry.getName(), entry.getCrc()));
      return new JarContents(
          List.of(
              Objects.toString(main.getValue(Constants.EXPORT_PACKAGE)),
              Objects.toString(main.getValue(Constants.IMPORT_PACKAGE))),
          checksums);
    }
  }
}
