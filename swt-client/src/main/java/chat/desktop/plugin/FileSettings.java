// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.SettingsStore;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What a plug-in remembers, in a file of its folder. */
final class FileSettings implements SettingsStore {
  private static final System.Logger LOG = System.getLogger(FileSettings.class.getName());

  private final Path file;
  private final Properties values = new Properties();

  FileSettings(Path file) {
    this.file = file;
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (NoSuchFileException e) {
      // It remembers nothing yet.
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "What a plug-in remembers can't be read: " + file, e);
    }
  }

  @Override
  public synchronized Optional<String> get(String key) {
    return Optional.ofNullable(values.getProperty(key));
  }

  @Override
  public synchronized void put(String key, String value) {
    long length = (long) key.length() + value.length();
    for (String other : values.stringPropertyNames()) {
      length += other.equals(key) ? 0 : other.length() + values.getProperty(other, "").length();
    }
    if (length > LIMIT) {
      throw new IllegalArgumentException("a plug-in remembers at most " + LIMIT + " characters");
    }
    values.setProperty(key, value);
    write();
  }

  @Override
  public synchronized void remove(String key) {
    if (values.remove(key) != null) {
      write();
    }
  }

  private void write() {
    try {
      PluginFolder.write(file, values);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "What a plug-in remembers can't be written", e);
    }
  }
}
