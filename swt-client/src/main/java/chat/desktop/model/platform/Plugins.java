// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies in the program's folder {@code plugins}, together with what it brings itself. */
public final class Plugins {
  private static final System.Logger LOG = System.getLogger(Plugins.class.getName());

  private final ClassLoader loader;

  private Plugins(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Looks into the folder {@code plugins} of the installed program, which only who installs it can
   * write. No other folder is looked at, above all not the one the client was started in.
   *
   * @param home the folder of the program; null if it is not known, and then there are no plugins
   */
  public static Plugins ofProgram(@Nullable String home) throws IOException {
    return home == null || !Path.of(home).isAbsolute()
        ? new Plugins(Plugins.class.getClassLoader())
        : in(Path.of(home, "plugins"));
  }

  /** Looks into a folder, which need not exist. */
  static Plugins in(Path folder) throws IOException {
    ClassLoader own = Plugins.class.getClassLoader();
    if (!Files.isDirectory(folder)) {
      return new Plugins(own);
    }
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .map(Plugins::url)
              .toArray(URL[]::new);
      return new Plugins(new URLClassLoader(jars, own));
    }
  }

  /** All services of a kind; one that is broken is left out and logged. */
  public <S> List<S> all(Class<S> kind) {
    List<S> found = new ArrayList<>();
    var services = ServiceLoader.load(kind, loader).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return found;
        }
        found.add(services.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        LOG.log(System.Logger.Level.WARNING, "A plugin does not load", e);
      }
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
