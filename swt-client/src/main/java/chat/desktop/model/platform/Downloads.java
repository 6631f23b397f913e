// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where files go that are fetched. The name of a stored file is only a label, never a path. */
public final class Downloads {
  private static final int LONGEST = 150;

  private Downloads() {}

  /** The user's folder for downloads. */
  public static Path folder() {
    String configured = System.getenv("XDG_DOWNLOAD_DIR");
    return configured == null || configured.isBlank()
        ? Path.of(System.getProperty("user.home"), "Downloads")
        : Path.of(configured);
  }

  /** A name that any file system takes and that leads nowhere else. */
  public static String safeName(String label) {
    String name =
        label
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\\\/:*?\"<>|]", "_")
            .replaceAll("^[.\\s]+|[.\\s]+$", "");
    if (name.matches("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?")) {
      name = "_" + name;
    }
    if (name.length() > LONGEST) {
      int dot = name.lastIndexOf('.');
      String end = dot > 0 && name.length() - dot < 12 ? name.substring(dot) : "";
      name = name.substring(0, LONGEST - end.length()) + end;
    }
    return name.isEmpty() ? "file" : name;
  }

  /** A path in a folder that is not taken: {@code a.txt}, {@code a (2).txt} and so on. */
  public static Path free(Path folder, String label) {
    String name = safeName(label);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    Path path = folder.resolve(name);
    for (int i = 2; Files.exists(path) || Files.exists(part(path)); i++) {
      path = folder.resolve(stem + " (" + i + ")" + end);
    }
    return path;
  }

  private static Path part(Path path) {
    return path.resolveSibling(path.getFileName() + ".part");
  }
}
