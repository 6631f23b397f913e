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

/** What lies in the folder {@code plugins}, together with what the program brings itself. */
public final class Plugins {
  private static final System.Logger LOG = System.getLogger(Plugins.class.getName());

  private final ClassLoader loader;

  private Plugins(ClassLoader loader) {
    this.loader = loader;
  }

  /** Looks into a folder, which need not exist. */
  public static Plugins in(Path folder) throws IOException {
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
