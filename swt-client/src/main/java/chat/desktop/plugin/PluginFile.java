// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar that is a plug-in, as far as can be told without running it.
 *
 * @param id its symbolic name, which no other one has
 * @param name what it calls itself
 * @param rights what it claims to do
 * @param classes the names of its classes
 */
public record PluginFile(
    Path file, String id, String name, String version, Set<Right> rights, Set<String> classes) {
  /** The most bytes of a jar, */
  public static final long LARGEST = 20L << 20;

  /** of what it unpacks to, */
  private static final long LARGEST_UNPACKED = 100L << 20;

  /** and of entries. */
  private static final int MOST_ENTRIES = 10_000;

  private static final String CLASS = ".class";
  private static final String API = "chat.desktop.api";

  public PluginFile {
    rights = Set.copyOf(rights);
    classes = Set.copyOf(classes);
  }

  /** Looks into a file. What it unpacks to is counted, whatever its directory says. */
  public static PluginFile read(Path file) throws PluginException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new PluginException(Trouble.Kind.TOO_LARGE, String.valueOf(file.getFileName()));
      }
      try (JarFile jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ)) {
        Set<String> classes = classes(jar);
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
          throw new PluginException(Trouble.Kind.NOT_A_PLUGIN, String.valueOf(file.getFileName()));
        }
        return of(file, manifest.getMainAttributes(), classes);
      }
    } catch (ZipException e) {
      throw new PluginException(Trouble.Kind.NOT_A_PLUGIN, String.valueOf(file.getFileName()));
    } catch (IOException e) {
      throw new PluginException(Trouble.Kind.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> classes(JarFile jar) throws IOException, PluginException {
    Set<String> classes = new HashSet<>();
    long bytes = 0;
    int entries = 0;
    Enumeration<JarEntry> all = jar.entries();
    while (all.hasMoreElements()) {
      JarEntry entry = all.nextElement();
      bytes += unpacked(jar, entry, LARGEST_UNPACKED - bytes);
      if (++entries > MOST_ENTRIES || bytes > LARGEST_UNPACKED) {
        throw new PluginException(Trouble.Kind.TOO_LARGE, entry.getName());
      }
      String name = entry.getName();
      if (name.endsWith(CLASS)) {
        classes.add(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
      }
    }
    return classes;
  }

  /** How long an entry is; no more is unpacked than shows that it is too long. */
  private static long unpacked(JarFile jar, JarEntry entry, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = jar.getInputStream(entry)) {
      for (int read = in.read(buffer); read > 0 && bytes <= most; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }

  private static PluginFile of(Path file, Attributes manifest, Set<String> classes)
      throws PluginException {
    String id = value(manifest, "Bundle-SymbolicName").replaceFirst("\\s*;.*", "").strip();
    if (!id.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")
        || id.length() > 100
        || !value(manifest, "Bundle-ManifestVersion").strip().equals("2")
        || !value(manifest, "Fragment-Host").isEmpty()
        || !value(manifest, "Import-Package").contains(API)) {
      throw new PluginException(Trouble.Kind.NOT_A_PLUGIN, String.valueOf(file.getFileName()));
    }
    String name = value(manifest, "Bundle-Name").strip();
    String version = value(manifest, "Bundle-Version").strip();
    return new PluginFile(
        file,
        id,
        shown(name.isEmpty() ? id : name),
        shown(version.isEmpty() ? "0" : version),
        Right.parse(value(manifest, "Chat-Rights")),
        classes);
  }

  /** What is shown of what somebody else wrote: one line, and not a long one. */
  private static String shown(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  private static String value(Attributes manifest, String key) {
    @Nullable String value = manifest.getValue(key);
    return value == null ? "" : value;
  }

  /** Copies it. */
  void to(OutputStream out) throws IOException {
    Files.copy(file, out);
  }
}
