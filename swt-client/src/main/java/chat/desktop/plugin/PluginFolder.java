// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.client.disk.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plug-ins of a user, on disk: a folder below the user's own data that nobody else can read,
 * with a folder for each one. No other place is looked at, above all not the current folder.
 *
 * <pre>
 *   plugins/ID/plugin.jar            what runs
 *             /plugin.properties     name, version, rights agreed to, on or off, trouble
 *             /settings.properties   what it remembers
 * </pre>
 */
public final class PluginFolder {
  private static final System.Logger LOG = System.getLogger(PluginFolder.class.getName());
  private static final String JAR = "plugin.jar";
  private static final String STATE = "plugin.properties";

  private final Path root;

  /**
   * @param root need not exist
   */
  public PluginFolder(Path root) {
    this.root = root;
  }

  /** All that are installed, by id. */
  public List<InstalledPlugin> all() {
    List<InstalledPlugin> found = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return found;
    }
    try (Stream<Path> folders = Files.list(root).sorted()) {
      for (Path folder : folders.filter(f -> Files.exists(f.resolve(STATE))).toList()) {
        read(folder).ifPresent(found::add);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The plug-ins can't be listed", e);
    }
    return found;
  }

  public Optional<InstalledPlugin> get(String id) {
    return all().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static Optional<InstalledPlugin> read(Path folder) {
    Properties state = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(STATE))) {
      state.load(in);
      String kind = state.getProperty("trouble", "");
      return Optional.of(
          new InstalledPlugin(
              folder.getFileName().toString(),
              state.getProperty("name", ""),
              state.getProperty("version", ""),
              Right.parse(state.getProperty("rights", "")),
              state.getProperty("enabled", "true").equals("true"),
              state.getProperty("source", ""),
              kind.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      new Trouble(Trouble.Kind.valueOf(kind), state.getProperty("detail", "")))));
    } catch (IOException | PluginException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "What is in " + folder + " is not a plug-in", e);
      return Optional.empty();
    }
  }

  Path jar(String id) {
    return root.resolve(id).resolve(JAR);
  }

  Path settings(String id) {
    return root.resolve(id).resolve("settings.properties");
  }

  /**
   * Installs a plug-in, or puts another build in its place, which keeps what it remembers.
   *
   * @param accepted the rights that the user agreed to
   * @throws PluginException if it claims more than that
   */
  public InstalledPlugin install(PluginFile file, Set<Right> accepted, String source)
      throws PluginException {
    if (!accepted.containsAll(file.rights())) {
      throw new PluginException(Trouble.Kind.WANTS_MORE, Right.words(file.rights()));
    }
    InstalledPlugin plugin =
        new InstalledPlugin(
            file.id(), file.name(), file.version(), file.rights(), true, source, Optional.empty());
    try {
      PrivateFiles.createFolder(root);
      var unused = PrivateFiles.close(root, 0);
      Path folder = PrivateFiles.createFolder(root.resolve(file.id()));
      Path fresh = folder.resolve(JAR + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PrivateFiles.ofFile(fresh));
      try (OutputStream out = Files.newOutputStream(fresh)) {
        file.to(out);
      }
      replace(fresh, folder.resolve(JAR));
      write(plugin);
      return plugin;
    } catch (IOException e) {
      throw new PluginException(Trouble.Kind.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Installs what whoever installed the program wants everybody to have, unless that version is
   * there already; whether it is on, the user decides.
   *
   * @param preset a folder of plug-ins; need not exist
   */
  void installPreset(Path preset) {
    if (!Files.isDirectory(preset)) {
      return;
    }
    try (Stream<Path> jars =
        Files.list(preset).filter(f -> f.toString().endsWith(".jar")).sorted()) {
      for (Path jar : jars.toList()) {
        PluginFile file = PluginFile.read(jar);
        Optional<InstalledPlugin> there = get(file.id());
        if (there.isEmpty() || !there.get().version().equals(file.version())) {
          boolean on = there.isEmpty() || there.get().enabled();
          var unused = install(file, file.rights(), "");
          enable(file.id(), on);
        }
      }
    } catch (IOException | PluginException e) {
      LOG.log(System.Logger.Level.WARNING, "A plug-in of the program can't be installed", e);
    }
  }

  /** Writes down whether a plug-in is wanted; what troubled it is forgotten. */
  public void enable(String id, boolean on) {
    get(id)
        .ifPresent(p ->
            keep(
                new InstalledPlugin(
                    id, p.name(), p.version(), p.accepted(), on, p.source(), Optional.empty())));
  }

  /** Writes down why a plug-in does not run. */
  void trouble(String id, Trouble trouble) {
    get(id)
        .ifPresent(p ->
            keep(
                new InstalledPlugin(
                    id,
                    p.name(),
                    p.version(),
                    p.accepted(),
                    p.enabled(),
                    p.source(),
                    Optional.of(trouble))));
  }

  /**
   * Removes a plug-in with all that it remembers.
   *
   * @return whether it was there
   */
  public boolean remove(String id) throws PluginException {
    if (get(id).isEmpty()) {
      return false;
    }
    Path folder = root.resolve(id);
    try {
      // Without this file it is no plug-in any more, even if the rest stays.
      Files.delete(folder.resolve(STATE));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      return true;
    } catch (IOException e) {
      throw new PluginException(Trouble.Kind.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private void keep(InstalledPlugin plugin) {
    try {
      write(plugin);
    } catch (IOException e) {
      // It holds until the end of the program.
      LOG.log(System.Logger.Level.WARNING, "The state of a plug-in can't be written", e);
    }
  }

  private void write(InstalledPlugin plugin) throws IOException {
    Properties state = new Properties();
    state.setProperty("name", plugin.name());
    state.setProperty("version", plugin.version());
    state.setProperty("rights", Right.words(plugin.accepted()));
    state.setProperty("enabled", Boolean.toString(plugin.enabled()));
    state.setProperty("source", plugin.source());
    plugin
        .trouble()
        .ifPresent(trouble -> {
          state.setProperty("trouble", trouble.kind().name());
          state.setProperty("detail", trouble.detail());
        });
    write(root.resolve(plugin.id()).resolve(STATE), state);
  }

  /** Writes a small file whole, readable for the user alone. */
  static void write(Path file, Properties values) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PrivateFiles.ofFile(fresh));
    try (Writer out = Files.newBufferedWriter(fresh)) {
      values.store(out, null);
    }
    replace(fresh, file);
  }

  private static void replace(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
