// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.client.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Where files lie that plug-ins fetched: empty at the start of the client and after its end. */
final class PluginFiles {
  private static final System.Logger LOG = System.getLogger(PluginFiles.class.getName());

  private final Path folder;

  PluginFiles(Path folder) {
    this.folder = folder;
  }

  /** The place of a file; its name is a label of somebody else's, so it is not used. */
  Path place(UUID file) throws IOException {
    return PrivateFiles.createFolder(folder).resolve(file.toString());
  }

  void clear() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Fetched files can't be removed from " + folder, e);
    }
  }
}
